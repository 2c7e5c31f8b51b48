"""The synthetic population: clusters of 14 sectors and 40 countries over five yearly rounds."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import NDArray

from clustermark.analysis.demo.indicators import (
    ALWAYS_KNOWN,
    MISSING,
    RATED,
    Floats,
    Row,
    indicator_values,
)
from clustermark.analysis.portfolio import Portfolio
from clustermark.dossiers.tables.choices import SECTORS

YEARS = (2022, 2023, 2024, 2025, 2026)
SCHEME = "ecei-gold-2013"
EXPERTS = ("expert_a", "expert_b")

_COUNTRY_WORDS = """
DE FR ES IT PL AT DK SE NL BE PT RO HU CZ GR FI NO CH GB IE
SK SI HR BG LT LV EE RS TR UA LU CY MT IS BA MK AL ME MD GE"""
COUNTRIES = tuple(_COUNTRY_WORDS.split())
"""Forty countries, those with more synthetic clusters first."""

_LEVELS = np.array(["", "bronze", "silver", "gold"])
Whole = NDArray[np.int64]


def synthetic_portfolio(clusters: int, seed: int) -> Portfolio:
    """`clusters` invented clusters over `YEARS`, one row for each year in which a cluster takes part.

    The same seed gives the same portfolio. Nothing in it is about a real cluster.
    """
    random = Generator(Philox(seed))
    sector = random.choice(len(SECTORS), clusters, p=_weights(len(SECTORS), 0.35))
    country = random.choice(len(COUNTRIES), clusters, p=_weights(len(COUNTRIES), 0.85))
    first, last = _years_present(random, clusters)
    founded = YEARS[0] + first - 1 - np.minimum(random.gamma(2.2, 4.0, clusters).astype(np.int64), 40)

    rounds = np.arange(len(YEARS))
    who, when = np.nonzero((rounds >= first[:, None]) & (rounds <= last[:, None]))
    row = _rows(random, who=who, when=when, sector=sector, country=country, founded=founded)
    values = indicator_values(row)
    codes = tuple(values)
    ratings = _two_experts(random, values)
    matrix = np.column_stack([values[code] for code in codes])
    for code in RATED:
        matrix[:, codes.index(code)] = _consensus(random, ratings[:, :, codes.index(code)])
    gone = random.random(matrix.shape) < [
        0 if code in ALWAYS_KNOWN else MISSING.get(code, 0.015) for code in codes
    ]
    matrix[gone] = np.nan
    ratings[:, gone] = np.nan
    return Portfolio(
        source="synthetic",
        clusters=np.array([f"S{number:05d}" for number in range(1, clusters + 1)])[who],
        years=np.array(YEARS, dtype=np.int64)[when],
        schemes=np.full(len(who), SCHEME),
        sectors=np.array(SECTORS)[sector[who]],
        countries=np.array(COUNTRIES)[country[who]],
        sizes=row.participants,
        founded=founded[who].astype(np.float64),
        levels=_levels_held(random, row.quality, when - first[who]),
        synthetic=np.ones(len(who), dtype=bool),
        codes=codes,
        values=matrix,
        raters=EXPERTS,
        ratings=ratings,
    )


def _weights(count: int, steepness: float) -> Floats:
    weights = 1 / np.arange(1, count + 1) ** steepness
    normed: Floats = weights / weights.sum()
    return normed


def _years_present(random: Generator, clusters: int) -> tuple[Whole, Whole]:
    """First and last round of each cluster: four in five from the start, about one in fifty leaves a year."""
    late = random.random(clusters) > 0.8
    first = np.where(late, random.integers(1, len(YEARS), clusters), 0)
    stays = random.geometric(0.02, clusters) - 1
    return first, np.minimum(first + stays, len(YEARS) - 1)


def _rows(
    random: Generator, *, who: Whole, when: Whole, sector: Whole, country: Whole, founded: Whole
) -> Row:
    clusters = len(sector)
    style = 0.35 * random.standard_normal(len(SECTORS))[sector]
    place = 0.3 * random.standard_normal(len(COUNTRIES))[country]
    steady = 0.85 * random.standard_normal(clusters)
    growth = 0.12 + 0.08 * random.standard_normal(clusters)
    quality = (steady + style + place)[who] + growth[who] * when + 0.2 * random.standard_normal(len(who))
    bigness = (0.5 * steady + 0.85 * random.standard_normal(clusters))[who] + 0.05 * when
    participants = np.maximum(np.round(np.exp(4.05 + 0.55 * bigness)), 12)
    chance = 1 / (1 + np.exp(-(1.9 + 0.5 * quality)))
    committed: Floats = np.maximum(random.binomial(participants.astype(np.int64), chance), 8.0)
    fte = np.maximum(np.round(committed / 28 * np.exp(0.35 * quality / 2 + 0.3 * bigness / 3), 1), 0.5)

    def specific() -> Floats:
        lasting: Floats = random.standard_normal(clusters)
        noise: Floats = 0.9 * lasting[who] + 0.44 * random.standard_normal(len(who))
        return noise

    return Row(
        random=random,
        quality=quality - 0.25,
        bigness=bigness,
        participants=participants,
        committed=committed,
        years_old=np.array(YEARS)[when] - founded[who].astype(np.float64),
        team_fte=fte,
        specific=specific,
    )


def _two_experts(random: Generator, values: dict[str, Floats]) -> Floats:
    """What two experts rate, 2 × rows × indicators; each case has experts of its own severity."""
    codes = tuple(values)
    rows = len(values[codes[0]])
    ratings = np.full((2, rows, len(codes)), np.nan)
    severity = 0.3 * random.standard_normal((2, rows))
    for code in RATED:
        seen = values[code] + severity + 0.45 * random.standard_normal((2, rows))
        ratings[:, :, codes.index(code)] = np.clip(np.floor(seen + 0.5), 0, 5)
    return ratings


def _consensus(random: Generator, ratings: Floats) -> Floats:
    """The middle of two ratings; where it falls between two steps, either, a little more often the lower."""
    middle: Floats = ratings.mean(axis=0)
    up = random.random(len(middle)) < 0.45
    return np.where(up, np.ceil(middle), np.floor(middle))


def _levels_held(random: Generator, quality: Floats, rounds_before: Whole) -> NDArray[np.str_]:
    """Levels held, by quality: about one in ten gold and one in eight silver; no gold in the first year."""
    seen = quality + 0.35 * random.standard_normal(len(quality))
    grade = np.searchsorted(np.quantile(seen, [0.07, 0.78, 0.9]), seen)
    held: NDArray[np.str_] = _LEVELS[np.where(rounds_before == 0, np.minimum(grade, 2), grade)]
    return held

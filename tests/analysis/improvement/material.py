"""Small random schemes with effort, and where a dossier stands under them, without any file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st

from clustermark.analysis.improvement.standing import Frame, Standing
from clustermark.ground.yaml_writing import write_sections
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.facts import FactValue
from clustermark.scoring.kernel import score
from clustermark.scoring.levels import decide_levels
from clustermark.scoring.values import columns_of

ORIGIN = {"all": {"mark": "example", "source": "test"}}
EQUAL = {
    "value('1') = 3": ("1", [3]),
    "value('2') in (1, 4)": ("2", [1, 4]),
    "not (value('1') = 2)": ("1", [2]),
}
"""Conditions that want a value exactly, with the code and the numbers."""


def text(words: str) -> dict[str, str]:
    return {"en": words}


def scheme_of(indicators: list[dict[str, Any]], levels: list[Any], **more: Any) -> Scheme:
    """A scheme of ratings with these indicators, the rules of its levels, and other parts."""
    data = {
        "scheme": "random-1",
        "version": "1",
        "title": text("Random"),
        "summary": text("For a test."),
        "owner": {"name": "Test owner"},
        "notice": text("Example values only."),
        "languages": ["en"],
        "sources": {"test": {"title": "This test"}},
        "units": {"rating": {"symbol": text("of 5"), "title": text("rating")}},
        "dimensions": [{"code": "1", "title": text("All")}],
        "facts": {
            "committed": {
                "from": "participants",
                "value": "count(*) filter (where committed)",
                "title": text("Committed participants"),
            },
            "listed": {"from": "participants", "value": "count(*)", "title": text("Listed participants")},
        },
        "indicators": [
            {
                "title": text(f"Indicator {item['code']}"),
                "dimension": "1",
                "counts": text("What counts."),
                "rubric": [text(f"step {step}") for step in range(6)],
                "unit": "rating",
                "decimals": 0,
                "origin": ORIGIN,
                **item,
            }
            for item in indicators
        ],
        "gates": more.pop("gates", []),
        "levels": [
            {"level": name, "title": text(name.title()), "when": rule, "origin": ORIGIN}
            for name, rule in zip(("bronze", "silver"), levels, strict=False)
        ],
        "disclosure": {"min_peers": 5, "origin": ORIGIN},
        **more,
    }
    return Scheme.from_text(write_sections(data))


def standing_of_values(scheme: Scheme, values: list[int | None], facts: Mapping[str, FactValue]) -> Standing:
    """Where a dossier with these values (whole numbers, None: missing) and facts stands."""
    frame = Frame(scheme)
    table = np.array([[np.nan if value is None else float(value)] for value in values])
    columns = columns_of(scheme, {name: [value] for name, value in facts.items()})
    scores = score(table, frame.scales)
    return Standing(frame, facts, {}, columns, table, scores, decide_levels(scheme, columns, table, scores))


@dataclass(frozen=True)
class Case:
    """A scheme whose highest level is looked for, and the values to start from."""

    scheme: Scheme
    standing: Standing


def conditions(codes: list[str]) -> st.SearchStrategy[str]:
    """Conditions over the indicators `codes`, at least two, of every kind the format has."""
    points = st.integers(1, 3 * len(codes)).map(lambda number: f"points >= {number}")
    bands = st.tuples(st.sampled_from(codes), st.sampled_from(codes), st.integers(1, 6)).map(
        lambda found: f"band('{found[0]}') + band('{found[1]}') >= {found[2]}"
    )
    one = st.tuples(st.sampled_from(codes), st.sampled_from([">=", "<=", "<>"]), st.integers(0, 5)).map(
        lambda found: f"value('{found[0]}') {found[1]} {found[2]}"
    )
    return (
        points
        | bands
        | one
        | st.sampled_from(
            [
                "minimums_met",
                "points >= 0.6 * max_points",
                "points / 3 < 4.5 or band('1') > 1",
                "2 * value('1') - value('2') > 3",
                "value('1') + value('2') <> 5",
                "value('2') is not null",
                "not (value('1') + value('2') < 6 and points < 7)",
                "floor(value('1') / 2) >= 2",
                "committed >= 3",
                "points >= committed",
                "points >= listed",
                "wide",
                "not wide",
                *EQUAL,
            ]
        )
    )


def rules(codes: list[str]) -> st.SearchStrategy[Any]:
    """Rules of the format, nested."""
    return st.recursive(
        conditions(codes),
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts})
            | st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts})
            | st.lists(inner, min_size=2, max_size=3).map(lambda parts: {"at_least": 2, "of": parts})
        ),
        max_leaves=5,
    )


@st.composite
def cases(draw: st.DrawFn, most: int = 5) -> Case:
    """Up to `most` indicators, effort, needs, limits, gates, two levels, and values of which some are missing."""
    codes = [str(number) for number in range(1, draw(st.integers(2, most)) + 1)]
    indicators, effort, values = [], [], []
    for code in codes:
        down = draw(st.integers(0, 3)) == 0
        bands = sorted(draw(st.sets(st.integers(0, 5), min_size=1, max_size=4)), reverse=down)
        required = draw(st.none() | st.integers(1, 4))
        item: dict[str, Any] = {"code": code, "bands": bands, "direction": "down" if down else "up"}
        if required is not None:
            item |= {"required": required, "minimum": draw(st.booleans())}
        if draw(st.booleans()):
            points = draw(st.lists(st.integers(0, 6), min_size=len(bands) + 1, max_size=len(bands) + 1))
            item["points"] = [Decimal(point) / 2 for point in sorted(points)]
        if draw(st.integers(0, 5)) == 0:
            item["scored"] = False
        indicators.append(item)
        stated: dict[str, Any] = {"indicator": code}
        if draw(st.integers(0, 9)) == 9:
            stated["fixed"] = text("It is history.")
        else:
            days = draw(st.lists(st.integers(1, 18), min_size=len(bands), max_size=len(bands)))
            stated |= {"days": [Decimal(day) / 2 for day in days], "months": [1] * len(bands)}
        before = [other for other in indicators[:-1] if draw(st.integers(0, 6)) == 6]
        stated["needs"] = [
            {"indicator": other["code"], "band": draw(st.integers(1, len(other["bands"])))}
            for other in before
        ]
        if draw(st.integers(0, 15)) < 15:
            effort.append(stated)
        values.append(draw(st.integers(0, 3) | st.none() | st.integers(0, 5)))
    gate = {"gate": "wide", "title": text("Wide"), "when": draw(rules_without(codes)), "origin": ORIGIN}
    low = st.integers(1, 2 * len(codes)).map(lambda number: f"points >= {number}")
    top = draw(rules(codes) | low | st.tuples(low, rules(codes)).map(lambda two: {"any": list(two)}))
    scheme = scheme_of(
        indicators,
        [
            draw(conditions(codes)),
            draw(st.sampled_from([top, {"all": [top, "minimums_met"]}, {"all": ["bronze", top]}])),
        ],
        gates=[gate],
        improvement={
            "at_most": draw(st.integers(1, 4)),
            "years": draw(st.integers(1, 2)),
            "effort": effort,
            "origin": ORIGIN,
        },
    )
    facts = {"committed": draw(st.integers(0, 8)), "listed": draw(st.none() | st.integers(0, 8))}
    return Case(scheme, standing_of_values(scheme, values, facts))


def rules_without(codes: list[str]) -> st.SearchStrategy[Any]:
    """Rules that do not name the gate: it is the first one."""
    return rules(codes).filter(lambda rule: "wide" not in str(rule))


def rich_case(seed: int) -> Case:
    """Three to five indicators with many steps, all of effort, a level that needs about half of the points left."""
    random = Random(seed)  # noqa: S311 - cases, not secrets
    codes = [str(number) for number in range(1, random.randint(3, 5) + 1)]
    indicators: list[dict[str, Any]] = []
    effort: list[dict[str, Any]] = []
    values: list[int | None] = []
    for code in codes:
        down = random.random() < 0.25
        bands = sorted(random.sample(range(6), random.randint(2, 4)), reverse=down)
        indicators.append(
            {
                "code": code,
                "bands": bands,
                "direction": "down" if down else "up",
                "required": random.randint(1, 3),
                "minimum": random.random() < 0.4,
            }
        )
        days = [Decimal(random.randint(1, 18)) / 2 for _band in bands]
        stated: dict[str, Any] = {"indicator": code, "days": days, "months": [1] * len(bands)}
        if len(indicators) > 1 and random.random() < 0.3:
            other = random.choice(indicators[:-1])
            stated["needs"] = [{"indicator": other["code"], "band": random.randint(1, len(other["bands"]))}]
        effort.append(stated)
        values.append(
            None if random.random() < 0.1 else random.randint(4, 5) if down else random.randint(0, 1)
        )
    most = sum(len(item["bands"]) for item in indicators)
    extra = ["minimums_met", "band('1') + band('2') >= 3", "2 * value('1') - value('2') <= 4", "points <= 9"]
    rule: Any = f"points >= {random.randint(most // 3, most * 3 // 4)}"
    if random.random() < 0.6:
        rule = {random.choice(["all", "any"]): [rule, random.choice(extra)]}
    scheme = scheme_of(
        indicators,
        [rule],
        improvement={
            "at_most": random.randint(2, 4),
            "years": random.randint(1, 2),
            "effort": effort,
            "origin": ORIGIN,
        },
    )
    return Case(scheme, standing_of_values(scheme, values, {"committed": 5, "listed": 6}))

"""A synthetic register with the shape of November 2017: how many, where, which levels; every entry is made up.

What has that shape is public: clusters assessed since 2008 (143 by May 2011, 261 by October 2012, more than 700 by
September 2014, more than 750 in November 2017), eight silver certificates of the sector health in Europe before the ninth,
none in Russia, and five bronze ones there in two years. Names, days and everything else come from seeded dice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from clustermark.dossiers.dossier import Dossier
from clustermark.dossiers.tables.choices import SECTORS
from clustermark.register.entries import Act, Certificate, Register
from clustermark.register.life import first_term
from clustermark.reports.announcement_case import DecidedCase, case_of
from clustermark.schemes.document import Validity
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.assess import assess
from common.dice import Dice

DICE = Dice("register of 2017")
VISIT = (date(2017, 10, 24), date(2017, 10, 26))
DECIDED = date(2017, 11, 15)
SUBJECT = "RU-201711-001"
NOTICE = (
    "Synthetic sample: every holder, day and number in it is made up by a seeded generator. It is no extract of any real "
    "register and says nothing about any real cluster."
)
_BRONZE = (
    (2008, 22), (2009, 41), (2010, 50), (2011, 82), (2012, 76), (2013, 236), (2014, 262), (2015, 6), (2016, 6), (2017, 4),
)  # fmt: skip
"""First assessments by year, Russia apart."""
_COUNTRIES = {
    "DE": 22, "FR": 10, "ES": 10, "DK": 8, "NO": 7, "SE": 6, "PL": 6, "AT": 5, "IT": 5, "RO": 4, "FI": 3, "PT": 3, "BG": 2,
    "HU": 2, "CZ": 2, "TR": 1, "MX": 1, "BR": 1, "IN": 1, "CA": 1,
}  # fmt: skip
_RUSSIAN_BRONZE = (
    (date(2014, 6, 10), "ict"),
    (date(2015, 9, 22), "aviation_space"),
    (date(2016, 2, 16), "health"),
    (date(2016, 6, 7), "ict"),
    (date(2016, 10, 4), "production_engineering"),
    (date(2017, 3, 14), "materials_chemistry"),
    (date(2017, 6, 20), "energy_environment"),
)
"""Two before the two years, five in them; the third is the later silver one."""
_SILVER_HEALTH = ("DK", "FR", "DE", "ES", "NO", "DE", "SE", "AT")
_ELSEWHERE = "MX"


@dataclass(frozen=True)
class _Holder:
    holder_id: str
    name: str
    country: str
    sector: str


def register() -> Register:
    """The register."""
    certificates = list(_numbered(_awards()))
    voided = next(item for item in certificates if item.holder_id == "synthetic-void")
    acts = [
        Act(certificate=item.number, kind="issue", on=item.decided_on, reason="award", by="board")
        for item in certificates
        if item.decided_on is not None
    ]
    acts.append(
        Act(
            certificate=voided.number,
            kind="void",
            on=date(2016, 1, 19),
            reason="The dossier was that of another organisation.",
            by="board",
        )
    )
    return Register(
        title="Synthetic register with the shape of 2017",
        notice=NOTICE,
        licence="CC0-1.0",
        certificates=certificates,
        acts=sorted(acts, key=lambda act: act.on),
    )


def case(root: Path) -> DecidedCase:
    """The decided case: the indicators of the sample dossier of Oka Valley, set in 2017."""
    scheme = Scheme.load("ecei-silver-2017")
    card = assess(Dossier.open(root / "oka-valley"), scheme, as_of=date(2025, 10, 26))
    return case_of(card, scheme.document, visited_from=VISIT[0], visited_to=VISIT[1])


def write(into: Path, *, root: Path) -> Path:
    """Write the register and the case under `into`; `root` is where the sample dossiers are."""
    folder = into / "register"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "synthetic-2017.json").write_text(register().to_json(), encoding="utf-8")
    text = case(root).model_dump_json(indent=1) + "\n"
    (folder / "synthetic-2017-case.json").write_text(text, encoding="utf-8")
    return folder


def _awards() -> Iterator[tuple[_Holder, str, date]]:
    """Who was awarded which level on which day."""
    countries = [code for code, weight in _COUNTRIES.items() for _one in range(weight)]
    sectors = SECTORS
    made: list[tuple[_Holder, date]] = []
    for year, count in _BRONZE:
        for _one in range(count):
            number = len(made) + 1
            last = date(2017, 10, 31) if year == 2017 else date(year, 12, 20)
            country = DICE.one(countries)
            name = f"Synthetic cluster {country} {number:03}"
            holder = _Holder(f"synthetic-{number:03}", name, country, DICE.one(sectors))
            made.append((holder, DICE.working_day(date(year, 1, 9), last)))
    yield from ((holder, "bronze", day) for holder, day in made)
    yield from _higher(made)
    for index, (day, sector) in enumerate(_RUSSIAN_BRONZE):
        own = index == 2
        name = "Oka Valley Pharma Cluster" if own else f"Synthetic cluster RU {index + 1:03}"
        yield _Holder("oka-valley" if own else f"synthetic-ru-{index + 1}", name, "RU", sector), "bronze", day
    yield _Holder("oka-valley", "Oka Valley Pharma Cluster", "RU", "health"), "silver", DECIDED


def _higher(made: list[tuple[_Holder, date]]) -> Iterator[tuple[_Holder, str, date]]:
    """Silver and gold: in health exactly those that stand before the ninth, elsewhere as the dice fall."""
    taken: set[str] = set()
    for index, country in enumerate((*_SILVER_HEALTH, _ELSEWHERE)):
        holder, first = next(
            (holder, day)
            for holder, day in made
            if holder.country == country and holder.holder_id not in taken and day.year <= 2013
        )
        taken.add(holder.holder_id)
        day = DICE.working_day(max(date(2012 + index // 2, 3, 1), first), date(2017, 6, 30))
        yield replace(holder, sector="health"), "silver", day
    void = _Holder("synthetic-void", "Synthetic cluster PL void", "PL", "health")
    yield void, "silver", date(2015, 5, 19)
    for holder, day in made:
        if (
            day.year <= 2015
            and holder.sector != "health"
            and holder.holder_id not in taken
            and DICE.chance(14)
        ):
            level = "gold" if DICE.chance(45) else "silver"
            yield holder, level, DICE.working_day(date(day.year + 1, 6, 1), date(2017, 10, 31))


def _numbered(awards: Iterator[tuple[_Holder, str, date]]) -> Iterator[Certificate]:
    """The certificates in the order of their days, each with its number: country, year and month, serial."""
    validity: Mapping[str, Validity | None] = {
        level: Scheme.load(name).document.validity
        for level, name in (
            ("bronze", "ecei-bronze-2019"),
            ("silver", "ecei-silver-2017"),
            ("gold", "ecei-gold-2013"),
        )
    }
    serials: dict[str, int] = {}
    for holder, level, day in sorted(awards, key=lambda award: (award[2], award[0].holder_id)):
        stem = f"{holder.country}-{day:%Y%m}"
        serials[stem] = serials.get(stem, 0) + 1
        rules = validity[level]
        assert rules is not None  # noqa: S101 - these three schemes state it
        start, end = first_term(rules, assessed_on=day if day != DECIDED else VISIT[1], decided_on=day)
        yield Certificate(
            number=f"{stem}-{serials[stem]:03}",
            holder_id=holder.holder_id,
            holder=holder.name,
            country=holder.country,
            sector=holder.sector,
            level=level,
            applied_on=date.fromordinal(day.toordinal() - DICE.between(60, 260)),
            decided_on=day,
            valid_from=start,
            valid_until=end,
            mark="synthetic",
        )

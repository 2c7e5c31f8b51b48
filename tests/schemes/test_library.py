"""The shipped schemes: complete, in three languages, equal to the reference, and honest about their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel

from clustermark.ground.texts import LANGUAGES
from clustermark.schemes.document import AnyOf, Indicator, Origin
from clustermark.schemes.scheme import Scheme, shipped
from clustermark.schemes.writing import scheme_yaml
from tests.schemes.library_material import MARKS, conditions, gate_conditions, loaded, requirements, shared

SHIPPED = (
    "de-bw-cluster-excellence",
    "dk-national",
    "ecei-bronze-2019",
    "ecei-gold-2013",
    "ecei-silver-2017",
    "efqm-levels",
    "es-ct-catalonia",
    "es-innovative-groupings",
    "eu-platform-profile",
    "hu-accredited-2016",
    "in-mse-cdp",
    "pl-key-cluster",
    "pt-clusters-2015",
    "ru-industrial-cluster-779",
    "tr-support",
)
RATED = ("2.4", "4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.2")


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Every text of a document, found by its shape: a mapping whose keys are languages."""
    if isinstance(value, BaseModel):
        value = value.model_dump()
    if isinstance(value, dict):
        if value and set(value) <= {"en", "ru", "de"}:
            yield value
        else:
            for item in value.values():
                yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def origins(scheme: Scheme) -> Iterator[tuple[str, str, Origin]]:
    """(what, field, origin) of every statement of provenance."""
    document = scheme.document
    parts: list[tuple[str, Any]] = [(item.code, item) for item in document.indicators]
    parts += [(gate.gate, gate) for gate in document.gates]
    parts += [(level.level, level) for level in document.levels]
    parts += [(fee.item, fee) for fee in document.fees]
    parts += [
        (name, getattr(document, name))
        for name in ("validity", "disclosure", "panel")
        if getattr(document, name) is not None
    ]
    for what, part in parts:
        for field, origin in part.origin.items():
            yield what, field, origin


# --- every scheme -------------------------------------------------------------------------------------------


def test_these_schemes_are_shipped() -> None:
    assert set(SHIPPED) <= set(shipped())


@pytest.mark.parametrize("name", SHIPPED)
def test_every_text_is_there_in_three_languages_and_none_is_a_copy_of_another(name: str) -> None:
    document = loaded(name).document
    found = list(texts(document))
    assert len(found) >= 3 + len(document.facts) + 2 * len(document.gates) + len(document.levels)
    for text in found:
        assert set(text) == {"en", "ru", "de"}, text
        assert all(words == words.strip() and "  " not in words for words in text.values()), text
        if len(text["en"]) > 25:
            assert len(set(text.values())) == 3, text
            assert re.search("[а-яё]", text["ru"]), text
            assert not re.search("[а-яё]", text["en"] + text["de"]), text


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_chosen_by_the_project_passes_for_the_owners(name: str) -> None:
    scheme = loaded(name)
    assert scheme.document.owner.endorsed is False
    notice = scheme.document.notice
    assert "example" in notice["en"]
    assert "пример" in notice["ru"]
    assert "Beispiel" in notice["de"]
    for what, field, origin in origins(scheme):
        own = origin.source == "clustermark"
        assert own == (origin.mark == "example"), (what, field, origin)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_field_of_an_indicator_that_decides_states_its_origin(name: str) -> None:
    for item in loaded(name).document.indicators:
        needed = {"code", item.scale}
        needed |= {"bands"} if item.bands else set()
        needed |= {"required"} if item.required is not None else set()
        needed |= {"minimum"} if item.minimum else set()
        assert needed <= set(item.origin), item.code


@pytest.mark.parametrize("name", SHIPPED)
def test_every_fact_and_source_is_used(name: str) -> None:
    scheme = loaded(name)
    document = scheme.document
    used = " ".join(
        [
            *(item.measure or "" for item in document.indicators),
            *(point.when for item in document.indicators for point in item.checklist or []),
            *(condition for gate in document.gates for condition in conditions(gate.when)),
            *(condition for level in document.levels for condition in conditions(level.when)),
            "actions actions_complete",  # the check beside the rating 4.1.3
        ]
    )
    assert [fact for fact in document.facts if not re.search(rf"\b{fact}\b", used)] == []
    cited = {origin.source for _, _, origin in origins(scheme)}
    own = scheme.stated["sources"] if document.extends is not None else document.sources
    assert set(own) <= cited


@pytest.mark.parametrize("name", SHIPPED)
def test_written_and_read_again_it_is_the_same_scheme(name: str) -> None:
    scheme = loaded(name)
    assert Scheme.from_text(scheme_yaml(scheme.stated)).digest == scheme.digest


# --- gold and silver against the reference ------------------------------------------------------------------


def reference_table() -> dict[str, dict[str, Any]]:
    """The 31 indicators of the reference, in its order."""
    rows: dict[str, dict[str, Any]] = {}
    for line in shared("reference/ecei-scheme.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and re.fullmatch(r"\d(\.\d)+", cells[0]):
            code, title, minimum, measure, bands, required = cells
            rows[code] = {
                "title": title.split(" (")[0].lower(),
                "minimum": minimum == "S",
                "rated": measure.split(",")[0] == "R",
                "checklist": int(found[1]) if (found := re.match(r"checklist of (\d+)", measure)) else None,
                "direction": "down" if "↓" in measure else "up",
                "bands": [] if bands == "–" else [Decimal(edge) for edge in bands.split("·")],
                "required": Decimal(required),
            }
    return rows


def as_in_reference(item: Indicator) -> dict[str, Any]:
    return {
        "title": item.title["en"].lower(),
        "minimum": item.minimum,
        "rated": item.scale == "rubric",
        "checklist": len(item.checklist) if item.checklist is not None else None,
        "direction": item.direction,
        "bands": item.bands,
        "required": item.required,
    }


def test_gold_is_the_reference_table() -> None:
    expected = reference_table()
    assert len(expected) == 31
    found = {item.code: as_in_reference(item) for item in loaded("ecei-gold-2013").document.indicators}
    assert list(found) == list(expected)
    for code, row in expected.items():
        assert found[code] == row, code


def test_gold_gives_150_points_over_30_indicators() -> None:
    document = loaded("ecei-gold-2013").document
    scored = [item for item in document.indicators if item.scored]
    assert len(scored) == 30
    assert {tuple(item.band_points) for item in scored} == {tuple(map(Decimal, range(6)))}
    assert sum(max(item.band_points) for item in scored) == 150
    assert [item.code for item in document.indicators if not item.scored] == ["1.1.0"]
    assert conditions(document.levels[-1].when) == ["minimums_met", "points >= 120"]


def test_the_marks_of_gold_are_those_of_the_reference() -> None:
    for item in loaded("ecei-gold-2013").document.indicators:
        marks = {field: origin.mark for field, origin in item.origin.items()}
        official = {"code": "reported", **({"minimum": "reported"} if item.minimum else {})}
        assert {field: mark for field, mark in marks.items() if mark != "example"} == official, item.code


def test_rubrics_have_six_descriptors_each_saying_more() -> None:
    gold = loaded("ecei-gold-2013")
    assert tuple(item.code for item in gold.document.indicators if item.scale == "rubric") == RATED
    for code in RATED:
        rubric = gold.indicator(code).rubric
        assert rubric is not None
        for language in LANGUAGES:
            steps = [step[language] for step in rubric]
            assert len(set(steps)) == 6
            assert all(len(step) > 20 for step in steps)
            assert all(len(step) > 80 for step in steps[2:])
        for step, before in ((4, "3"), (5, "4")):
            for language, like in zip(LANGUAGES, ("As", "Как", "Wie"), strict=True):
                assert rubric[step][language].startswith(f"{like} {before}"), (code, step)


def test_fees_panel_and_validity_of_the_label() -> None:
    gold, silver, bronze = (
        loaded(name).document for name in ("ecei-gold-2013", "ecei-silver-2017", "ecei-bronze-2019")
    )
    fees = {fee.item: (int(fee.amount), fee.currency) for one in (bronze, silver, gold) for fee in one.fees}
    assert fees == {
        "bronze_video": (1650, "EUR"),
        "bronze_site": (2250, "EUR"),
        "silver": (3620, "EUR"),
        "gold_first": (8250, "EUR"),
        "gold_renewal": (6765, "EUR"),
    }
    assert gold.panel is not None
    assert (gold.panel.experts, gold.panel.site_days_first, gold.panel.site_days_renewal) == (2, 2, 1)
    for one in (gold, silver, bronze):
        validity = one.validity
        assert validity is not None
        assert (validity.first_years, validity.renewal_years, validity.renewal_grace_months) == (2, 3, 12)
        assert (validity.ends, validity.renewal_adds_to, validity.starts) == (
            "month_end",
            "previous_end",
            "assessment",
        )


def test_silver_has_the_indicators_of_gold_pinned_to_its_digest() -> None:
    gold, silver = loaded("ecei-gold-2013"), loaded("ecei-silver-2017")
    assert silver.document.indicators == gold.document.indicators
    assert silver.document.dimensions == gold.document.dimensions
    assert silver.document.extends is not None
    assert silver.document.extends.digest == gold.digest
    assert silver.document.extends.changes == []
    assert [level.level for level in silver.document.levels] == ["silver"]


# --- the other schemes against the table of requirements ----------------------------------------------------


@pytest.mark.parametrize("name", ["eu-platform-profile", "ecei-bronze-2019"])
def test_platform_gates_have_the_published_thresholds(name: str) -> None:
    wanted = requirements("ECCP profile validation")
    staff = wanted["staff of the cluster management team"][0]
    members = wanted["clearly committed members"][0]
    types = wanted["distinct member types (triple helix)"][0]
    assert gate_conditions(name, "staff") == [f"staff_fte >= {staff}"]
    assert gate_conditions(name, "members") == [f"committed >= {members}"]
    assert gate_conditions(name, "member_types")[0] == f"committed_types >= {types}"
    assert {confidence for _, confidence in wanted.values()} == {"A"}


def test_spanish_shares_are_the_published_ones() -> None:
    wanted = requirements("AEI register")
    spain = loaded("es-innovative-groupings")
    turnover = wanted["critical mass: share of sector turnover"]
    companies = wanted["critical mass: share of sector companies"]
    for code, (value, confidence) in {"ES-1.1": turnover, "ES-1.2": companies}.items():
        item = spain.indicator(code)
        assert (item.required, item.origin["required"].mark) == (value, MARKS[confidence])
    gate = next(gate for gate in spain.document.gates if gate.gate == "critical_mass")
    assert isinstance(gate.when, AnyOf)
    assert gate.when.any == [f"value('ES-1.1') >= {turnover[0]}", f"value('ES-1.2') >= {companies[0]}"]
    seats = wanted["knowledge/technology providers with voice and vote in EVERY governing body"][0]
    assert f"knowledge_votes >= {seats}" in spain.document.facts["knowledge_in_every_body"].value
    assert spain.document.validity is not None
    assert spain.document.validity.first_years == wanted["validity"][0]


def test_russian_limits_are_the_published_ones_with_their_confidence() -> None:
    wanted = requirements("Industrial clusters (Decree 779)")
    russia = loaded("ru-industrial-cluster-779")
    by_code = {
        "RU-1.1": "industrial participants",
        "RU-1.2": "participants that did not yet produce within the cluster in the last period",
        "RU-2.1": "share of participants each bound by >=1 contract with another participant",
        "RU-2.2": "general level of functional dependence (cooperation)",
    }
    for code, criterion in by_code.items():
        value, confidence = wanted[criterion]
        item = russia.indicator(code)
        assert (item.required, item.origin["required"].mark) == (value, MARKS[confidence]), code
    general = wanted["general level of functional dependence (cooperation)"][0]
    eased = wanted["overall level of functional dependence (cooperation)"][0]
    assert gate_conditions("ru-industrial-cluster-779", "cooperation") == [
        f"value('RU-2.2') >= {general}",
        "value('RU-2.3') >= 30",
        f"value('RU-2.2') >= {eased}",
    ]
    assert russia.document.validity is not None
    term = wanted["validity of a decision taken before the 2022 amendment"][0]
    assert russia.document.validity.first_years == term


def test_schemes_that_do_not_extend_each_other_share_no_code() -> None:
    """A dossier keeps ratings by code: one scheme's ratings must never be read under another's indicator."""
    homes: dict[str, str] = {}
    for name in shipped():
        document = loaded(name).document
        if document.composite is not None:
            continue
        home = document.extends.scheme if document.extends else name
        for item in document.indicators:
            assert homes.setdefault(item.code, home) == home, (item.code, name)

"""The national schemes and the level cuts against the published numbers, each with the mark its confidence allows."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from clustermark.schemes.document import AllOf, AnyOf
from tests.schemes.library_material import (
    MARKS,
    conditions,
    gate_conditions,
    loaded,
    requirements,
    shared,
)


def gate_marks(name: str) -> dict[str, str]:
    return {gate.gate: gate.origin["all"].mark for gate in loaded(name).document.gates}


def level_conditions(name: str) -> dict[str, list[str]]:
    return {level.level: conditions(level.when) for level in loaded(name).document.levels}


def required(name: str) -> dict[str, tuple[Decimal | None, str]]:
    """Code → (required value, its mark)."""
    return {
        item.code: (item.required, item.origin["required"].mark) for item in loaded(name).document.indicators
    }


def marked(row: tuple[Decimal | None, str]) -> tuple[Decimal | None, str]:
    return row[0], MARKS[row[1]]


# --- one country after the other ----------------------------------------------------------------------------


def test_denmark() -> None:
    wanted = requirements("National cluster strategy")
    assert gate_conditions("dk-national", "staff") == [f"staff_fte >= {wanted['staff'][0]}"]
    companies = wanted["dedicated member companies"][0]
    assert gate_conditions("dk-national", "companies") == [f"dedicated_companies >= {companies}"]
    assert wanted["management label held"] == (None, "A")
    assert gate_marks("dk-national") == dict.fromkeys(("staff", "companies", "label_held"), "established")
    assert level_conditions("dk-national") == {"national_cluster": ["staff", "companies", "label_held"]}


def test_catalonia() -> None:
    wanted = requirements("Catalonia Clusters programme")
    assert required("es-ct-catalonia") == {
        "CT-1.1": marked(wanted["member companies"]),
        "CT-1.2": marked(wanted["aggregate turnover of members"]),
        "CT-2.1": marked(wanted["strategic plan horizon"]),
    }
    document = loaded("es-ct-catalonia").document
    assert all(item.minimum for item in document.indicators)
    majority = wanted["governing body majority private companies"]
    assert marked(majority) == (Decimal(50), "established")
    assert "2 * company_votes > voting_seats" in document.facts["company_majority"].value
    assert gate_marks("es-ct-catalonia") == dict.fromkeys(
        ("manager", "label_held", "private_majority"), "established"
    )
    assert level_conditions("es-ct-catalonia") == {
        "accredited": ["minimums_met", "manager", "label_held", "private_majority"]
    }


def test_portugal_has_two_tracks() -> None:
    wanted = requirements("Clusters de Competitividade")
    exports = wanted["sum of exports of member firms in 2013"]
    added = wanted["gross value added / turnover, summed 2010-2013"]
    share = wanted["exports / turnover of member firms"]
    assert required("pt-clusters-2015") == {
        "PT-1.1": marked(exports),
        "PT-1.2": marked(added),
        "PT-2.1": marked(share),
    }
    consolidated = [f"value('PT-1.1') >= {exports[0]}", f"value('PT-1.2') >= {added[0]}"]
    assert gate_conditions("pt-clusters-2015", "consolidated_track") == consolidated
    assert gate_conditions("pt-clusters-2015", "emerging_track") == [f"value('PT-2.1') >= {share[0]}"]
    first = loaded("pt-clusters-2015").document.gates[0].when
    assert isinstance(first, AllOf)
    assert level_conditions("pt-clusters-2015") == {
        "emerging": ["emerging_track"],
        "consolidated": ["consolidated_track"],
    }


def test_turkiye() -> None:
    wanted = requirements("Cluster support programme")
    chambers = wanted["chambers of industry (or commerce-and-industry where none)"][0]
    assert gate_conditions("tr-support", "chamber") == [
        f"chambers_industry >= {chambers}",
        "not industry_chamber_exists",
        f"chambers_commerce_industry >= {chambers}",
    ]
    assert gate_conditions("tr-support", "university") == [f"universities >= {wanted['universities'][0]}"]
    firms = wanted["firms in the core activity committed to cooperate"][0]
    assert gate_conditions("tr-support", "firms") == [f"core_firms >= {firms}"]
    assert {MARKS[confidence] for _, confidence in wanted.values()} == set(gate_marks("tr-support").values())


def test_india() -> None:
    wanted = requirements("MSE-CDP")["micro and small enterprises"]
    listed = ["small_enterprises_listed >= 10", "small_enterprises_listed = small_enterprises"]
    assert gate_conditions("in-mse-cdp", "enterprises") == [f"small_enterprises >= {wanted[0]}", *listed]
    gate = next(gate for gate in loaded("in-mse-cdp").document.gates if gate.gate == "enterprises")
    assert isinstance(gate.when, AnyOf)
    assert gate.origin["all"].mark == MARKS[wanted[1]]
    with shared("data/scheme_requirements.csv").open(encoding="utf-8", newline="") as file:
        note = next(row["logic_note"] for row in csv.DictReader(file) if row["system"] == "MSE-CDP")
    assert note == "10 in the north-east / hill areas; diagnostic study mandatory"


def test_poland() -> None:
    wanted = requirements("Key National Cluster")
    assert gate_conditions("pl-key-cluster", "old_enough") == [
        f"age_years >= {wanted['age of the cluster'][0]}"
    ]
    assert gate_conditions("pl-key-cluster", "enough_members") == [f"members >= {wanted['members'][0]}"]
    marks = gate_marks("pl-key-cluster")
    assert {marks["old_enough"], marks["enough_members"]} == {MARKS[mark] for _, mark in wanted.values()}
    assert marks["every_area"] == "example"
    document = loaded("pl-key-cluster").document
    assert [item.code for item in document.dimensions] == ["1", "2", "3", "4", "5"]
    assert {item.dimension for item in document.indicators} == {"1", "2", "3", "4", "5"}
    assert level_conditions("pl-key-cluster")["candidate"] == ["old_enough", "enough_members"]


def test_hungary_has_four_gates_and_20_30_24_26_points() -> None:
    wanted = requirements("Accredited Cluster AK-2016")
    criteria = {
        "business_year": ("closed_years", "closed full business years of the management organisation"),
        "headcount": ("team_members", "headcount of the management organisation, last closed year"),
        "manages_a_year": ("years_managing", "time already managing this cluster"),
    }
    for gate, (fact, criterion) in criteria.items():
        assert gate_conditions("hu-accredited-2016", gate) == [f"{fact} >= {wanted[criterion][0]}"]
    assert wanted["member company holding majority influence in the management organisation"] == (0, "A")
    assert gate_conditions("hu-accredited-2016", "no_member_controls") == ["not member_controls"]
    assert set(gate_marks("hu-accredited-2016").values()) == {"established"}
    document = loaded("hu-accredited-2016").document
    totals = {item.code: Decimal(0) for item in document.dimensions}
    for item in document.indicators:
        totals[item.dimension] += item.band_points[-1]
        assert item.origin["points"].mark == "example"
    assert list(totals.values()) == [20, 30, 24, 26]


def test_baden_wuerttemberg_regroups_the_31_and_adds_three() -> None:
    gold, label = loaded("ecei-gold-2013"), loaded("de-bw-cluster-excellence")
    document = label.document
    assert [item.code for item in document.dimensions] == ["A", "B", "C", "D"]
    assert document.extends is not None
    assert document.extends.digest == gold.digest
    taken = document.indicators[:31]
    for item, parent in zip(taken, gold.document.indicators, strict=True):
        changed = {"dimension": parent.dimension, "origin": parent.origin}
        assert item.model_copy(update=changed) == parent, item.code
        official = {field for field, origin in item.origin.items() if origin.mark != "example"}
        assert official == {"code"}, item.code
    assert [item.code for item in document.indicators[31:]] == ["N.1", "N.2", "N.3"]
    assert {item.dimension for item in document.indicators} == {"A", "B", "C", "D"}
    assert sum(item.band_points[-1] for item in document.indicators) == 165
    share, confidence = requirements("Quality label Cluster-Exzellenz BW")[
        "share of maximum excellence score"
    ]
    assert share is not None
    assert level_conditions("de-bw-cluster-excellence") == {
        "label": ["minimums_met", f"points >= {share / 100} * max_points"]
    }
    assert document.levels[0].origin["all"].mark == MARKS[confidence]


NATIONAL = (
    "efqm-levels",
    "es-ct-catalonia",
    "hu-accredited-2016",
    "pl-key-cluster",
    "pt-clusters-2015",
)


def test_no_code_is_shared_so_that_ratings_for_one_scheme_never_count_in_another() -> None:
    """A dossier keeps its ratings by code, whatever the scheme: `5.2` of the European label stays there."""
    codes = [item.code for name in ("ecei-gold-2013", *NATIONAL) for item in loaded(name).document.indicators]
    assert len(codes) == len(set(codes)) == 31 + 5 + 3 + 8 + 10 + 3


# --- level cuts and terms -----------------------------------------------------------------------------------


def test_the_cuts_on_1000_points() -> None:
    with shared("data/scheme_levels.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["system"].startswith("EFQM")]
    cuts = sorted({int(row["points"]) for row in rows})
    assert {(row["comparator"], row["scale_max"]) for row in rows} == {(">", "1000")}
    assert level_conditions("efqm-levels") == {f"above_{cut}": [f"points > {cut}"] for cut in cuts}
    read = {int(row["points"]) for row in rows if row["confidence"] == "A"}
    assert read == set(cuts)
    document = loaded("efqm-levels").document
    assert {level.origin["when"].mark for level in document.levels} == {"established"}
    assert sum(item.band_points[-1] for item in document.indicators) == 1000
    assert {origin.mark for item in document.indicators for origin in item.origin.values()} == {"example"}


TERMS = {
    "de-bw-cluster-excellence": "Cluster-Exzellenz BW",
    "hu-accredited-2016": "Hungary AIK-2011",
    "pl-key-cluster": "Poland KKK",
}


@pytest.mark.parametrize("name", TERMS)
def test_the_published_term_of_an_award(name: str) -> None:
    with shared("data/scheme_validity.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["system"]: row for row in csv.DictReader(file)}
    row = rows[TERMS[name]]
    validity = loaded(name).document.validity
    assert validity is not None
    assert (str(validity.first_years), validity.origin["first_years"].mark) == (
        row["certificate_years"],
        MARKS[row["confidence"]],
    )


def test_catalonia_fixes_a_day_which_the_format_gives_as_an_example() -> None:
    with shared("data/scheme_validity.csv").open(encoding="utf-8", newline="") as file:
        terms = {row["system"]: row["certificate_years"] for row in csv.DictReader(file)}
    assert terms["Catalonia"] == "to 30 Dec 2023 (call 2021-23)"
    validity = loaded("es-ct-catalonia").document.validity
    assert validity is not None
    assert validity.note is not None
    assert "30 December 2023" in validity.note["en"]
    assert {origin.mark for origin in validity.origin.values()} == {"example"}

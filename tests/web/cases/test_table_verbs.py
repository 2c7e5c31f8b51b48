"""Rows are edited one by one: problems are told at once, and two people do not overwrite each other unseen."""

from __future__ import annotations

import pytest

from clustermark.ground.problems import ProblemsError
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.domain.starting import start_case
from clustermark.web.cases.domain.tables import record_row, remove_row, replace_table, row_mark, state_empty
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.dossiers import dossier_of, working_content
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site

STATES = ("draft", "submitted")

BODY = {"body_id": "B1", "name": "Board", "kind": "board", "governing": "yes"}


@pytest.fixture
def draft(site: Site, sample: Sample) -> Case:
    edition = site.case("draft").edition
    return start_case(cluster=sample.cluster, edition=edition, by=sample.by("manager"))


def _rows(case: Case, table: str) -> list[list[str]]:
    kept: list[list[str]] = case.tables.get(name=table).rows
    return kept


def test_a_row_is_added_changed_and_removed(site: Site, sample: Sample) -> None:
    case, by = site.case("draft"), sample.by("team")
    header, rows = case.tables.get(name="participants").header, _rows(case, "participants")
    name = header.index("name")
    new = {
        "participant_id": "P999",
        "name": "New Ltd",
        "type": "company",
        "commitment": "fee",
        "joined_on": "2026-01-02",
    }

    record_row(case=case, table="participants", cells=new, by=by)
    record_row(
        case=case, table="participants", cells={"name": "Renamed"}, row=0, was=row_mark(rows[0]), by=by
    )
    now = _rows(case, "participants")
    assert len(now) == len(rows) + 1
    assert now[0] == [*rows[0][:name], "Renamed", *rows[0][name + 1 :]]
    assert dict(zip(header, now[-1], strict=True)) == dict.fromkeys(header, "") | new

    remove_row(case=case, table="participants", row=1, was=row_mark(rows[1]), by=by)
    assert _rows(case, "participants") == [now[0], *now[2:]]


def test_a_row_that_moved_is_found_and_one_that_changed_is_not_overwritten(
    site: Site, sample: Sample
) -> None:
    case, by = site.case("draft"), sample.by("team")
    rows = _rows(case, "participants")
    remove_row(case=case, table="participants", row=0, was=row_mark(rows[0]), by=by)
    record_row(
        case=case, table="participants", cells={"city": "Elsewhere"}, row=2, was=row_mark(rows[2]), by=by
    )
    city = case.tables.get(name="participants").header.index("city")
    assert _rows(case, "participants")[1][city] == "Elsewhere"
    with pytest.raises(Conflict):
        record_row(
            case=case, table="participants", cells={"city": "Third"}, row=2, was=row_mark(rows[2]), by=by
        )
    with pytest.raises(Conflict):
        remove_row(case=case, table="participants", row=2, was=row_mark(rows[2]), by=by)
    assert _rows(case, "participants")[1][city] == "Elsewhere"


def test_every_cell_that_is_wrong_is_told_and_nothing_is_saved(sample: Sample, draft: Case) -> None:
    cells = {
        "participant_id": "",
        "type": "gang",
        "joined_on": "12.3.2024",
        "employees": "1,000",
        "name": "A\x07",
    }
    with pytest.raises(ProblemsError) as error:
        record_row(case=draft, table="participants", cells=cells, by=sample.by("team"))
    assert {problem.place.column: problem.code for problem in error.value.problems} == {
        "participant_id": "cell-missing",
        "name": "control-character",
        "type": "choice-unknown",
        "joined_on": "date-unreadable",
        "commitment": "cell-missing",
        "employees": "thousands-separator",
    }
    assert not draft.tables.exists()


def test_a_table_is_stated_to_be_empty_and_a_row_takes_that_back(sample: Sample, draft: Case) -> None:
    by = sample.by("team")
    state_empty(case=draft, table="bodies", empty=True, by=by)
    assert _rows(draft, "bodies")[0][0] == "none"
    # the engine reads it as stated, with no rows
    assert "bodies" in working_content(draft)["tables"]
    record_row(case=draft, table="bodies", cells=BODY, by=by)
    assert [row[0] for row in _rows(draft, "bodies")] == ["B1"]
    with pytest.raises(ProblemsError):
        state_empty(case=draft, table="bodies", empty=True, by=by)


def test_the_profile_has_one_row(sample: Sample, draft: Case) -> None:
    cells = {"name": "Oka", "country": "RU", "sector": "health", "established_on": "2012-03-15"}
    record_row(case=draft, table="profile", cells=cells, by=sample.by("team"))
    with pytest.raises(Conflict):
        record_row(case=draft, table="profile", cells=cells, by=sample.by("manager"))


def test_a_whole_table_is_replaced_unless_another_version_stands(site: Site, sample: Sample) -> None:
    case, by = site.case("draft"), sample.by("team")
    replace_table(case=case, table="bodies", header=["body_id", "x"], rows=[["B1", "y"]], by=by, version=1)
    assert _rows(case, "bodies") == [["B1", "y"]]
    with pytest.raises(Conflict):
        replace_table(case=case, table="bodies", header=["body_id"], rows=[], by=by, version=1)
    # a half-filled table is a problem of the dossier, told with its place
    dossier, problems = dossier_of(working_content(case), name="case")
    assert dossier is None
    assert ("bodies.csv", 1, "name") in {(p.place.file, p.place.row, p.place.column) for p in problems}


@pytest.mark.parametrize("table", ["ratings", "evidence", "nothing"])
def test_tables_that_are_kept_otherwise_are_not_edited_as_rows(
    sample: Sample, draft: Case, table: str
) -> None:
    with pytest.raises(ProblemsError):
        record_row(case=draft, table=table, cells={}, by=sample.by("team"))


def test_a_sealed_table_takes_no_edit(site: Site, sample: Sample) -> None:
    case, by = site.case("submitted"), sample.by("manager")
    rows = _rows(case, "bodies")
    with pytest.raises(Refused):
        record_row(case=case, table="bodies", cells=BODY, by=by)
    with pytest.raises(Refused):
        remove_row(case=case, table="bodies", row=0, was=row_mark(rows[0]), by=by)
    with pytest.raises(Refused):
        replace_table(case=case, table="bodies", header=[], rows=[], by=by)
    with pytest.raises(Refused):
        state_empty(case=case, table="labels", empty=True, by=by)
    assert _rows(case, "bodies") == rows

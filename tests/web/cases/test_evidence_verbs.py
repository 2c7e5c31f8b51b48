"""Evidence gets ids and safe names, stands in the log, and is fixed once it was handed in."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest

from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.domain.evidence import (
    About,
    add_evidence,
    change_evidence,
    free_name,
    next_id,
    remove_evidence,
)
from clustermark.web.cases.domain.starting import start_case
from clustermark.web.cases.models import Case, Evidence
from clustermark.web.cases.queries.dossiers import content_for_panel, sealed_content
from clustermark.web.files.domain.storing import store_upload
from clustermark.web.files.limits import evidence_limits
from clustermark.web.log.models import LogRow
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site

STATES = ("draft",)

ABOUT = About(title="Charter", kind="statutes", own_date=date(2025, 3, 1), indicators=("2.1", "2.4"))


def _add(sample: Sample, case: Case, name: str, data: bytes = b"charter", about: About = ABOUT) -> Evidence:
    file = store_upload(io.BytesIO(data), limits=evidence_limits())
    return add_evidence(case=case, file=file, name=name, about=about, by=sample.by("team"))


@pytest.fixture
def draft(site: Site, sample: Sample) -> Case:
    edition = site.case("draft").edition
    return start_case(cluster=sample.cluster, edition=edition, by=sample.by("manager"))


def test_evidence_gets_ids_in_order_and_names_that_no_other_has(sample: Sample, draft: Case) -> None:
    added = [
        _add(sample, draft, name, data)
        for name, data in (
            ("plan.pdf", b"charter"),
            ("PLAN.pdf", b"charter"),
            ("../../etc/plan.pdf", b"another"),
            ('a<b>:"c".docx', b"charter"),
        )
    ]
    assert [(one.evidence_id, one.name) for one in added] == [
        ("E01", "plan.pdf"),
        ("E02", "PLAN-2.pdf"),
        ("E03", "plan-3.pdf"),
        ("E04", "abc.docx"),
    ]
    assert (added[0].received_on, added[0].own_date, added[0].indicators) == (
        today(),
        date(2025, 3, 1),
        ["2.1", "2.4"],
    )


def test_what_arrived_already_is_not_added_again(sample: Sample, draft: Case) -> None:
    first = _add(sample, draft, "plan.pdf")
    assert _add(sample, draft, "plan.pdf") == first
    others = [
        _add(sample, draft, "plan.pdf", b"another"),
        _add(sample, draft, "plan.pdf", about=replace(ABOUT, indicators=("2.1",))),
        _add(sample, draft, "copy.pdf"),
    ]
    assert [one.evidence_id for one in others] == ["E02", "E03", "E04"]
    assert LogRow.objects.filter(subject=draft.subject, act="add_evidence").count() == 4


def test_names_and_ids_of_odd_files() -> None:
    assert next_id(["E09", "X1", "E100", "E"]) == "E101"
    assert free_name("", []) == "file"
    assert free_name("...", []) == "file"
    assert free_name("C:\\papers\\my plan.pdf", []) == "my plan.pdf"
    assert len(free_name("n" * 400 + ".pdf", [])) <= 150
    assert free_name("n" * 400 + ".pdf", []).endswith(".pdf")


def test_every_act_stands_in_the_log_with_the_digest_of_the_file(sample: Sample, draft: Case) -> None:
    row = _add(sample, draft, "plan.pdf")
    digest = f"sha256:{row.file_id}"
    changed = change_evidence(
        evidence=row, about=replace(ABOUT, title="Statutes", page="p. 4"), by=sample.by("manager")
    )
    assert (changed.title, changed.page) == ("Statutes", "p. 4")
    remove_evidence(evidence=row, by=sample.by("manager"))
    assert not draft.evidence.exists()
    entries = LogRow.objects.filter(subject=draft.subject).order_by("number").values_list("act", "facts")
    assert [(act, facts["before"], facts["after"]) for act, facts in entries if act != "start"] == [
        ("add_evidence", None, digest),
        ("change_evidence", None, None),
        ("remove_evidence", digest, None),
    ]


@pytest.mark.parametrize(
    ("about", "field"),
    [
        (replace(ABOUT, title=" "), "title"),
        (replace(ABOUT, kind="novel"), "kind"),
        (replace(ABOUT, own_date=date(2025, 3, 2), received_on=date(2025, 3, 1)), "own_date"),
        (replace(ABOUT, indicators=("2.1", "99.9")), "indicators"),
    ],
)
def test_what_is_said_of_evidence_is_checked(sample: Sample, draft: Case, about: About, field: str) -> None:
    with pytest.raises(ProblemsError) as error:
        _add(sample, draft, "plan.pdf", about=about)
    assert [problem.place.field for problem in error.value.problems] == [field]
    assert not draft.evidence.exists()


def test_sealed_evidence_is_fixed_and_answers_may_add_to_it(site: Site, sample: Sample) -> None:
    case = site.case("submitted")
    row = case.evidence.get(evidence_id="E01")
    with pytest.raises(Refused):
        _add(sample, case, "late.pdf")
    for act in (
        lambda: remove_evidence(evidence=row, by=sample.by("manager")),
        lambda: change_evidence(evidence=row, about=ABOUT, by=sample.by("manager")),
    ):
        with pytest.raises(Refused):
            act()
    review = site.case("desk_review")
    sealed = sealed_content(review)
    added = _add(sample, review, "answer.pdf")
    assert (added.evidence_id, added.name) == ("E23", "answer.pdf")
    assert sealed_content(review) == sealed
    assert "answer.pdf" in content_for_panel(review)["files"]
    with pytest.raises(Refused):
        remove_evidence(evidence=added, by=sample.by("manager"))


def test_the_logs_show_what_was_done_to_evidence(site: Site, sample: Sample) -> None:
    case = site.case("draft")
    row = _add(sample, case, "charter.pdf")
    change_evidence(evidence=row, about=replace(ABOUT, title="The charter"), by=sample.by("team"))
    remove_evidence(evidence=row, by=sample.by("team"))
    for login, page in (("manager", f"/cases/{case.reference}/log/"), ("secretariat", "/log/")):
        shown = site.client(login).get(page).content.decode()
        for words in ("Add evidence", "Change what is said of evidence", "Remove evidence"):
            assert words in shown, page

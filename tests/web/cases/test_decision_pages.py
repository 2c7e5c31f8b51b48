"""Report, hearing, decision, conditions, feedback and log in the browser: who sees what, with which values."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from clustermark.casework.log import read_log, verify_chain
from clustermark.ground.exact import digest
from clustermark.ground.problems import Problem
from clustermark.web.accounts.models import Tie
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain import correcting, deciding, panel, reporting
from clustermark.web.cases.models import Case, Decision, Feedback, Item, PanelReport
from clustermark.web.cases.queries.pool import portfolio_of
from clustermark.web.cases.queries.reports import overrides_of, report_bytes
from clustermark.web.cases.queries.scorecards import consensus_card
from clustermark.web.log.checking import head
from tests.web.cases.site import Site

pytestmark = pytest.mark.django_db
STATES = ("rating", "reporting", "hearing", "deciding", "decided")
TABS = ("report", "decision", "conditions", "feedback", "log")


def url(case: Case, path: str) -> str:
    return f"/cases/{case.reference}/{path}"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


SEEN: dict[str, dict[str, tuple[int, ...]]] = {
    # state → person → the status of TABS
    "rating": {
        "manager": (403, 200, 200, 200, 200),
        "expert-a": (403, 200, 200, 200, 403),
        "expert-c": (404, 404, 404, 404, 404),
        "secretariat": (200, 200, 200, 403, 200),
        "decider": (404, 404, 404, 404, 404),
        "agency": (404, 404, 404, 404, 404),
        "admin": (404, 404, 404, 404, 404),
    },
    "reporting": {
        "manager": (403, 200, 200, 200, 200),
        "expert-a": (200, 200, 200, 200, 403),
        "secretariat": (200, 200, 200, 403, 200),
        "decider": (404, 404, 404, 404, 404),
    },
    "deciding": {
        "manager": (200, 200, 200, 200, 200),
        "team": (200, 200, 200, 403, 200),
        "expert-b": (200, 200, 200, 200, 403),
        "secretariat": (200, 200, 200, 403, 200),
        "decider": (200, 200, 200, 403, 200),
        "agency": (404, 404, 404, 404, 404),
    },
}


@pytest.mark.parametrize("state", SEEN)
def test_who_sees_which_page_in_at_most_15_queries(site: Site, state: str, queries: Any) -> None:
    case = site.case(state)
    for login, expected in SEEN[state].items():
        client, found = site.client(login), []
        for tab in TABS:
            with queries(15):
                found.append(client.get(url(case, f"{tab}/")).status_code)
        assert tuple(found) == expected, login


def test_before_the_consensus_nobody_sees_a_scorecard(site: Site) -> None:
    assert "Scorecard" not in text(site.client("secretariat").get(url(site.case("rating"), "report/")))


def test_an_expert_writes_and_nobody_else(site: Site) -> None:
    case = site.case("reporting")
    page = text(site.client("expert-a").get(url(case, "report/")))
    assert '<option value="silver">' in page
    assert '<option value="gold">' not in page
    data = {"summary": "Well <b>led</b>.", "outcome": "award", "level": "silver", "version": "0"}
    saved = site.client("expert-a").post(url(case, "report/"), data)
    assert (saved.status_code, saved["Location"]) == (302, url(case, "report/"))
    report = PanelReport.objects.get(case=case)
    assert (report.summary, report.outcome, report.level, report.version) == (
        "Well <b>led</b>.",
        "award",
        "silver",
        1,
    )
    assert "Well &lt;b&gt;led&lt;/b&gt;." in text(site.client("secretariat").get(url(case, "report/")))
    for login, status in (("secretariat", 403), ("manager", 403), ("decider", 404)):
        assert site.client(login).post(url(case, "report/"), data).status_code == status
    assert PanelReport.objects.get(case=case).version == 1


def test_an_award_without_a_level_is_shown_again_with_what_was_typed(site: Site) -> None:
    case = site.case("reporting")
    answer = site.client("expert-a").post(
        url(case, "report/"), {"summary": "Typed.", "outcome": "award", "version": "0"}
    )
    assert answer.status_code == 422
    assert "The consensus does not reach this level." in text(answer)
    assert "Typed." in text(answer)
    assert not PanelReport.objects.filter(case=case).exists()


def test_the_second_to_save_is_shown_both_versions(site: Site) -> None:
    case = site.case("reporting")
    reporting.write_report(case=case, by=site.by("expert-b"), summary="From Jan.")
    stale = site.client("expert-a").post(url(case, "report/"), {"summary": "From Anna.", "version": "0"})
    page = text(stale)
    assert stale.status_code == 422
    assert "From Jan." in page
    assert "From Anna." in page
    assert 'name="version" value="1"' in page
    assert PanelReport.objects.get(case=case).summary == "From Jan."
    site.client("expert-a").post(url(case, "report/"), {"summary": "From both.", "version": "1"})
    assert PanelReport.objects.get(case=case).summary == "From both."


def test_findings_are_the_panels_own_until_the_report_is_sent(site: Site) -> None:
    case = site.case("reporting")
    code = "2.1"
    data = {"finding-indicator": code, "finding-text": "No owner named.", "finding-due_on": "2030-01-31"}
    assert site.client("expert-a").post(url(case, "report/findings/"), data).status_code == 302
    item = Item.objects.get(case=case)
    assert (item.kind, item.indicator, str(item.due_on)) == ("finding", code, "2030-01-31")
    for tab in ("conditions", "log"):
        assert "No owner named." not in text(site.client("manager").get(url(case, f"{tab}/"))), tab
        assert "No owner named." in text(site.client("secretariat").get(url(case, f"{tab}/"))), tab


def test_the_hearing(site: Site) -> None:
    case, manager = site.case("hearing"), site.client("manager")
    case.comments.all().delete()
    assert "You can comment on facts until" in text(manager.get(url(case, "report/")))
    empty = manager.post(url(case, "report/comments/"), {"comment-text": " "})
    assert empty.status_code == 422
    sent = manager.post(
        url(case, "report/comments/"), {"comment-text": "It was in May.", "comment-indicator": "2.1"}
    )
    assert sent.status_code == 302
    assert (
        site.client("expert-a").post(url(case, "report/comments/"), {"comment-text": "No."}).status_code
        == 403
    )
    assert manager.post(url(case, "report/finish/")).status_code == 302
    case = site.case("hearing")
    assert case.state == "recommending"
    made = case.comments.get()
    refused = manager.post(url(case, f"report/comments/{made.pk}/"), {f"answer-{made.pk}-answer": "Yes."})
    assert refused.status_code == 403
    expert = site.client("expert-b")
    assert (
        expert.post(
            url(case, f"report/comments/{made.pk}/"), {f"answer-{made.pk}-answer": "Corrected."}
        ).status_code
        == 302
    )
    assert "Corrected." in text(manager.get(url(case, "report/")))


def test_an_override_stands_in_page_report_and_file(site: Site) -> None:
    case, expert = site.case("deciding"), site.sample.people["expert-c"]
    assert overrides_of(case) is None
    Tie.objects.create(
        user=expert, cluster=case.cluster, kind="advised", ends_on=today() - timedelta(days=30)
    )
    override = panel.request_override(
        case=case,
        expert=expert,
        code="cooling-off",
        by=site.by("secretariat"),
        reason="Nobody else speaks Russian.",
    )
    client = site.client("decider")
    assert "Nobody else speaks Russian." not in text(client.get(url(case, "decision/")))
    panel.confirm_override(override=override, by=site.by("secretariat-2"))
    for tab in ("report/", "decision/"):
        page = text(client.get(url(case, tab)))
        assert "Requested by Lena Brandt, confirmed by Tomas Berg on" in page
    card = consensus_card(case)
    assert card is not None
    stated = json.loads(report_bytes(card, overrides_of(case), "json"))["overrides"]["overrides"]
    assert [(one["expert"], one["reason"], one["confirmed_by"]) for one in stated] == [
        ("Marta Rossi", "Nobody else speaks Russian.", "Tomas Berg")
    ]
    pdf = PdfReader(BytesIO(report_bytes(card, overrides_of(case), "pdf")))
    assert "Nobody else speaks Russian." in " ".join(
        " ".join(page.extract_text().split()) for page in pdf.pages
    )


def test_the_decision_page_shows_what_it_rests_on(site: Site) -> None:
    case = site.case("deciding")
    page = text(site.client("decider").get(url(case, "decision/")))
    card = consensus_card(case)
    assert card is not None
    for words in (
        "The cluster is well led", f"{card.points}", "Anna Keller", "Jan Novák", "differed",
        "Clusters decided on under this scheme so far: 1. Figures of peers are shown from 6 on",
    ):  # fmt: skip
        assert words in page, words
    for login in ("manager", "secretariat"):
        theirs = text(site.client(login).get(url(case, "decision/")))
        assert "Both originals" not in theirs
        assert "Figures of peers" not in theirs
        assert "Decide and seal" not in theirs


def test_the_committee_awards_refuses_what_is_not_reached_and_the_cluster_appeals(site: Site) -> None:
    case, decider = site.case("deciding"), site.client("decider")
    data = {"decide-outcome": "award", "decide-level": "", "decide-reason": "As recommended."}
    refused = decider.post(url(case, "decision/decide/"), data)
    assert refused.status_code == 422
    assert "As recommended." in text(refused)
    assert site.client("expert-a").post(url(case, "decision/decide/"), data).status_code == 403
    assert decider.post(url(case, "decision/decide/"), {**data, "decide-level": "silver"}).status_code == 302
    decision = Decision.objects.get(case=case)
    assert (decision.outcome, decision.level, decision.reason) == ("award", "silver", "As recommended.")
    assert decider.post(url(case, "decision/decide/"), {**data, "decide-level": "silver"}).status_code == 403
    manager = site.client("manager")
    assert "Appeal against the decision" in text(manager.get(url(case, "decision/")))
    assert "Appeal against the decision" not in text(site.client("team").get(url(case, "decision/")))
    deciding.appeal(case=site.case("deciding"), by=site.by("manager"), reason="The points are wrong.")
    refusal = {"decide-outcome": "refuse", "decide-reason": "Heard."}
    assert decider.post(url(case, "decision/decide/"), refusal).status_code == 403
    assert site.client("decider-2").post(url(case, "decision/decide/"), refusal).status_code == 302
    assert site.case("deciding").state == "closed"
    assert "Decision on the appeal" in text(manager.get(url(case, "decision/")))


def deferral(*texts: str) -> dict[str, str]:
    data = {
        "defer-reason": "One thing first.",
        "conditions-TOTAL_FORMS": "3",
        "conditions-INITIAL_FORMS": "0",
    }
    for number, words in enumerate(texts):
        data |= {f"conditions-{number}-text": words, f"conditions-{number}-owner": "Board"}
    return data


def test_a_deferral_its_conditions_and_their_closure(site: Site, queries: Any) -> None:
    case, decider = site.case("deciding"), site.client("decider")
    none = decider.post(url(case, "decision/defer/"), deferral())
    assert none.status_code == 422
    assert "A deferral needs at least one condition." in text(none)
    assert (
        decider.post(
            url(case, "decision/defer/"), deferral("Publish the strategy.", "", "Name owners.")
        ).status_code
        == 302
    )
    items = list(Item.objects.filter(case=case))
    assert [(one.text, one.owner) for one in items] == [
        ("Publish the strategy.", "Board"),
        ("Name owners.", "Board"),
    ]
    manager, expert = site.client("manager"), site.client("expert-a")
    first = items[0]
    assert expert.post(url(case, f"conditions/{first.pk}/close/")).status_code == 403
    done = {
        f"item-{first.pk}-correction": "Published.",
        f"item-{first.pk}-evidence": [case.evidence.all()[0].evidence_id],
    }
    assert manager.post(url(case, f"conditions/{first.pk}/correct/"), done).status_code == 302
    assert decider.post(url(case, f"conditions/{first.pk}/correct/"), done).status_code == 403
    with queries(15):
        page = text(expert.get(url(case, "conditions/")))
    assert "Published." in page
    assert "corrected, to be closed" in page
    assert (
        expert.post(
            url(case, f"conditions/{first.pk}/close/"), {f"item-{first.pk}-closing_note": "Seen."}
        ).status_code
        == 302
    )
    first.refresh_from_db()
    assert (first.closed_by, first.closing_note) == (site.sample.people["expert-a"], "Seen.")


def test_any_number_of_conditions_costs_the_same(site: Site) -> None:
    case, asked = site.case("deciding"), []
    conditions = [deciding.Condition(f"Do {n}.") for n in range(3)]
    deciding.defer_case(case=case, by=site.by("decider"), reason="First this.", conditions=conditions)
    for item in case.items.all():
        correcting.correct_item(item=item, by=site.by("manager"), correction="Done.")
    client = site.client("expert-a")
    for _number in (3, 1):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(case, "conditions/")).status_code == 200
        asked.append(len(queries))
        Item.objects.exclude(pk=case.items.all()[0].pk).delete()
    assert asked[0] == asked[1] <= 15


def give(client: Client, case: Case, pk: int, points: tuple[str, ...], mark: str) -> int:
    data = {f"seat-{pk}-{name}": mark for name in points}
    return client.post(url(case, f"feedback/{pk}/"), {**data, f"seat-{pk}-text": "Thank you."}).status_code


def test_feedback_both_ways_is_the_secretariats_alone(site: Site, queries: Any) -> None:
    case = site.case("decided")
    seat = case.seats.get(expert=site.sample.people["expert-a"])
    of_panel, of_dossier = (
        ("prepared", "fair", "clear", "useful"),
        ("complete", "clear", "evidenced", "honest"),
    )
    assert give(site.client("expert-b"), case, seat.pk, of_panel, "1") == 403
    assert give(site.client("manager"), case, seat.pk, of_panel, "6") == 422
    assert give(site.client("manager"), case, seat.pk, of_panel, "4") == 302
    assert give(site.client("manager"), case, seat.pk, of_panel, "4") == 403
    assert give(site.client("expert-a"), case, seat.pk, of_dossier, "5") == 302
    assert sorted(Feedback.objects.values_list("from_cluster", flat=True)) == [False, True]
    office = site.client("secretariat")
    with queries(15):
        page = text(office.get("/office/feedback/"))
    assert "The expert was well prepared</dt><dd>4 / 5" in page
    assert "Claims proved to be true</dt><dd>5 / 5" in page
    for login in ("manager", "expert-a", "decider", "admin"):
        assert site.client(login).get("/office/feedback/").status_code == 403


def test_the_log_of_a_case_in_words_and_its_sealed_records(site: Site) -> None:
    case = site.case("decided")
    page = text(site.client("decider").get(url(case, "log/")))
    for words in (
        "Submit the dossier",
        "Olga Sokolova, cluster",
        "Helena Costa, committee",
        "The committee follows",
        "the panel together",
    ):
        assert words in page, words
    for record in case.sealed.all():
        assert record.digest in page
        answer = site.client("decider").get(url(case, f"sealed/{record.pk}.json"))
        assert digest(json.loads(answer.content)) == record.digest
    ratings = case.sealed.filter(kind="ratings")[0]
    assert site.client("manager").get(url(case, f"sealed/{ratings.pk}.json")).status_code == 403
    assert site.client("expert-c").get(url(case, f"sealed/{ratings.pk}.json")).status_code == 404
    other = site.case("deciding").sealed.all()[0]
    assert site.client("decider").get(url(case, f"sealed/{other.pk}.json")).status_code == 404


def test_the_whole_log_and_its_export(site: Site, queries: Any) -> None:
    client = site.client("admin")
    with queries(15):
        page = text(client.get("/log/"))
    assert head() in page
    assert "The committee follows" not in page
    lines = b"".join(client.get("/log/export.jsonl").streaming_content).decode().splitlines()  # type: ignore[attr-defined] # it streams
    entries = [one for one in read_log(lines, file="log") if not isinstance(one, Problem)]
    assert list(verify_chain(entries, file="log", ends_with=head())) == []
    for login in ("manager", "expert-a", "decider", "agency"):
        assert site.client(login).get("/log/").status_code == 403
        assert site.client(login).get("/log/export.jsonl").status_code == 403


def test_cards_become_a_year_of_a_portfolio(site: Site) -> None:
    card = consensus_card(site.case("deciding"))
    assert card is not None
    other = card.model_copy(update={"sector": "food"})
    made = portfolio_of({"7": card, "12": other}, year=2026)
    assert made.clusters.tolist() == ["7", "12"]
    assert made.years.tolist() == [2026, 2026]
    assert made.sectors.tolist() == [card.sector, "food"]
    code = card.indicators[1].code
    value = card.indicator(code).value
    assert value is not None
    assert made.values[:, 1].tolist() == [float(value)] * 2

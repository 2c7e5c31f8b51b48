"""Rules that no path goes round: sealed is sealed, gates, two persons, all or nothing, sealed cases recomputed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clustermark.casework.log import read_log, verify_chain
from clustermark.ground.problems import Problem, ProblemsError
from clustermark.schemes.scheme import find
from clustermark.web.accounts.domain.erasure import erase_person
from clustermark.web.accounts.models import Grant, Tie
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain import consensus, correcting, deciding, feedback, panel, rating, reporting
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.domain.publishing import publish_scheme
from clustermark.web.cases.domain.submitting import next_number
from clustermark.web.cases.domain.terms import expire_cases
from clustermark.web.cases.models import (
    Case,
    Decision,
    Item,
    Notice,
    Override,
    PanelReport,
    SchemeEdition,
    SealedRecord,
)
from clustermark.web.cases.queries import schemes, scorecards
from clustermark.web.cases.queries.memory import Memory
from clustermark.web.cases.queries.notices import words_of
from clustermark.web.cases.queries.reports import overrides_of
from clustermark.web.cases.queries.scorecards import consensus_card
from clustermark.web.cases.queries.sealed import content_of, latest
from clustermark.web.log.checking import export_lines, head, verify_log
from clustermark.web.log.models import LogRow, LogText
from tests.web.cases.site import Site

pytestmark = pytest.mark.django_db
STATES = ("admitted", "rating", "consensus", "reporting", "hearing", "deciding", "decided")
REASON = "The committee follows the panel."


def codes(error: pytest.ExceptionInfo[ProblemsError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


@contextmanager
def nothing_happens(case: Case) -> Iterator[None]:
    """Whatever is tried inside leaves the log, the sealed records and the state as they were."""

    def now() -> list[Any]:
        kept = Case.objects.values_list("state", "number", "decided_level").get(pk=case.pk)
        return [
            head(),
            LogRow.objects.count(),
            SealedRecord.objects.count(),
            Decision.objects.count(),
            Item.objects.count(),
            kept,
        ]

    before = now()
    yield
    assert now() == before


# sealed is sealed


@pytest.mark.parametrize("model", [SealedRecord, LogRow])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {column} = 'x'",
        "UPDATE {table} SET {column} = {column}",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})",
        "TRUNCATE {table} CASCADE",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table} WHERE {key} = (SELECT min({key}) FROM {table})",
    ],
)
def test_no_statement_changes_them(site: Site, model: Any, statement: str) -> None:
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        statement = "DELETE FROM {table} WHERE 1"  # SQLite knows no TRUNCATE and takes this for one
    if "REPLACE" in statement and connection.vendor == "postgresql":
        statement = (
            "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {column} = 'x'"
        )
    table, key = model._meta.db_table, model._meta.pk.column
    column = "digest" if model is SealedRecord else "act"
    before = list(model.objects.order_by("pk").values())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table, key=key, column=column))
    assert list(model.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("model", [SealedRecord, LogRow])
def test_no_way_of_the_orm_changes_them(site: Site, model: Any) -> None:
    one = model.objects.first()
    field = "digest" if model is SealedRecord else "act"
    setattr(one, field, "x")
    for way in (
        one.save,
        lambda: model.objects.filter(pk=one.pk).update(**{field: "x"}),
        lambda: model.objects.bulk_update([one], [field]),
        lambda: model.objects.filter(pk=one.pk)._raw_delete(using="default"),
        lambda: model.objects.bulk_create(
            [one], update_conflicts=True, update_fields=[field], unique_fields=["pk"]
        ),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            way()
    assert getattr(model.objects.get(pk=one.pk), field) != "x"


def test_the_log_in_the_database_verifies_and_a_changed_row_is_named(site: Site) -> None:
    assert list(verify_log(ends_with=head())) == []
    with connection.cursor() as cursor:  # as somebody with the rights of the owner could
        on_sqlite = connection.vendor == "sqlite"
        cursor.execute(
            "DROP TRIGGER log_logrow_no_update"
            if on_sqlite
            else "DROP TRIGGER log_logrow_no_change ON log_logrow"
        )
        cursor.execute("UPDATE log_logrow SET actor = 'user:somebody-else' WHERE number = 7")
    assert [(one.code, one.place.row) for one in verify_log()] == [("log-changed", 7)]


def test_an_export_verifies_without_the_database(site: Site) -> None:
    read = list(read_log(export_lines(), file="log.jsonl"))
    entries = [one for one in read if not isinstance(one, Problem)]
    assert len(entries) == len(read) == LogRow.objects.count()
    assert list(verify_chain(entries, file="log.jsonl", ends_with=head())) == []


def test_erased_words_leave_the_chain_whole_and_changed_words_are_named(site: Site) -> None:
    words = LogText.objects.order_by("row_id").first()
    assert words is not None
    LogText.objects.filter(pk=words.pk).update(text="Something else.")
    assert [(one.code, one.place.row) for one in verify_log()] == [("log-words-changed", words.row_id)]
    LogText.objects.all().delete()
    assert list(verify_log(ends_with=head())) == []


def test_a_sealed_record_is_what_its_digest_says(site: Site) -> None:
    for record in SealedRecord.objects.all():
        assert content_of(record)["format"].startswith("clustermark-sealed-")
    record.content = record.content.replace("silver", "golden")
    with pytest.raises(RuntimeError, match="not what was sealed"):
        content_of(record)


# recomputed years later


def test_a_decided_case_gives_the_same_scorecard_whatever_became_of_the_schemes_files(
    site: Site, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = site.case("decided")
    schemes._loaded.cache_clear()
    monkeypatch.setattr(scorecards, "_cards", Memory(9))
    before = consensus_card(case, language="en")
    assert before is not None
    # the library's file changes and is published as another version
    text = find("ecei-silver-2017").read_text(encoding="utf-8")
    changed = text.replace("version: ", "version: '99' # ", 1)
    assert changed != text
    newer = tmp_path / "ecei-silver-2017.yaml"
    newer.write_text(changed, encoding="utf-8")
    edition = publish_scheme(name=newer)
    assert edition.digest != case.edition.digest
    assert not SchemeEdition.objects.get(pk=case.edition_id).open
    # and somebody spoils the copy that the site keeps
    kept = Path(settings.HOME) / "schemes" / case.edition.digest.removeprefix("sha256:")
    for file in kept.iterdir():
        file.write_text("scheme: other", encoding="utf-8")
    schemes._loaded.cache_clear()
    monkeypatch.setattr(scorecards, "_cards", Memory(9))
    again = consensus_card(site.case("decided"), language="en")
    assert again is not None
    assert again.to_json() == before.to_json()
    assert again.scheme_digest == case.edition.digest


# gates, duties, two persons


def test_a_level_that_is_not_reached_cannot_be_awarded(site: Site) -> None:
    for level in ("gold", "", "platinum"):
        with nothing_happens(site.case("deciding")), pytest.raises(ProblemsError) as caught:
            deciding.decide_case(
                case=site.case("deciding"), by=site.by("decider"), outcome="award", level=level, reason=REASON
            )
        assert codes(caught) == ["level-not-reached"]


@pytest.mark.parametrize("outcome", ["defer", "", "maybe"])
def test_only_award_or_refusal_decide(site: Site, outcome: str) -> None:
    with nothing_happens(site.case("deciding")), pytest.raises(ProblemsError) as caught:
        deciding.decide_case(
            case=site.case("deciding"), by=site.by("decider"), outcome=outcome, reason=REASON
        )
    assert codes(caught) == ["outcome-unknown"]


def test_a_level_that_is_not_reached_cannot_be_recommended(site: Site) -> None:
    case = site.case("reporting")
    for level in ("gold", ""):
        with pytest.raises(ProblemsError) as caught:
            reporting.write_report(case=case, by=site.by("expert-a"), outcome="award", level=level)
        assert codes(caught) == ["level-not-reached"]
    assert not PanelReport.objects.filter(case=case).exists()
    report = reporting.write_report(case=case, by=site.by("expert-a"), outcome="refuse", level="silver")
    assert report.level == ""


@pytest.mark.parametrize("login", ["expert-a", "expert-b"])
def test_who_assessed_does_not_decide(site: Site, login: str) -> None:
    Grant.objects.create(
        user=site.sample.people[login],
        role="decider",
        organisation=site.sample.bodies["committee"],
        starts_on=today(),
    )
    with nothing_happens(site.case("deciding")), pytest.raises(Refused) as caught:
        deciding.decide_case(
            case=site.case("deciding"), by=site.by(login), outcome="award", level="silver", reason=REASON
        )
    assert caught.value.denied.code == "assessed"


def test_who_is_tied_does_not_decide(site: Site) -> None:
    Tie.objects.create(user=site.sample.people["decider"], cluster=site.sample.cluster, kind="advised")
    with nothing_happens(site.case("deciding")), pytest.raises(Refused) as caught:
        deciding.decide_case(
            case=site.case("deciding"), by=site.by("decider"), outcome="award", level="silver", reason=REASON
        )
    assert caught.value.denied.code == "tied"


def test_an_override_needs_a_second_person_and_stands_in_the_report(site: Site) -> None:
    case, expert = site.case("admitted"), site.sample.people["expert-c"]
    Tie.objects.create(
        user=expert, cluster=case.cluster, kind="advised", ends_on=today() - timedelta(days=30)
    )
    both = [site.sample.people["expert-a"], expert]
    with nothing_happens(case), pytest.raises(ProblemsError) as caught:
        panel.propose_panel(case=case, experts=both, by=site.by("secretariat"))
    assert "Marta Rossi: Worked for or advised the cluster" in caught.value.problems[0].message
    override = panel.request_override(
        case=case,
        expert=expert,
        code="cooling-off",
        by=site.by("secretariat"),
        reason="Nobody else speaks Russian.",
    )
    with nothing_happens(case), pytest.raises(Refused) as refused:
        panel.confirm_override(override=override, by=site.by("secretariat"))
    assert refused.value.denied.code == "same-person"
    with pytest.raises(ProblemsError):
        panel.propose_panel(case=case, experts=both, by=site.by("secretariat"))
    panel.confirm_override(override=override, by=site.by("secretariat-2"))
    with nothing_happens(case), pytest.raises(Refused) as refused:
        panel.confirm_override(override=override, by=site.by("secretariat-2"))
    assert refused.value.denied.code == "confirmed"
    panel.propose_panel(case=case, experts=both, by=site.by("secretariat"))
    assert Case.objects.get(pk=case.pk).state == "panel"


def test_an_override_that_is_turned_down_has_no_effect_and_its_asker_is_told(site: Site) -> None:
    case, expert = site.case("admitted"), site.sample.people["expert-c"]
    Tie.objects.create(
        user=expert, cluster=case.cluster, kind="advised", ends_on=today() - timedelta(days=30)
    )

    def ask() -> Override:
        return panel.request_override(
            case=case,
            expert=expert,
            code="cooling-off",
            by=site.by("secretariat"),
            reason="Nobody else speaks Russian.",
        )

    override = ask()
    second = site.by("secretariat-2")
    with nothing_happens(case), pytest.raises(Refused) as refused:
        panel.decline_override(override=override, by=site.by("secretariat"), reason="No.")
    assert refused.value.denied.code == "same-person"
    with nothing_happens(case), pytest.raises(ProblemsError):
        panel.decline_override(override=override, by=second, reason=" ")
    panel.decline_override(override=override, by=second, reason="Two others speak it.")
    row = LogRow.objects.select_related("words").latest("number")
    assert (row.act, row.words.text) == ("decline_override", "Two others speak it.")
    assert row.facts == {"expert": str(expert.reference), "code": "cooling-off"}
    notice = Notice.objects.get(name="override_declined")
    assert notice.user == site.sample.people["secretariat"]
    assert words_of(notice.name, notice.facts) == (
        "Your request to set a rule aside for Marta Rossi was turned down; the reasons stand in the case."
    )
    for answer in (panel.confirm_override, lambda **it: panel.decline_override(**it, reason="Again.")):
        with nothing_happens(case), pytest.raises(Refused) as refused:
            answer(override=override, by=second)
        assert refused.value.denied.code == "declined"
    both = [site.sample.people["expert-a"], expert]
    with pytest.raises(ProblemsError):
        panel.propose_panel(case=case, experts=both, by=site.by("secretariat"))
    assert overrides_of(case) is None
    # it may be asked for anew, with better reasons
    panel.confirm_override(override=ask(), by=second)
    panel.propose_panel(case=case, experts=both, by=site.by("secretariat"))


def test_nobody_sets_a_rule_aside_for_themselves(site: Site) -> None:
    case, expert = site.case("admitted"), site.sample.people["expert-c"]
    Grant.objects.create(
        user=expert, role="secretariat", organisation=site.sample.bodies["secretariat"], starts_on=today()
    )
    with pytest.raises(Refused) as caught:
        panel.request_override(
            case=case, expert=expert, code="cooling-off", by=site.by("expert-c"), reason="Me."
        )
    assert caught.value.denied.code == "same-person"


def test_only_experts_are_proposed(site: Site) -> None:
    people = [site.sample.people["expert-a"], site.sample.people["agency"]]
    with nothing_happens(site.case("admitted")), pytest.raises(ProblemsError) as caught:
        panel.propose_panel(case=site.case("admitted"), experts=people, by=site.by("secretariat"))
    assert [one.message for one in caught.value.problems] == [
        "Irina Petrova: Does not hold the role of an expert today."
    ]


# all or nothing


def test_ratings_that_are_not_complete_are_not_sealed(site: Site) -> None:
    case = site.case("rating")
    with nothing_happens(case), pytest.raises(ProblemsError) as caught:
        rating.submit_ratings(case=case, by=site.by("expert-a"))
    assert caught.value.problems[0].message.startswith("Not yet rated: ")
    assert not case.seats.exclude(submitted_at=None).exists()


def test_a_consensus_is_agreed_once_by_each_and_an_edit_undoes_it(site: Site) -> None:
    case = site.case("consensus")
    there = {row.indicator for row in case.consensus.all()}
    for one in schemes.scheme_of(case.edition).document.indicators:
        if one.code not in there:
            consensus.record_consensus(
                case=case, indicator=one.code, by=site.by("expert-a"), rating=3, reason="Seen."
            )
    consensus.agree_consensus(case=case, by=site.by("expert-a"))
    with nothing_happens(case), pytest.raises(Refused) as caught:
        consensus.agree_consensus(case=case, by=site.by("expert-a"))
    assert caught.value.denied.code == "agreed"
    row = case.consensus.exclude(rating=None).first()
    assert row is not None
    consensus.record_consensus(
        case=case, indicator=row.indicator, by=site.by("expert-b"), rating=2, reason="Seen again."
    )
    consensus.agree_consensus(case=case, by=site.by("expert-b"))
    assert Case.objects.get(pk=case.pk).state == "consensus"
    consensus.agree_consensus(case=case, by=site.by("expert-a"))
    assert Case.objects.get(pk=case.pk).state == "reporting"
    sealed = latest(case, "consensus")
    assert sealed is not None
    assert sealed.sealed_by is None


def test_a_decision_without_a_reason_leaves_nothing(site: Site) -> None:
    with nothing_happens(site.case("deciding")), pytest.raises(ProblemsError) as caught:
        deciding.decide_case(
            case=site.case("deciding"), by=site.by("decider"), outcome="award", level="silver", reason=" "
        )
    assert codes(caught) == ["reason-missing"]


def test_a_deferral_without_a_condition_leaves_nothing_also_the_second_time(site: Site) -> None:
    case = site.case("deciding")
    with nothing_happens(case), pytest.raises(ProblemsError) as caught:
        deciding.defer_case(
            case=case, by=site.by("decider"), reason=REASON, conditions=[deciding.Condition(" ")]
        )
    assert [one.message for one in caught.value.problems] == ["A deferral needs at least one condition."]
    deciding.defer_case(
        case=case, by=site.by("decider"), reason=REASON, conditions=[deciding.Condition("Publish.")]
    )
    item = case.items.get(kind="condition")
    with pytest.raises(Refused):  # nothing was corrected yet
        correcting.close_item(item=item, by=site.by("expert-a"))
    with pytest.raises(ProblemsError) as unknown:
        correcting.correct_item(item=item, by=site.by("manager"), correction="Done.", evidence=["E-999"])
    assert codes(unknown) == ["evidence-unknown"]
    correcting.correct_item(item=item, by=site.by("manager"), correction="Done.")
    correcting.close_item(item=item, by=site.by("expert-a"))
    deciding.resume_decision(case=case, by=site.by("expert-a"))
    with nothing_happens(case), pytest.raises(ProblemsError) as again:
        deciding.defer_case(case=case, by=site.by("decider"), reason=REASON, conditions=[])
    assert [one.message for one in again.value.problems] == ["A deferral needs at least one condition."]


def test_a_decision_is_made_once_and_seals_what_it_rests_on(site: Site) -> None:
    case = site.case("deciding")
    deciding.decide_case(case=case, by=site.by("decider"), outcome="award", level="silver", reason=REASON)
    with nothing_happens(case), pytest.raises(Refused) as caught:
        deciding.decide_case(case=case, by=site.by("decider-2"), outcome="refuse", reason=REASON)
    assert caught.value.denied.code == "wrong-state"
    record = latest(case, "decision")
    assert record is not None
    content = content_of(record)
    sealed = {kind: latest(case, kind) for kind in ("dossier", "consensus", "report")}
    assert content["sealed"] == {kind: one.digest for kind, one in sealed.items() if one is not None}
    assert (content["outcome"], content["level"], content["summary"]["level_reached"]) == (
        "award",
        "silver",
        "silver",
    )
    assert LogRow.objects.order_by("-number")[0].after == record.digest


def test_an_appeal_once_within_its_term_heard_by_others(site: Site) -> None:
    case = site.case("decided")
    case.decisions.update(appeal_until=today() - timedelta(days=1))
    with nothing_happens(case), pytest.raises(ProblemsError) as late:
        deciding.appeal(case=case, by=site.by("manager"), reason="Points.")
    assert late.value.problems[0].message.startswith("The term of appeal ended on")
    case.decisions.update(appeal_until=today())
    deciding.appeal(case=case, by=site.by("manager"), reason="Points.")
    with nothing_happens(case), pytest.raises(Refused) as caught:
        deciding.decide_appeal(
            case=case, by=site.by("decider"), outcome="award", level="silver", reason=REASON
        )
    assert caught.value.denied.code == "decided"
    decision = deciding.decide_appeal(case=case, by=site.by("decider-2"), outcome="refuse", reason=REASON)
    assert decision.on_appeal
    assert Case.objects.get(pk=case.pk).state == "closed"


def test_a_report_that_was_never_written_is_refused_in_words(site: Site) -> None:
    with nothing_happens(site.case("reporting")), pytest.raises(ProblemsError) as caught:
        reporting.send_report(case=site.case("reporting"), by=site.by("expert-a"))
    assert [one.message for one in caught.value.problems] == ["The report has no summary yet."]


def test_a_finding_says_something_about_an_indicator_of_the_scheme(site: Site) -> None:
    case = site.case("reporting")
    with pytest.raises(ProblemsError):
        reporting.state_finding(case=case, by=site.by("expert-a"), text=" ")
    with pytest.raises(ProblemsError):
        reporting.state_finding(case=case, by=site.by("expert-a"), text="No budget.", indicator="99.9")


def test_comments_end_with_the_term_of_the_hearing(site: Site) -> None:
    case = site.case("hearing")
    Case.objects.filter(pk=case.pk).update(due_on=today() - timedelta(days=1))
    with nothing_happens(case), pytest.raises(Refused) as caught:
        reporting.comment(case=case, by=site.by("manager"), text="In May.")
    assert caught.value.denied.code == "term-over"


def test_one_expert_does_not_rate_the_other(site: Site) -> None:
    """Feedback on an expert comes from the cluster; an expert who gave it would speak in the cluster's name."""
    seat = site.case("decided").seats.get(expert=site.sample.people["expert-a"])
    with pytest.raises(Refused):
        feedback.give_feedback(seat=seat, by=site.by("expert-b"), marks=dict.fromkeys(feedback.OF_PANEL, 1))


def test_a_case_that_somebody_saved_in_time_does_not_stop_the_others_from_expiring(site: Site) -> None:
    case = site.case("deciding")
    deciding.defer_case(
        case=case, by=site.by("decider"), reason=REASON, conditions=[deciding.Condition("Publish.")]
    )
    Case.objects.filter(pk=case.pk).update(due_on=today() - timedelta(days=1))
    assert expire_cases() == 1
    assert Case.objects.get(pk=case.pk).state == "expired"
    assert LogRow.objects.order_by("-number")[0].role == "system"


def test_an_override_cannot_be_written_for_one_person_by_hand(site: Site) -> None:
    case, one = site.case("admitted"), site.sample.people["secretariat"]
    with pytest.raises(IntegrityError), transaction.atomic():
        case.overrides.create(
            expert=site.sample.people["expert-c"],
            code="x",
            refusal="x",
            reason="x",
            requested_by=one,
            confirmed_by=one,
        )


def test_the_ten_thousandth_case_of_a_year_has_a_number_after_it(site: Site) -> None:
    year = today().year
    Case.objects.filter(pk=site.case("rating").pk).update(number=f"{year}-9999")
    Case.objects.filter(pk=site.case("hearing").pk).update(number=f"{year}-10000")
    assert next_number() == f"{year}-10001"


def test_which_interest_an_expert_declared_is_erased_with_them(site: Site) -> None:
    expert, case = site.sample.people["expert-a"], site.case("declaring")
    panel.declare(
        seat=case.seats.get(expert=expert),
        free=False,
        interest="My sister works there.",
        by=site.by("expert-a"),
    )
    erase_person(user=expert)
    seat = case.seats.get(expert=expert)
    assert (seat.declared, seat.interest) == ("interest", "")

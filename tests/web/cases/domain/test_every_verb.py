"""Every verb of a case: done by the right people, refused to all others, logged as the side they are on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.models import Tie
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain import (
    admission,
    charging,
    consensus,
    correcting,
    deciding,
    feedback,
    panel,
    rating,
    reporting,
    review,
    submitting,
    visiting,
)
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.domain.importing import content_of_raw, take_content
from clustermark.web.cases.domain.starting import start_case
from clustermark.web.cases.models import Case, Item, Override, Seat
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.log.models import LogRow
from clustermark.web.seeding import PEOPLE, Sample, lead, rate_all, sample_case
from tests.web.cases.site import Site

pytestmark = pytest.mark.django_db
LOGINS = tuple(login for login, *_rest in PEOPLE)
CLUSTER, OFFICE, EXPERTS = ("manager", "team"), ("secretariat", "secretariat-2"), ("expert-a", "expert-b")
COMMITTEE = ("decider", "decider-2")


@dataclass(frozen=True, slots=True)
class Trial:
    """A verb in a state of the case: `call` does it, after `first` has made what it needs."""

    act: str | None
    roles: dict[str, str]
    call: Callable[[Sample, Case, Person], object]
    first: Callable[[Sample, Case], object] = lambda _s, _c: None


def as_(side: str, *logins: str) -> dict[str, str]:
    return dict.fromkeys(logins, side)


def seat(s: Sample, c: Case, login: str) -> Seat:
    return c.seats.get(expert=s.people[login])


def code(c: Case) -> str:
    return next(one.code for one in scheme_of(c.edition).document.indicators if one.scale == "rubric")


def objected(s: Sample, c: Case) -> None:
    panel.object_to_expert(seat=seat(s, c, "expert-a"), by=s.by("manager"), reason="Known to us.")


def vacated(s: Sample, c: Case) -> None:
    objected(s, c)
    panel.answer_objection(seat=seat(s, c, "expert-a"), upheld=True, by=s.by("secretariat"), reason="True.")


def all_declared(s: Sample, c: Case) -> None:
    for login in EXPERTS:
        panel.declare(seat=seat(s, c, login), free=True, by=s.by(login))


def advised_before(s: Sample, c: Case) -> None:
    yesterday = today() - timedelta(days=1)
    Tie.objects.create(user=s.people["expert-c"], cluster=c.cluster, kind=Tie.Kind.ADVISED, ends_on=yesterday)


def override(s: Sample, c: Case) -> Override:
    advised_before(s, c)
    return panel.request_override(
        case=c, expert=s.people["expert-c"], code="cooling-off", by=s.by("secretariat"), reason="Nobody else."
    )


def asked(s: Sample, c: Case) -> None:
    review.ask_question(case=c, indicator=code(c), question="Which?", by=s.by("expert-a"))


def answered(s: Sample, c: Case) -> None:
    asked(s, c)
    review.answer_question(asked=c.clarifications.get(), answer="These.", by=s.by("manager"))


def planned(s: Sample, c: Case, by: Person) -> None:
    start = timezone.now().replace(hour=9)
    slot = visiting.Slot(start, start + timedelta(hours=1), "Opening")
    visiting.plan_visit(case=c, by=by, starts_on=today(), ends_on=today(), place="Oka", slots=[slot])


def visit_ready(s: Sample, c: Case) -> None:
    visiting.note_people(case=c, by=s.by("expert-a"), people=[visiting.Met("Olga Sokolova")])


def rated(s: Sample, c: Case) -> None:
    rate_all(s, c, "expert-a", 0)
    rate_all(s, c, "expert-b", 1)


def agreed_on(s: Sample, c: Case) -> None:
    there = {row.indicator for row in c.consensus.all()}
    for one in scheme_of(c.edition).document.indicators:
        if one.code not in there:
            consensus.record_consensus(
                case=c, indicator=one.code, by=s.by("expert-a"), rating=3, reason="As seen."
            )


def written(s: Sample, c: Case) -> None:
    reporting.write_report(case=c, by=s.by("expert-a"), summary="Well led.")


def commented(s: Sample, c: Case) -> None:
    reporting.comment(case=c, by=s.by("manager"), text="In May.")


def heard(s: Sample, c: Case) -> None:
    c.due_on = today() - timedelta(days=1)
    c.save()


def recommended(s: Sample, c: Case) -> None:
    for made in c.comments.filter(answer=""):
        reporting.answer_comment(made=made, by=s.by("expert-b"), answer="Corrected.")
    reporting.write_report(
        case=c, by=s.by("expert-b"), outcome="award", level=c.level, recommendation="All minimums are met."
    )


def deferred(s: Sample, c: Case) -> None:
    conditions = [deciding.Condition("Publish the strategy.")]
    deciding.defer_case(case=c, by=s.by("decider"), reason="One thing.", conditions=conditions)


def corrected(s: Sample, c: Case) -> None:
    deferred(s, c)
    correcting.correct_item(item=c.items.get(), by=s.by("manager"), correction="Published.")


def closed_item(s: Sample, c: Case) -> None:
    corrected(s, c)
    correcting.close_item(item=c.items.get(), by=s.by("expert-a"))


def appealed(s: Sample, c: Case) -> None:
    deciding.appeal(case=c, by=s.by("manager"), reason="The points are wrong.")


def no_appeal_any_more(s: Sample, c: Case) -> None:
    c.decisions.update(appeal_until=today() - timedelta(days=1))


def price(c: Case) -> str:
    return scheme_of(c.edition).document.fees[0].item


def quoted(s: Sample, c: Case) -> None:
    charging.quote_fee(case=c, item=price(c), by=s.by("secretariat"))


def finding(s: Sample, c: Case) -> Item:
    return reporting.state_finding(case=c, by=s.by("expert-a"), text="No budget.", indicator=code(c))


MARKS = dict.fromkeys(feedback.OF_PANEL, 4)
DOSSIER_MARKS = dict.fromkeys(feedback.OF_DOSSIER, 5)

TRIALS: dict[str, list[Trial]] = {
    "draft": [
        Trial("start", as_("cluster", *CLUSTER), lambda s, c, by: start_case(cluster=s.cluster, edition=c.edition, by=by)),
        Trial("take_dossier", as_("cluster", *CLUSTER), lambda s, c, by: take_content(case=c, content=content_of_raw(s.raw), by=by)),
        Trial("submit", as_("cluster", "manager"), lambda s, c, by: submitting.submit_dossier(case=c, by=by)),
        Trial("withdraw", as_("cluster", "manager"), lambda s, c, by: submitting.withdraw_case(case=c, by=by, reason="Later.")),
    ],
    "submitted": [
        Trial("admit", as_("secretariat", *OFFICE), lambda s, c, by: admission.admit_case(case=c, by=by)),
        Trial("return", as_("secretariat", *OFFICE), lambda s, c, by: admission.return_case(case=c, by=by, reason="Complete it.")),
        Trial("withdraw", as_("cluster", "manager"), lambda s, c, by: submitting.withdraw_case(case=c, by=by, reason="Later.")),
        Trial("quote_fee", as_("secretariat", *OFFICE), lambda s, c, by: charging.quote_fee(case=c, item=price(c), by=by)),
        Trial("invoice_fee", as_("secretariat", *OFFICE), lambda s, c, by: charging.invoice_fee(case=c, by=by, number="1", invoice_to="Oka"), quoted),
        Trial("mark_paid", as_("secretariat", *OFFICE), lambda s, c, by: charging.mark_paid(case=c, by=by), quoted),
    ],
    "admitted": [
        Trial("propose_panel", as_("secretariat", *OFFICE), lambda s, c, by: panel.propose_panel(case=c, experts=[s.people[e] for e in EXPERTS], by=by)),
        Trial("request_override", as_("secretariat", *OFFICE), lambda s, c, by: panel.request_override(case=c, expert=s.people["expert-c"], code="cooling-off", by=by, reason="Nobody else."), advised_before),
        Trial("confirm_override", as_("secretariat", "secretariat-2"), lambda s, c, by: panel.confirm_override(override=c.overrides.get(), by=by), override),
        Trial("decline_override", as_("secretariat", "secretariat-2"), lambda s, c, by: panel.decline_override(override=c.overrides.get(), by=by, reason="Others have time."), override),
    ],
    "panel": [
        Trial("agree_panel", as_("cluster", "manager"), lambda s, c, by: panel.agree_panel(case=c, by=by)),
        Trial("object", as_("cluster", "manager"), lambda s, c, by: panel.object_to_expert(seat=seat(s, c, "expert-a"), by=by, reason="Known to us.")),
        Trial("answer_objection", as_("secretariat", *OFFICE), lambda s, c, by: panel.answer_objection(seat=seat(s, c, "expert-a"), upheld=False, by=by, reason="No."), objected),
        Trial("reopen_panel", as_("secretariat", *OFFICE), lambda s, c, by: panel.reopen_panel(case=c, by=by), vacated),
    ],
    "declaring": [
        Trial("declare", as_("expert", "expert-a"), lambda s, c, by: panel.declare(seat=seat(s, c, "expert-a"), free=True, by=by)),
        Trial("open_review", as_("secretariat", *OFFICE), lambda s, c, by: panel.confirm_panel(case=c, by=by), all_declared),
    ],
    "desk_review": [
        Trial("ask", as_("expert", *EXPERTS), lambda s, c, by: review.ask_question(case=c, indicator=code(c), question="Which?", by=by)),
        Trial("answer", as_("cluster", *CLUSTER), lambda s, c, by: review.answer_question(asked=c.clarifications.get(), answer="These.", by=by), asked),
        Trial("close_question", as_("expert", "expert-a"), lambda s, c, by: review.close_question(asked=c.clarifications.get(), by=by), answered),
        Trial("plan_visit", {**as_("expert", *EXPERTS), **as_("secretariat", *OFFICE)}, planned),
        Trial("finish_review", as_("secretariat", *OFFICE), lambda s, c, by: review.finish_review(case=c, by=by)),
    ],
    "site_visit": [
        Trial("note_people", {**as_("expert", *EXPERTS), **as_("secretariat", *OFFICE)}, lambda s, c, by: visiting.note_people(case=c, by=by, people=[visiting.Met("Olga")])),
        Trial("finish_visit", {**as_("expert", *EXPERTS), **as_("secretariat", *OFFICE)}, lambda s, c, by: visiting.finish_visit(case=c, by=by), visit_ready),
    ],
    "rating": [
        Trial(None, as_("expert", *EXPERTS), lambda s, c, by: rating.record_rating(case=c, indicator=code(c), by=by, rating=3, reason="Seen.")),
        Trial("submit_ratings", as_("expert", *EXPERTS), lambda s, c, by: rating.submit_ratings(case=c, by=by), rated),
    ],
    "consensus": [
        Trial(None, as_("expert", *EXPERTS), lambda s, c, by: consensus.record_consensus(case=c, indicator=code(c), by=by, rating=3, reason="Seen.")),
        Trial("agree_consensus", as_("expert", *EXPERTS), lambda s, c, by: consensus.agree_consensus(case=c, by=by), agreed_on),
    ],
    "reporting": [
        Trial(None, as_("expert", *EXPERTS), lambda s, c, by: reporting.write_report(case=c, by=by, summary="Well led.")),
        Trial("state_finding", as_("expert", *EXPERTS), lambda s, c, by: reporting.state_finding(case=c, by=by, text="No budget.", indicator=code(c))),
        Trial("send_report", as_("expert", *EXPERTS), lambda s, c, by: reporting.send_report(case=c, by=by), written),
    ],
    "hearing": [
        Trial("comment", as_("cluster", *CLUSTER), lambda s, c, by: reporting.comment(case=c, by=by, text="In May.")),
        Trial("finish_hearing", as_("cluster", "manager"), lambda s, c, by: reporting.end_comments(case=c, by=by)),
        Trial("finish_hearing", {**as_("cluster", "manager"), **as_("secretariat", *OFFICE)}, lambda s, c, by: reporting.finish_hearing(case=c, by=by), heard),
    ],
    "recommending": [
        Trial("answer_comment", as_("expert", *EXPERTS), lambda s, c, by: reporting.answer_comment(made=c.comments.all()[0], by=by, answer="Corrected.")),
        Trial("recommend", as_("expert", *EXPERTS), lambda s, c, by: reporting.recommend(case=c, by=by), recommended),
    ],
    "deciding": [
        Trial("decide", as_("committee", *COMMITTEE), lambda s, c, by: deciding.decide_case(case=c, by=by, outcome="award", level="silver", reason="As recommended.")),
        Trial("defer", as_("committee", *COMMITTEE), lambda s, c, by: deciding.defer_case(case=c, by=by, reason="One thing.", conditions=[deciding.Condition("Publish.")])),
        Trial("correct_item", as_("cluster", *CLUSTER), lambda s, c, by: correcting.correct_item(item=c.items.get(), by=by, correction="Published."), deferred),
        Trial("close_item", as_("expert", *EXPERTS), lambda s, c, by: correcting.close_item(item=c.items.get(), by=by), corrected),
        Trial("resume", as_("expert", *EXPERTS), lambda s, c, by: deciding.resume_decision(case=c, by=by), closed_item),
    ],
    "decided": [
        Trial("appeal", as_("cluster", "manager"), lambda s, c, by: deciding.appeal(case=c, by=by, reason="Points are wrong.")),
        Trial("decide_appeal", as_("committee", "decider-2"), lambda s, c, by: deciding.decide_appeal(case=c, by=by, outcome="refuse", reason="Heard."), appealed),
        Trial("close", as_("secretariat", *OFFICE), lambda s, c, by: deciding.close_case(case=c, by=by), no_appeal_any_more),
        Trial("give_feedback", as_("cluster", "manager"), lambda s, c, by: feedback.give_feedback(seat=seat(s, c, "expert-a"), by=by, marks=MARKS if by.user != s.people["expert-a"] else {})),
        Trial("give_feedback", as_("expert", "expert-a"), lambda s, c, by: feedback.give_feedback(seat=seat(s, c, "expert-a"), by=by, marks=DOSSIER_MARKS)),
    ],
}  # fmt: skip


Outcome = tuple[str, str | None]


def outcome(s: Sample, key: int, trial: Trial, login: str) -> Outcome:
    """What came of it, and as whom it was logged; undone afterwards."""
    with transaction.atomic():
        case = Case.objects.select_related("cluster", "edition").get(pk=key)
        before, state = LogRow.objects.count(), case.state
        try:
            trial.call(s, case, s.by(login))
        except Refused:
            found: Outcome = ("refused", None)
        except ProblemsError as error:
            found = ("; ".join(one.code for one in error.problems), None)
        else:
            entry = LogRow.objects.filter(number__gt=before, act=trial.act).first() if trial.act else None
            found = ("done", entry.role if entry else None)
            assert (trial.act is None) == (LogRow.objects.count() == before), trial.act
        if found[0] != "done":
            assert LogRow.objects.count() == before
            assert Case.objects.get(pk=key).state == state
        transaction.set_rollback(True)
    return found


def outcomes(s: Sample, case: Case, trial: Trial) -> dict[str, Outcome]:
    """What came of it by each person, each as if they were the first; all is undone afterwards."""
    with transaction.atomic():
        trial.first(s, Case.objects.select_related("cluster", "edition").get(pk=case.pk))
        found = {login: outcome(s, case.pk, trial, login) for login in LOGINS}
        transaction.set_rollback(True)
    return found


@pytest.mark.slow
def test_every_verb_by_the_right_people_and_no_others(site: Site) -> None:
    """One case is led along its road; at each state every verb is tried by everyone, and undone."""
    case = sample_case(site.sample)
    for state, trials in TRIALS.items():
        lead(site.sample, case, to=state)
        for trial in trials:
            found = outcomes(site.sample, case, trial)
            if trial.act == "give_feedback":  # marks are looked at first, which says nothing of the case
                found = {
                    who: ("refused", None) if got == ("marks", None) else got for who, got in found.items()
                }
            role = trial.roles if trial.act else dict.fromkeys(trial.roles)
            assert found == {
                who: ("done", role[who]) if who in role else ("refused", None) for who in LOGINS
            }, trial.act

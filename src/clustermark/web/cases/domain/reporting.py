"""The panel's report, the hearing of the cluster, the recommendation."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from clustermark.casework.policy import Denied
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import date_text
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.acting import Refused, acting, locked, note, require
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.domain.sealing import seal
from clustermark.web.cases.models import Case, HearingComment, Item, PanelReport, SealedRecord
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.scorecards import reached_levels
from clustermark.web.cases.queries.sealed import latest

FIELDS = ("summary", "strengths", "improvements", "outcome", "level", "recommendation")


def write_report(*, case: Case, by: Person, version: int | None = None, **texts: str) -> PanelReport:
    """Save the panel's words (`FIELDS`); raises `Conflict` when the other expert saved since."""
    with transaction.atomic():
        current = locked(case)
        require(by, "report.edit", current)
        report, _new = PanelReport.objects.get_or_create(case=current, defaults={"version": 0})
        if version is not None and report.version != version:
            raise Conflict(report)
        for name in FIELDS:
            if name in texts:
                setattr(report, name, texts[name])
        _check_outcome(current, report)
        report.version += 1
        report.save()
    return report


def _check_outcome(case: Case, report: PanelReport) -> None:
    """Gates apart from points: what the consensus does not reach is not recommended either."""
    place = Place("report", field="outcome")
    if report.outcome and report.outcome not in PanelReport.Outcome.values:
        allowed = ", ".join(PanelReport.Outcome.values)
        message = _("This cannot be recommended.")
        raise ProblemsError(
            [Problem("outcome-unknown", message, place, found=report.outcome, allowed=allowed)]
        )
    if report.outcome != PanelReport.Outcome.AWARD:
        report.level = ""
        return
    reached = reached_levels(case)
    if report.level not in reached:
        message, place = _("The consensus does not reach this level."), Place("report", field="level")
        allowed = ", ".join(reached) or _("no level")
        raise ProblemsError(
            [Problem("level-not-reached", message, place, found=report.level, allowed=allowed)]
        )


def state_finding(
    *, case: Case, by: Person, text: str, indicator: str = "", due_on: date | None = None
) -> Item:
    """A finding that the cluster must correct."""
    _words(text)
    if indicator:
        scheme_of(case.edition).indicator(indicator)
    with transaction.atomic():
        current = locked(case)
        require(by, "report.edit", current)
        item = Item.objects.create(
            case=current,
            kind=Item.Kind.FINDING,
            text=text,
            indicator=indicator,
            due_on=due_on,
            stated_by=by.user,
        )
        facts = {"indicator": indicator}
        note(case=current, act="state_finding", by=by, role="expert", reason=text, facts=facts)
    return item


def send_report(*, case: Case, by: Person) -> None:
    """Seal the draft report and give it to the cluster to comment on facts."""
    with acting(case=case, act="send_report", by=by) as doing:
        doing.after = _seal_report(doing.case, by).digest


def comment(*, case: Case, by: Person, text: str, indicator: str = "") -> HearingComment:
    """The cluster comments on a fact of the draft report."""
    _words(text)
    with transaction.atomic():
        current = locked(case)
        require(by, "hearing.comment", current)
        _in_time(current)
        made = HearingComment.objects.create(case=current, text=text, indicator=indicator, by=by.user)
        facts = {"indicator": indicator}
        note(case=current, act="comment", by=by, role="cluster", reason=text, facts=facts)
    return made


def answer_comment(*, made: HearingComment, by: Person, answer: str) -> None:
    """The panel answers a comment."""
    _words(answer)
    with transaction.atomic():
        case = locked(made.case)
        require(by, "recommendation.make", case)
        made.answer, made.answered_by, made.answered_at = answer, by.user, timezone.now()
        made.save(update_fields=["answer", "answered_by", "answered_at"])
        note(case=case, act="answer_comment", by=by, role="expert", reason=answer)


def end_comments(*, case: Case, by: Person) -> None:
    """The cluster says that it has no further comment; the panel goes on."""
    with transaction.atomic():
        current = locked(case)
        require(by, "hearing.comment", current)
        PanelReport.objects.filter(case=current).update(hearing_finished_at=timezone.now())
        finish_hearing(case=case, by=by)


def finish_hearing(*, case: Case, by: Person, reason: str = "") -> None:
    """End the hearing: the cluster is done, or its term is over."""
    with acting(case=case, act="finish_hearing", by=by, reason=reason):
        pass


def recommend(*, case: Case, by: Person) -> None:
    """Seal the report with the answers and the recommendation, and hand it to the committee."""
    with acting(case=case, act="recommend", by=by) as doing:
        doing.after = _seal_report(doing.case, by).digest


def _seal_report(case: Case, by: Person) -> SealedRecord:
    # without a report the guards of the act refuse it
    report = PanelReport.objects.filter(case=case).first() or PanelReport(case=case)
    consensus = latest(case, "consensus")
    content = {
        "format": "clustermark-sealed-report/1",
        "case": case.number,
        "scheme": case.edition.digest,
        "consensus": consensus.digest if consensus else None,
        "words": {name: getattr(report, name) for name in FIELDS},
        "comments": [
            {"indicator": one.indicator, "text": one.text, "answer": one.answer}
            for one in case.comments.all()
        ],
        "findings": [
            {"indicator": item.indicator, "text": item.text, "due_on": item.due_on}
            for item in case.items.filter(kind=Item.Kind.FINDING)
        ],
        "overrides": [
            {
                "expert": override.expert.name,
                "refusal": override.refusal,
                "reason": override.reason,
                "requested_by": override.requested_by.name,
                "confirmed_by": override.confirmed_by.name,
            }
            for override in case.overrides.select_related("expert", "requested_by", "confirmed_by")
            if override.confirmed_by is not None
        ],
    }
    return seal(case=case, kind="report", content=content, by=by.user)


def _in_time(case: Case) -> None:
    if case.due_on is not None and case.due_on < today():
        message = _("The term for comments ended on {day}.").format(day=date_text(case.due_on))
        raise Refused(Denied("term-over", message))


def _words(text: str) -> None:
    if not text.strip():
        raise ProblemsError([Problem("text-missing", _("Write a text."), Place("comment", field="text"))])

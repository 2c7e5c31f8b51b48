"""Guards: what must be there before an act, and in words what is missing.

A guard is a function from the facts of a case to what is missing; an empty list lets the act happen. Guards are shown
in the page before the button is pressed. What one expert sees must not depend on what another has entered: guards of
an expert's own act look at `own_seat` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from clustermark.casework.facts import CaseFacts
from clustermark.ground.texts import date_text, ngettext
from clustermark.ground.texts import gettext as _


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: a sentence, and the part of the case where it is supplied."""

    message: str
    part: str


Guard = Callable[[CaseFacts], list[Missing]]


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(codes)


def dossier_sound(case: CaseFacts) -> list[Missing]:
    """The dossier has no errors."""
    n = case.dossier_problems
    if not n:
        return []
    text = ngettext("The dossier has {n} problem.", "The dossier has {n} problems.", n).format(n=n)
    return [Missing(text, "dossier")]


def something_claimed(case: CaseFacts) -> list[Missing]:
    """At least one indicator is claimed."""
    return [] if case.claimed else [Missing(_("No indicator has a value or claim yet."), "dossier")]


def claims_reasoned(case: CaseFacts) -> list[Missing]:
    """Every claimed rating has a reason."""
    if not case.unreasoned_claims:
        return []
    message = _("These claims have no reason: {codes}.").format(codes=_codes(case.unreasoned_claims))
    return [Missing(message, "dossier")]


def eligible(case: CaseFacts) -> list[Missing]:
    """The gates of the scheme that an application must meet are met."""
    return [
        Missing(_("Not met: {gate}.").format(gate=gate.rstrip(".")), "eligibility")
        for gate in case.unmet_gates
    ]


def panel_complete(case: CaseFacts) -> list[Missing]:
    """As many experts as the scheme wants."""
    wanted, there = case.experts_wanted, len(case.seated)
    if there == wanted:
        return []
    message = _("The panel has {n} of {wanted} experts.").format(n=there, wanted=wanted)
    return [Missing(message, "panel")]


def panel_free(case: CaseFacts) -> list[Missing]:
    """Nobody on the panel is refused by the separation of duties."""
    return [
        Missing(f"{seat.name}: {refusal.reason}", "panel")
        for seat in case.seated
        for refusal in seat.refusals
    ]


def objections_answered(case: CaseFacts) -> list[Missing]:
    """No objection is open, and none was upheld (then another expert is chosen)."""
    open_ = [seat.name for seat in case.seated if seat.objection == "open"]
    if open_:
        return [
            Missing(
                _("The secretariat has not answered the objection to {names}.").format(names=_codes(open_)),
                "panel",
            )
        ]
    return panel_complete(case)


def seat_vacant(case: CaseFacts) -> list[Missing]:
    """A seat is empty: an objection was upheld or an interest declared."""
    return (
        []
        if len(case.seated) < case.experts_wanted
        else [Missing(_("No seat of the panel is empty."), "panel")]
    )


def all_declared(case: CaseFacts) -> list[Missing]:
    """Every expert declared to have no interest."""
    waiting = [seat.name for seat in case.seated if seat.declared != "free"]
    if waiting:
        return [
            Missing(_("Not yet declared free of interest: {names}.").format(names=_codes(waiting)), "panel")
        ]
    return panel_complete(case) + panel_free(case)


def questions_answered(case: CaseFacts) -> list[Missing]:
    """Every clarification question is closed."""
    n = sum(seat.open_questions for seat in case.seated)
    if not n:
        return []
    text = ngettext("{n} question is not closed.", "{n} questions are not closed.", n).format(n=n)
    return [Missing(text, "questions")]


def visit_planned(case: CaseFacts) -> list[Missing]:
    """Dates and an agenda."""
    found = [] if case.visit_planned else [Missing(_("The visit has no dates yet."), "visit")]
    return found if case.agenda_slots else [*found, Missing(_("The agenda is empty."), "visit")]


def visit_held(case: CaseFacts) -> list[Missing]:
    """Its last day has come."""
    if case.visit_ends_on is None or case.visit_ends_on <= case.today:
        return []
    return [Missing(_("The visit lasts until {day}.").format(day=date_text(case.visit_ends_on)), "visit")]


def people_met(case: CaseFacts) -> list[Missing]:
    """Whom the experts met."""
    return [] if case.people_met else [Missing(_("Nobody is noted as met."), "visit")]


def own_ratings_complete(case: CaseFacts) -> list[Missing]:
    """The acting expert rated every indicator, each with a reason."""
    seat = case.own_seat
    if seat is None:
        return [Missing(_("You have no seat on this panel."), "panel")]
    found = []
    if seat.missing_ratings:
        found.append(
            Missing(_("Not yet rated: {codes}.").format(codes=_codes(seat.missing_ratings)), "ratings")
        )
    if seat.unreasoned:
        found.append(
            Missing(_("Rated without a reason: {codes}.").format(codes=_codes(seat.unreasoned)), "ratings")
        )
    return found


def all_submitted(case: CaseFacts) -> list[Missing]:
    """Every expert submitted."""
    waiting = [seat.name for seat in case.seated if not seat.submitted]
    return (
        [Missing(_("Not yet submitted: {names}.").format(names=_codes(waiting)), "ratings")]
        if waiting
        else []
    )


def consensus_complete(case: CaseFacts) -> list[Missing]:
    """Every indicator has a consensus."""
    if not case.consensus_missing:
        return []
    return [
        Missing(_("No consensus yet on: {codes}.").format(codes=_codes(case.consensus_missing)), "consensus")
    ]


def consensus_reasoned(case: CaseFacts) -> list[Missing]:
    """A consensus that differs from both ratings has a reason."""
    if not case.consensus_unreasoned:
        return []
    message = _("Differs from both ratings without a reason: {codes}.").format(
        codes=_codes(case.consensus_unreasoned)
    )
    return [Missing(message, "consensus")]


def consensus_agreed(case: CaseFacts) -> list[Missing]:
    """Every expert agreed to the consensus as it stands."""
    waiting = [seat.name for seat in case.seated if not seat.agreed_consensus]
    return (
        [Missing(_("Not yet agreed: {names}.").format(names=_codes(waiting)), "consensus")] if waiting else []
    )


def report_written(case: CaseFacts) -> list[Missing]:
    """The panel wrote its report."""
    return [] if case.report_written else [Missing(_("The report has no summary yet."), "report")]


def hearing_heard(case: CaseFacts) -> list[Missing]:
    """The cluster said it is done, or its term is over."""
    over = case.due_on is not None and case.due_on < case.today
    if case.hearing_finished_by_cluster or over:
        return []
    return [Missing(_("The cluster has not finished its comments and its term is not over."), "hearing")]


def comments_answered(case: CaseFacts) -> list[Missing]:
    """Every comment of the hearing has an answer."""
    n = case.unanswered_comments
    if not n:
        return []
    text = ngettext("{n} comment has no answer.", "{n} comments have no answer.", n).format(n=n)
    return [Missing(text, "hearing")]


def recommendation_written(case: CaseFacts) -> list[Missing]:
    """The panel says what it recommends."""
    return [] if case.recommendation_written else [Missing(_("There is no recommendation yet."), "report")]


def decision_complete(case: CaseFacts) -> list[Missing]:
    """An outcome is chosen and reasoned."""
    return (
        []
        if case.decision_written
        else [Missing(_("The decision has no outcome or no reason yet."), "decision")]
    )


def conditions_stated(case: CaseFacts) -> list[Missing]:
    """A deferral says what must be done."""
    return (
        [] if case.open_conditions else [Missing(_("A deferral needs at least one condition."), "decision")]
    )


def conditions_closed(case: CaseFacts) -> list[Missing]:
    """Every condition was met and closed by an expert."""
    n = case.open_conditions
    if not n:
        return []
    text = ngettext("{n} condition is open.", "{n} conditions are open.", n).format(n=n)
    return [Missing(text, "conditions")]


def appeal_in_time(case: CaseFacts) -> list[Missing]:
    """The term of appeal is not over."""
    if case.appeal_until is None or case.today <= case.appeal_until:
        return []
    return [
        Missing(_("The term of appeal ended on {day}.").format(day=date_text(case.appeal_until)), "decision")
    ]


def no_appeal_yet(case: CaseFacts) -> list[Missing]:
    """An appeal is possible once."""
    return [Missing(_("This case was appealed once already."), "decision")] if case.appealed else []


def appeal_over(case: CaseFacts) -> list[Missing]:
    """Nobody can appeal any more."""
    if case.appealed or case.appeal_until is None or case.today > case.appeal_until:
        return []
    return [
        Missing(_("The cluster may appeal until {day}.").format(day=date_text(case.appeal_until)), "decision")
    ]


def term_over(case: CaseFacts) -> list[Missing]:
    """The term of the state has passed."""
    if case.due_on is not None and case.due_on < case.today:
        return []
    return [Missing(_("The term is not over."), "case")]


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        dossier_sound, something_claimed, claims_reasoned, eligible, panel_complete, panel_free,
        objections_answered, seat_vacant, all_declared, questions_answered, visit_planned, visit_held, people_met,
        own_ratings_complete, all_submitted, consensus_complete, consensus_reasoned, consensus_agreed,
        report_written, hearing_heard, comments_answered, recommendation_written, decision_complete,
        conditions_stated, conditions_closed, appeal_in_time, no_appeal_yet, appeal_over, term_over,
    )
}  # fmt: skip


def missing_for(needs: Iterable[str], case: CaseFacts) -> list[Missing]:
    """Everything that is missing for an act with these `needs`."""
    return [one for need in needs for one in GUARDS[need](case)]

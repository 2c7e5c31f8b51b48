"""The table of permissions: action → rule. Read it to know who may do what."""

from __future__ import annotations

from collections.abc import Iterable

from clustermark.casework.policy import ALLOWED, Actor, Answer, Denied, Role, Rule, Subject, all_of, any_of
from clustermark.ground.texts import gettext as _

AT_WORK = frozenset(
    {"desk_review", "site_visit", "rating", "consensus", "reporting", "hearing", "recommending"}
)
"""States in which the panel works."""
FOR_DECISION = frozenset({"deciding", "decided", "deferred", "appealed", "closed"})
BEFORE_ADMISSION = frozenset({"draft", "returned"})


def applicant(actor: Actor, subject: Subject) -> Answer:
    """The cluster's own people."""
    if actor.acts_for(subject.organisation, Role.MANAGER, Role.TEAM):
        return ALLOWED
    return Denied("not-applicant", _("Only the cluster's own people may do this."))


def manager(actor: Actor, subject: Subject) -> Answer:
    """The cluster manager, who speaks for the cluster."""
    if actor.acts_for(subject.organisation, Role.MANAGER):
        return ALLOWED
    return Denied("not-manager", _("Only the cluster manager may do this."))


def secretariat(actor: Actor, subject: Subject) -> Answer:
    """The secretariat, with a second factor; never about a case of a cluster it is tied to."""
    if not actor.is_(Role.SECRETARIAT):
        return Denied("not-secretariat", _("Only the secretariat may do this."))
    if actor.id in subject.tied or actor.acts_for(subject.organisation, Role.MANAGER, Role.TEAM):
        return Denied("tied", _("You are tied to this cluster; others must do this."))
    return strong(actor, subject)


def administrator(actor: Actor, subject: Subject) -> Answer:
    """An administrator: accounts and grants, never cases."""
    if not actor.is_(Role.ADMIN):
        return Denied("not-administrator", _("Only an administrator may do this."))
    return strong(actor, subject)


def strong(actor: Actor, _subject: Subject) -> Answer:
    """Signed in with a second factor."""
    if actor.strong:
        return ALLOWED
    return Denied("second-factor", _("Sign in with a second factor (an app's code or a passkey) to do this."))


def seated_expert(actor: Actor, subject: Subject) -> Answer:
    """An expert with a seat on the panel who declared no interest."""
    seat = subject.seat(actor.id)
    if seat is None or not actor.is_(Role.EXPERT):
        return Denied("not-on-panel", _("Only an expert of this case's panel may do this."))
    if seat.state != "seated" or not seat.declared_free:
        return Denied("not-declared", _("Declare first whether you have an interest in this cluster."))
    return strong(actor, subject)


def proposed_expert(actor: Actor, subject: Subject) -> Answer:
    """An expert who has been proposed for the panel, before or after declaring."""
    if subject.seat(actor.id) is None or not actor.is_(Role.EXPERT):
        return Denied("not-on-panel", _("Only an expert of this case's panel may do this."))
    return strong(actor, subject)


def decider(actor: Actor, subject: Subject) -> Answer:
    """A decision maker who took no part in the assessment and is not tied to the cluster."""
    if not actor.is_(Role.DECIDER):
        return Denied("not-decider", _("Only a decision maker may do this."))
    if actor.id in subject.assessed_by or subject.seat(actor.id) is not None:
        return Denied("assessed", _("You took part in the assessment; others must decide."))
    if actor.id in subject.tied or actor.acts_for(subject.organisation, *Role):
        return Denied("tied", _("You are tied to this cluster; others must decide."))
    return strong(actor, subject)


def other_decider(actor: Actor, subject: Subject) -> Answer:
    """A decision maker who did not take the decision that is appealed."""
    if actor.id in subject.decided_by:
        return Denied("decided", _("You took the decision that is appealed; others must hear the appeal."))
    return decider(actor, subject)


def public_case(_actor: Actor, subject: Subject) -> Answer:
    """A case that was submitted, so that others than the cluster may know of it."""
    if subject.private or subject.state == "draft":
        return Denied("private", _("This is a draft that only the cluster sees."))
    return ALLOWED


def in_states(states: frozenset[str]) -> Rule:
    """The case is in one of `states`."""

    def rule(_actor: Actor, subject: Subject) -> Answer:
        if subject.state in states:
            return ALLOWED
        return Denied("wrong-state", _("The case is not at the stage where this is done."))

    return rule


def not_yet_submitted(actor: Actor, subject: Subject) -> Answer:
    """The expert has not submitted their ratings: what is submitted is sealed."""
    seat = subject.seat(actor.id)
    if seat is not None and seat.submitted:
        return Denied("submitted", _("Your ratings are submitted and sealed."))
    return ALLOWED


def both_submitted(_actor: Actor, subject: Subject) -> Answer:
    """Every expert of the panel has submitted: until then each is blind to the others."""
    if subject.all_submitted:
        return ALLOWED
    return Denied("blind", _("The experts' ratings are open to each other when all have been submitted."))


def agency(actor: Actor, subject: Subject) -> Answer:
    """A regional agency, for the clusters of its portfolio."""
    if any(actor.acts_for(body, Role.AGENCY) for body in subject.region_of):
        return ALLOWED
    return Denied("not-agency", _("Only the agency that looks after this cluster may do this."))


SIDES: dict[str, Rule] = {
    "cluster": applicant,
    "expert": seated_expert,
    "secretariat": secretariat,
    "committee": decider,
}
"""Side → whether somebody is on it: how the log names as whom they acted."""

office = all_of(secretariat, public_case)
on_panel = all_of(seated_expert, public_case)
at_decision = all_of(decider, in_states(FOR_DECISION))


def acted_as(actor: Actor, sides: Iterable[str], subject: Subject) -> str:
    """The first of `sides` that `actor` is on; raises KeyError when there is none: the policy let a stranger act."""
    for side in sides:
        if SIDES[side](actor, subject):
            return side
    raise KeyError(actor.id)


PERMISSIONS: dict[str, Rule] = {
    # clusters and their own work
    "cluster.view": any_of(applicant, secretariat, agency),
    "case.start": applicant,
    # a case
    "case.view": any_of(applicant, office, proposed_expert, at_decision),
    "case.log": any_of(applicant, office, at_decision),
    "dossier.view": any_of(applicant, office, on_panel, at_decision),
    "dossier.edit": all_of(applicant, in_states(BEFORE_ADMISSION)),
    "evidence.open": any_of(applicant, office, on_panel, at_decision),
    "case.submit": manager,
    "case.withdraw": manager,
    "case.admit": office,
    "case.return": office,
    "case.fee": office,
    "case.fee.view": any_of(applicant, office),
    # the panel
    "panel.view": any_of(applicant, office, on_panel, at_decision),
    "panel.propose": office,
    "panel.override.request": office,
    "panel.override.confirm": office,
    "panel.override.decline": office,
    "panel.agree": manager,
    "panel.object": manager,
    "panel.answer_objection": office,
    "panel.declare": proposed_expert,
    "panel.confirm": office,
    # assessment
    "clarification.view": any_of(applicant, office, on_panel, at_decision),
    "clarification.view_all": any_of(applicant, all_of(on_panel, both_submitted), office, at_decision),
    "clarification.ask": all_of(on_panel, not_yet_submitted),
    "clarification.answer": applicant,
    "clarification.close": on_panel,
    "review.finish": office,
    "visit.plan": any_of(on_panel, office),
    "visit.view": any_of(applicant, office, on_panel, at_decision),
    "visit.finish": any_of(on_panel, office),
    "rating.edit": all_of(on_panel, in_states(AT_WORK), not_yet_submitted),
    "rating.view_own": on_panel,
    "rating.submit": all_of(on_panel, in_states(frozenset({"rating"})), not_yet_submitted),
    "rating.view_all": any_of(all_of(on_panel, both_submitted), at_decision),
    "consensus.edit": all_of(on_panel, both_submitted, in_states(frozenset({"consensus"}))),
    "consensus.view": any_of(all_of(on_panel, both_submitted), office, at_decision),
    "consensus.agree": all_of(on_panel, both_submitted, in_states(frozenset({"consensus"}))),
    "report.edit": all_of(on_panel, both_submitted, in_states(frozenset({"reporting", "recommending"}))),
    "report.send": all_of(on_panel, in_states(frozenset({"reporting"}))),
    "report.view": any_of(
        all_of(on_panel, both_submitted),
        office,
        all_of(applicant, in_states(frozenset({"hearing", "recommending"}) | FOR_DECISION)),
        at_decision,
    ),
    "hearing.comment": all_of(applicant, in_states(frozenset({"hearing"}))),
    "hearing.finish": any_of(manager, office),
    "recommendation.make": all_of(on_panel, in_states(frozenset({"recommending"}))),
    # decision
    "decision.make": all_of(decider, in_states(frozenset({"deciding"}))),
    "decision.view": any_of(applicant, office, on_panel, at_decision),
    "appeal.make": manager,
    "appeal.decide": all_of(other_decider, in_states(frozenset({"appealed"}))),
    "item.view": any_of(applicant, office, on_panel, at_decision),
    "item.correct": applicant,
    "item.close": on_panel,
    "case.close": office,
    # what people think of each other's work: the secretariat alone reads it
    "feedback.give": any_of(manager, on_panel),
    "feedback.rate_expert": manager,
    "feedback.rate_dossier": on_panel,
    "feedback.view": secretariat,
    # certificates and the register
    "certificate.issue": office,
    "certificate.manage": secretariat,
    "certificate.report_change": applicant,
    "certificate.consent": manager,
    "participation.state": applicant,
    "register.import": secretariat,
    "register.surveillance": secretariat,
    # the secretariat's own pages
    "office.view": secretariat,
    "expert.manage": secretariat,
    "mail.manage": secretariat,
    "scheme.manage": secretariat,
    "grant.view": any_of(secretariat, administrator),
    "grant.invite": any_of(secretariat, administrator),
    "grant.manage": administrator,
    "log.export": any_of(secretariat, administrator),
    "portfolio.view": any_of(agency, secretariat),
}

"""The panel: proposed, agreed or objected to, declared free of interest, confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from clustermark.casework.duties import OVERRIDABLE
from clustermark.casework.policy import Denied
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.models import Tie, User
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.acting import Refused, acting, locked, note, require
from clustermark.web.cases.domain.noticing import tell, tell_people
from clustermark.web.cases.models import Case, Override, Seat
from clustermark.web.cases.queries.experts import candidates


def propose_panel(*, case: Case, experts: Sequence[User], by: Person, reason: str = "") -> None:
    """Propose `experts` to the cluster, beside those already seated; raises with every reason why one may not sit."""
    with acting(case=case, act="propose_panel", by=by, reason=reason) as doing:
        kept = set(doing.case.seats.exclude(state=Seat.State.VACATED).values_list("expert_id", flat=True))
        for expert in experts:
            if expert.pk not in kept:
                Seat.objects.create(case=doing.case, expert=expert)
        doing.facts = {"experts": ",".join(str(expert.reference) for expert in experts)}


def object_to_expert(*, seat: Seat, by: Person, reason: str) -> None:
    """The cluster objects to a named expert, with reasons."""
    _reason(seat, reason)
    with transaction.atomic():
        case = _in_state(seat, "panel")
        require(by, "panel.object", case)
        seat.objection, seat.objection_reason = Seat.Objection.OPEN, reason
        seat.save(update_fields=["objection", "objection_reason"])
        note(case=case, act="object", by=by, role="cluster", reason=reason, facts=_who(seat))
        tell(case=case, name="objection", actor=by.user)


def answer_objection(*, seat: Seat, upheld: bool, by: Person, reason: str) -> None:
    """The secretariat answers: an upheld objection empties the seat, a rejected one lets it stand."""
    _reason(seat, reason)
    with transaction.atomic():
        case = _in_state(seat, "panel")
        require(by, "panel.answer_objection", case)
        seat.objection = Seat.Objection.UPHELD if upheld else Seat.Objection.REJECTED
        seat.objection_answer = reason
        seat.state = Seat.State.VACATED if upheld else seat.state
        seat.save(update_fields=["objection", "objection_answer", "state"])
        facts = {**_who(seat), "upheld": upheld}
        note(case=case, act="answer_objection", by=by, role="secretariat", reason=reason, facts=facts)
        tell(case=case, name="objection_answered", actor=by.user)


def agree_panel(*, case: Case, by: Person) -> None:
    """The cluster agrees to the experts as proposed."""
    with acting(case=case, act="agree_panel", by=by):
        pass


def declare(*, seat: Seat, free: bool, by: Person, interest: str = "") -> None:
    """The expert declares to have no interest, or which one; an interest empties the seat and is kept as a tie."""
    if not free:
        _reason(seat, interest)
    with transaction.atomic():
        case = _in_state(seat, "panel", "declaring")
        require(by, "panel.declare", case)
        if seat.expert_id != by.user.pk or seat.declared != Seat.Declared.NONE:
            raise Refused(Denied("not-yours", _("Each expert declares once, for themselves.")))
        seat.declared = Seat.Declared.FREE if free else Seat.Declared.INTEREST
        seat.interest, seat.declared_at = interest, timezone.now()
        seat.state = Seat.State.PROPOSED if free else Seat.State.VACATED
        seat.save(update_fields=["declared", "interest", "declared_at", "state"])
        if not free:
            Tie.objects.create(
                user=by.user,
                cluster=case.cluster,
                kind=Tie.Kind.INTEREST,
                starts_on=today(),
                note=interest[:500],
            )
            tell(case=case, name="interest_declared", actor=by.user)
        note(
            case=case,
            act="declare",
            by=by,
            role="expert",
            reason=interest,
            facts={**_who(seat), "free": free},
        )


def reopen_panel(*, case: Case, by: Person, reason: str = "") -> None:
    """Go back to choose another expert, because a seat is empty."""
    with acting(case=case, act="reopen_panel", by=by, reason=reason):
        pass


def confirm_panel(*, case: Case, by: Person, reason: str = "") -> None:
    """Every expert is free of interest: they take their seats, and the dossier is open to them."""
    with acting(case=case, act="open_review", by=by, reason=reason) as doing:
        doing.case.seats.filter(state=Seat.State.PROPOSED).update(state=Seat.State.SEATED)


def request_override(*, case: Case, expert: User, code: str, by: Person, reason: str) -> Override:
    """Ask that a refusal of the separation of duties be set aside for this case; a second person answers."""
    place = Place(case.subject, field="override")
    if not reason.strip():
        raise ProblemsError([Problem("reason-missing", _("A reason is needed."), place)])
    with transaction.atomic():
        current = locked(case)
        require(by, "panel.override.request", current)
        _not_about_oneself(expert.pk, by)
        refusals = {one.code: one for row in candidates(current, users=[expert.pk]) for one in row.refusals}
        if code not in refusals or code not in OVERRIDABLE:
            allowed = ", ".join(sorted(OVERRIDABLE & set(refusals))) or None
            message = _("This cannot be set aside.")
            raise ProblemsError([Problem("override-unknown", message, place, found=code, allowed=allowed)])
        override = Override.objects.create(
            case=current,
            expert=expert,
            code=code,
            refusal=refusals[code].reason,
            reason=reason,
            requested_by=by.user,
        )
        facts = {"expert": str(expert.reference), "code": code}
        note(case=current, act="request_override", by=by, role="secretariat", reason=reason, facts=facts)
    return override


def confirm_override(*, override: Override, by: Person) -> None:
    """Confirm what another person of the secretariat asked for."""
    with transaction.atomic():
        case = _answering(override, by, "panel.override.confirm")
        override.confirmed_by, override.confirmed_at = by.user, timezone.now()
        override.save(update_fields=["confirmed_by", "confirmed_at"])
        note(case=case, act="confirm_override", by=by, role="secretariat", facts=_about(override))


def decline_override(*, override: Override, by: Person, reason: str) -> None:
    """Turn down what another person of the secretariat asked for; the rule holds, and who asked is told why."""
    if not reason.strip():
        place = Place(override.case.subject, field="reason")
        raise ProblemsError([Problem("reason-missing", _("A reason is needed."), place)])
    with transaction.atomic():
        case = _answering(override, by, "panel.override.decline")
        override.declined_by, override.declined_at = by.user, timezone.now()
        override.declined_because = reason
        override.save(update_fields=["declined_by", "declined_at", "declined_because"])
        note(
            case=case,
            act="decline_override",
            by=by,
            role="secretariat",
            reason=reason,
            facts=_about(override),
        )
        facts = {"expert": override.expert.name}
        tell_people(case=case, name="override_declined", users=[override.requested_by_id], facts=facts)


def _answering(override: Override, by: Person, permission: str) -> Case:
    """The case, held, when `by` may answer what was asked for: once, by another person, not about themselves."""
    case = locked(override.case)
    require(by, permission, case)
    _not_about_oneself(override.expert_id, by)
    override.refresh_from_db()
    if override.confirmed_by_id is not None:
        raise Refused(Denied("confirmed", _("This was confirmed already.")))
    if override.declined_by_id is not None:
        raise Refused(Denied("declined", _("This was turned down already.")))
    if override.requested_by_id == by.user.pk:
        raise Refused(Denied("same-person", _("A second person must answer; you asked for it yourself.")))
    return case


def _about(override: Override) -> dict[str, str | int | bool | None]:
    return {"expert": str(override.expert.reference), "code": override.code}


def _not_about_oneself(expert: int, by: Person) -> None:
    if expert == by.user.pk:
        raise Refused(Denied("same-person", _("Nobody sets a rule aside for themselves.")))


def _in_state(seat: Seat, *states: str) -> Case:
    case = locked(seat.case)
    seat.refresh_from_db()
    if case.state not in states or seat.state == Seat.State.VACATED:
        raise Refused(Denied("wrong-state", _("The case is not at the stage where this is done.")))
    return case


def _reason(seat: Seat, reason: str) -> None:
    if not reason.strip():
        place = Place(f"seat:{seat.pk}", field="reason")
        raise ProblemsError([Problem("reason-missing", _("A reason is needed."), place)])


def _who(seat: Seat) -> dict[str, str | int | bool | None]:
    return {"expert": str(seat.expert.reference)}

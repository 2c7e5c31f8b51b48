"""The visit: dates, agenda, people met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from clustermark.casework.policy import Denied
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import Refused, acting, locked, note, require
from clustermark.web.cases.domain.noticing import tell
from clustermark.web.cases.models import AgendaSlot, Case, PersonMet, Visit
from clustermark.web.log.writing import Fact

OPEN_IN = frozenset({"desk_review", "site_visit"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of the agenda as it is planned."""

    starts_at: datetime
    ends_at: datetime
    subject: str
    with_whom: str = ""
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody met, or expected and absent."""

    name: str
    organisation: str = ""
    function: str = ""
    present: bool = True


def plan_visit(
    *,
    case: Case,
    by: Person,
    starts_on: date,
    ends_on: date,
    place: str,
    slots: Sequence[Slot],
    note_text: str = "",
    visit_form: str | None = None,
) -> Visit:
    """Set dates, place and agenda, in place of what was planned before; the cluster and the experts are told.

    `visit_form` (on site, by video) changes the form that the case was started with.
    """
    _check(starts_on, ends_on, slots)
    with transaction.atomic():
        current = _open(case)
        require(by, "visit.plan", current)
        if visit_form is not None and visit_form != current.visit_form:
            current.visit_form = Case.VisitForm(visit_form)
            current.save(update_fields=["visit_form"])
        visit, _new = Visit.objects.update_or_create(
            case=current,
            defaults={"starts_on": starts_on, "ends_on": ends_on, "place": place, "note": note_text},
        )
        visit.slots.all().delete()
        AgendaSlot.objects.bulk_create(
            AgendaSlot(
                visit=visit,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                subject=slot.subject,
                with_whom=slot.with_whom,
                indicators=list(slot.indicators),
            )
            for slot in slots
        )
        facts: dict[str, Fact] = {
            "starts_on": starts_on.isoformat(),
            "ends_on": ends_on.isoformat(),
            "slots": len(slots),
            "form": current.visit_form,
        }
        note(case=current, act="plan_visit", by=by, role=_role(current, by), facts=facts)
        tell(case=current, name="visit_planned", actor=by.user, facts=facts)
    return visit


def note_people(*, case: Case, by: Person, people: Sequence[Met]) -> None:
    """Write down who was met and who was absent, in place of what was noted before."""
    with transaction.atomic():
        current = _open(case)
        require(by, "visit.plan", current)
        visit, _new = Visit.objects.get_or_create(case=current)
        visit.people.all().delete()
        PersonMet.objects.bulk_create(
            PersonMet(
                visit=visit,
                name=person.name,
                organisation=person.organisation,
                function=person.function,
                present=person.present,
            )
            for person in people
            if person.name.strip()
        )
        note(case=current, act="note_people", by=by, role=_role(current, by), facts={"people": len(people)})


def finish_visit(*, case: Case, by: Person, reason: str = "") -> None:
    """The visit took place; the experts rate."""
    with acting(case=case, act="finish_visit", by=by, reason=reason):
        pass


def _open(case: Case) -> Case:
    current = locked(case)
    if current.state not in OPEN_IN:
        raise Refused(Denied("wrong-state", _("The case is not at the stage where this is done.")))
    return current


def _role(case: Case, by: Person) -> str:
    return "expert" if case.seats.filter(expert=by.user, state="seated").exists() else "secretariat"


def _check(starts_on: date, ends_on: date, slots: Sequence[Slot]) -> None:
    place = Place("visit", field="ends_on")
    problems = []
    if ends_on < starts_on:
        problems.append(Problem("visit-dates", _("The last day lies before the first."), place))
    for number, slot in enumerate(slots, start=1):
        where = Place("visit", row=number, field="slots")
        if not slot.subject.strip():
            problems.append(Problem("slot-subject", _("A slot of the agenda has no subject."), where))
        if slot.ends_at <= slot.starts_at:
            problems.append(Problem("slot-times", _("A slot of the agenda ends before it begins."), where))
        elif not starts_on <= slot.starts_at.date() <= ends_on:
            problems.append(
                Problem("slot-day", _("A slot of the agenda is not on a day of the visit."), where)
            )
    if problems:
        raise ProblemsError(problems)

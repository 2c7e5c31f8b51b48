"""What is mine to do, by when: computed from who acts next in each state, seats, questions, items and the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clustermark.casework.policy import Actor, Role
from clustermark.web.accounts.models import Accreditation
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.models import Case, Clarification, Item, Override, Seat, Visit
from clustermark.web.cases.queries.experts import CLOSED
from clustermark.web.cases.queries.subjects import may, read_subjects, subject_of

SOON = 7
"""Days before the end of a term in which it is soon."""
ENDING = 90
"""Days before its end in which an accreditation is said to end."""
MOST = 100
"""Cases that are looked at for one person: the most urgent ones."""
PLACED = (Seat.State.PROPOSED, Seat.State.SEATED)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: its words, what it is about, where (an address, or a page and its case), and by when."""

    text: str
    about: str
    where: str | tuple[str, UUID] = ""
    due_on: date | None = None

    @property
    def url(self) -> str:
        """Where it is done; empty where the site has no page for it."""
        return self.where if isinstance(self.where, str) else reverse(self.where[0], args=[self.where[1]])

    @property
    def urgency(self) -> str:
        """late, soon, or nothing."""
        return urgency(self.due_on)


def urgency(due_on: date | None, day: date | None = None) -> str:
    """`late` after `due_on`, `soon` in the week before it, else nothing; on `day`, which is today when not given."""
    if due_on is None:
        return ""
    days = (due_on - (day or today())).days
    return "late" if days < 0 else "soon" if days <= SOON else ""


STEPS: tuple[tuple[str, str, str, str | Promise], ...] = (
    # the cluster
    ("draft", "dossier.edit", "dossier", gettext_lazy("Prepare the dossier and submit it")),
    ("returned", "dossier.edit", "dossier", gettext_lazy("Complete the dossier and submit it again")),
    ("panel", "panel.agree", "panel", gettext_lazy("Agree to the experts, or object with reasons")),
    ("hearing", "hearing.comment", "report", gettext_lazy("Comment on facts in the report")),
    ("decided", "appeal.make", "decision", gettext_lazy("Read the decision; you may appeal")),
    # the secretariat
    ("submitted", "case.admit", "eligibility", gettext_lazy("Check the application: admit or return it")),
    ("admitted", "panel.propose", "panel", gettext_lazy("Choose the experts and propose them")),
    # the experts
    ("desk_review", "clarification.ask", "work", gettext_lazy("Read the dossier and ask what is unclear")),
    ("rating", "rating.submit", "work", gettext_lazy("Rate every indicator and submit your ratings")),
    ("consensus", "consensus.agree", "consensus", gettext_lazy("Agree on the consensus")),
    ("reporting", "report.send", "report", gettext_lazy("Write the report and send the draft")),
    ("recommending", "recommendation.make", "report", gettext_lazy("Answer the comments and recommend")),
    # the committee
    ("deciding", "decision.make", "decision", gettext_lazy("Decide on the panel's report")),
    ("appealed", "appeal.decide", "decision", gettext_lazy("Decide on the appeal")),
)
"""State, permission that makes it one's own, page where it is done, and what it is."""
READ = ("reference", "number", "state", "due_on", "submitted_at", "cluster__name", "cluster__organisation")
"""What of a case and its cluster tasks and the policy look at."""


def tasks_for(by: Person) -> list[Task]:
    """Everything in cases that waits for this person, most urgent first. A fixed number of queries."""
    day = today()
    cases = {case.pk: case for case in _concerned(by.actor, day)}
    read_subjects(list(cases.values()))
    return in_order(
        [
            *(task for case in cases.values() for task in _of_case(case, by, day)),
            *_questions(cases, by),
            *_items(cases, by),
            *_of_office(by),
            *_accreditations(by),
        ]
    )


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """Tasks by the day they are due."""
    return sorted(tasks, key=lambda task: (task.due_on or date.max, task.about, task.text))


def own_cases(by: Person) -> list[Case]:
    """The cases of the clusters that this person acts for, those that go on first. One query."""
    bodies = _bodies(by.actor)
    if not bodies:
        return []
    found = Case.objects.filter(cluster__organisation__in=bodies).exclude(state__in=("withdrawn", "expired"))
    return list(found.select_related("cluster", "edition")[:3])


def _bodies(actor: Actor) -> list[int]:
    return [
        grant.organisation
        for grant in actor.grants
        if grant.role in (Role.MANAGER, Role.TEAM) and grant.holds(actor.today)
    ]


def _concerned(actor: Actor, day: date) -> Iterable[Case]:
    """The cases in which something may be this person's to do, by the end of their terms."""
    mine = Q(cluster__organisation__in=_bodies(actor)) & ~Q(state__in=CLOSED)
    if actor.is_(Role.EXPERT):
        # keys, not EXISTS: that would be asked of every case of the site
        seats = Seat.objects.filter(expert=actor.id, state__in=PLACED).values("case")
        mine |= Q(pk__in=seats) & ~Q(state__in=CLOSED)
    if actor.is_(Role.SECRETARIAT):
        over = Visit.objects.filter(case=OuterRef("pk"), ends_on__lt=day)
        mine |= Q(state__in=("submitted", "admitted", "declaring"))
        mine |= Q(state="decided", due_on__lt=day) | (Q(state="site_visit") & Q(Exists(over)))
    if actor.is_(Role.DECIDER):
        mine |= Q(state__in=("deciding", "appealed"))
    found = Case.objects.filter(mine).select_related("cluster").only(*READ)
    return found.annotate(
        visit_over=Exists(Visit.objects.filter(case=OuterRef("pk"), ends_on__lt=day)),
        emptied=Exists(Seat.objects.filter(case=OuterRef("pk"), state=Seat.State.VACATED)),
    ).order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST]


def _of_case(case: Case, by: Person, day: date) -> Iterator[Task]:
    past = case.due_on is not None and case.due_on < day
    for state, permission, page, text in STEPS:
        over = state == "decided" and past  # no appeal any more
        if case.state == state and not over and may(by, permission, case):
            yield _task(case, text, page)
    yield from _of_panel(case, by)
    yield from _of_closing(case, by, past=past)


def _of_panel(case: Case, by: Person) -> Iterator[Task]:
    if case.state not in ("panel", "declaring"):
        return
    subject = subject_of(case)
    seat = subject.seat(by.actor.id)
    if seat is not None and not seat.declared_free:
        yield _task(case, _("Declare whether you have an interest in this cluster"), "declare")
    if case.state == "declaring" and may(by, "panel.confirm", case):
        if getattr(case, "emptied", False):
            yield _task(case, _("A seat was emptied: see whether another expert must be chosen"), "panel")
        if subject.seats and all(one.declared_free for one in subject.seats):
            yield _task(case, _("Every expert is free of interest: open the desk review"), "panel")


def _of_closing(case: Case, by: Person, *, past: bool) -> Iterator[Task]:
    if case.state == "site_visit" and getattr(case, "visit_over", False) and may(by, "visit.finish", case):
        yield _task(case, _("The visit is over: note who was met and finish it"), "visit")
    if case.state == "decided" and past and may(by, "case.close", case):
        yield _task(case, _("The time to appeal is over: close the case"), "case")


def _questions(cases: dict[int, Case], by: Person) -> Iterator[Task]:
    """Open questions for the cluster, answered ones for the expert who asked. One query."""
    asked = Clarification.objects.filter(case__in=cases).filter(
        Q(state="open") | Q(state="answered", seat__expert=by.actor.id)
    )
    for key, state, indicator, due_on in asked.values_list("case", "state", "indicator", "due_on"):
        case = cases[key]
        if state == "open" and may(by, "clarification.answer", case):
            text = _("Answer the question on indicator {indicator}").format(indicator=indicator)
            yield _task(case, text, "questions", due_on=due_on)
        elif state == "answered" and may(by, "clarification.close", case):
            text = _("Read the answer on indicator {indicator}; close the question")
            yield _task(case, text.format(indicator=indicator), "questions", due_on=due_on)


def _items(cases: dict[int, Case], by: Person) -> Iterator[Task]:
    """Conditions and findings to be corrected, or to be closed after a correction. One query."""
    items = Item.objects.filter(case__in=cases, closed_at=None)
    for key, what, corrected_at, due_on in items.values_list("case", "text", "corrected_at", "due_on"):
        case = cases[key]
        if corrected_at is None and may(by, "item.correct", case):
            text = _("Show how this is corrected: {what}")
        elif corrected_at is not None and may(by, "item.close", case):
            text = _("Check the correction: {what}")
        else:
            continue
        yield _task(case, text.format(what=_short(what)), "case", due_on=due_on)


def _of_office(by: Person) -> Iterator[Task]:
    """Objections to answer and overrides that another person asked for. Two queries, for the secretariat."""
    if not by.actor.is_(Role.SECRETARIAT):
        return
    objected = Seat.objects.filter(objection="open", state__in=PLACED, case__state="panel")
    of_seat = ("case__cluster__name", "case__number", "case__reference", "case__due_on", "expert__name")
    for cluster, number, case, due_on, expert in objected.values_list(*of_seat)[:MOST]:
        text = _("Answer the objection to {expert}").format(expert=expert)
        yield Task(text, _about(cluster, number), ("panel", case), due_on)
    asked = Override.objects.filter(confirmed_by=None).exclude(requested_by=by.actor.id)
    of_override = ("case__cluster__name", "case__number", "case__reference", "requested_at", "expert__name")
    waiting = asked.exclude(case__state__in=CLOSED).values_list(*of_override)[:MOST]
    for cluster, number, case, requested_at, expert in waiting:
        text = _("Confirm an override for {expert}, or let it be").format(expert=expert)
        until = requested_at.date() + timedelta(days=SOON)
        yield Task(text, _about(cluster, number), ("panel", case), until)


def _accreditations(by: Person) -> Iterator[Task]:
    """One's own accreditations that end soon. One query, for experts."""
    if not by.actor.is_(Role.EXPERT):
        return
    until = today() + timedelta(days=ENDING)
    for one in Accreditation.objects.filter(
        expert__user=by.actor.id, ends_on__gte=today(), ends_on__lte=until
    ):
        yield Task(_("Have your accreditation renewed"), one.scheme, due_on=one.ends_on)


def _task(case: Case, text: str | Promise, page: str, *, due_on: date | None = None) -> Task:
    about = _about(case.cluster.name, case.number)
    return Task(str(text), about, (page, case.reference), due_on or case.due_on)


def _about(cluster: str, number: str | None) -> str:
    return f"{cluster} · {number}" if number else cluster


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"

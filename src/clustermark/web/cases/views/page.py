"""What every page of a case begins with: the case, who asks, whether they may, the tabs and acts they see."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clustermark.casework.definition import Act, State, life
from clustermark.casework.guards import Missing, missing_for
from clustermark.casework.policy import Role
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import local
from clustermark.schemes.scheme import Scheme
from clustermark.web.accounts.people import Person
from clustermark.web.accounts.queries.actor import actor_of
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.facts import facts_of, open_acts
from clustermark.web.cases.queries.milestones import milestones_of
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.subjects import may


def by_of(request: HttpRequest) -> Person:
    """Who asks, as domain verbs want it."""
    return Person(request.user, actor_of(request))  # type: ignore[arg-type] # pages are for people who signed in


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of a case: its words, where it is, the permission to see it, and the milestone from which it is shown."""

    name: str
    text: Any
    url: str
    permission: str
    since: str = "apply"


TABS: tuple[Tab, ...] = (
    Tab("overview", _("Overview"), "case", "case.view"),
    Tab("dossier", _("Dossier"), "dossier", "dossier.view"),
    Tab("eligibility", _("Check"), "eligibility", "case.admit"),
    Tab("panel", _("Experts"), "panel", "panel.view", "panel"),
    Tab("questions", _("Questions"), "questions", "clarification.view", "review"),
    Tab("visit", _("Visit"), "visit", "visit.view", "review"),
    Tab("work", _("My ratings"), "work", "rating.view_own", "review"),
    Tab("consensus", _("Consensus"), "consensus", "consensus.view", "rating"),
    Tab("report", _("Report"), "report", "report.view", "rating"),
    Tab("decision", _("Decision"), "decision", "decision.view", "report"),
    Tab("items", _("Conditions and findings"), "items", "item.view", "report"),
    Tab("fee", _("Fee"), "fee", "case.fee.view"),
    Tab("feedback", _("Feedback"), "feedback", "feedback.give", "decision"),
    Tab("log", _("Log"), "case-log", "case.log"),
)
"""The parts of a case in the order of their tabs; a part is listed here when its page exists."""


@dataclass(frozen=True, slots=True)
class ActShown:
    """An act that the one who asks may do in this state, and what is still missing for it."""

    act: Act
    title: str
    missing: list[Missing]


@dataclass(slots=True, eq=False)
class CasePage:
    """A case as one person sees it; templates get it as `page`."""

    case: Case
    by: Person
    tab: str = "overview"
    problems: tuple[Any, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    def may(self, permission: str) -> bool:
        """Whether the one who asks may do this."""
        return bool(may(self.by, permission, self.case))

    def require(self, permission: str) -> None:
        """Raise `Refused` with the reason when they may not."""
        answer = may(self.by, permission, self.case)
        if not answer:
            raise Refused(answer)  # type: ignore[arg-type] # what is not Allowed is Denied

    @property
    def scheme(self) -> Scheme:
        """The scheme version that the case is bound to."""
        return scheme_of(self.case.edition)

    @property
    def state(self) -> State:
        """The state of the case."""
        return life().state(self.case.state)

    @property
    def is_applicant(self) -> bool:
        """Whether the cluster's own people ask: they read the applicant's words."""
        return self.by.actor.acts_for(self.case.cluster.organisation_id, Role.MANAGER, Role.TEAM)

    @property
    def state_text(self) -> str:
        """The state in the words for the one who asks."""
        return local(self.state.applicant if self.is_applicant else self.state.staff)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The tabs that the one who asks may open."""
        names = [one.milestone for one in life().milestones]
        reached = names.index(self.state.milestone)
        return [
            {
                "text": tab.text,
                "href": reverse(tab.url, args=[self.case.reference]),
                "current": tab.name == self.tab,
            }
            for tab in TABS
            if (names.index(tab.since) <= reached or tab.name == self.tab) and self.may(tab.permission)
        ]

    @property
    def acts(self) -> list[ActShown]:
        """What they may do now, with what is missing; computed from the guards."""
        return self.acts_of(open_acts(self.case))

    def acts_named(self, *names: str) -> list[ActShown]:
        """Those of these acts that they may do now; the guards of others are not asked."""
        return self.acts_of([act for act in open_acts(self.case) if act.act in names])

    def acts_of(self, acts: Iterable[Act]) -> list[ActShown]:
        """Those of `acts` that they may do, with what is missing; the facts are gathered once for all."""
        allowed = [act for act in acts if act.permission and self.may(act.permission)]
        facts = facts_of(
            self.case, needs={need for act in allowed for need in act.needs}, actor=self.by.actor.id
        )
        return [ActShown(act, local(act.title), missing_for(act.needs, facts)) for act in allowed]

    @property
    def milestones(self) -> list[dict[str, Any]]:
        """The road of the case: which steps are done, which is now."""
        return milestones_of(self.case)


def case_page(
    request: HttpRequest, reference: uuid.UUID, permission: str, *, tab: str = "overview"
) -> CasePage:
    """The case for the one who asks. Who may not see the case learns nothing of it (404); who may not do this, why."""
    case = (
        Case.objects.select_related("cluster", "edition", "previous__edition")
        .filter(reference=reference)
        .first()
    )
    by = by_of(request)
    if case is None or not may(by, "case.view", case):
        raise Http404
    page = CasePage(case, by, tab)
    page.require(permission)
    return page


@contextmanager
def problems_in(page: CasePage, form: Form | None = None) -> Iterator[None]:
    """Catch `ProblemsError` of a verb: its problems go to the fields of `form` that they name, the rest to the page.

    The page is then shown again with everything that was typed.
    """
    try:
        yield
    except ProblemsError as error:
        page.problems = error.problems
        if form is not None:
            for problem in error.problems:
                name = problem.place.field
                form.add_error(name if name in form.fields else None, _text(problem))


def _text(problem: Any) -> str:
    text = str(problem.message)
    return f"{text} {problem.allowed}" if problem.allowed else text

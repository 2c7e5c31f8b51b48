"""Reads `life.yaml`: the states of a case and the acts that lead from one to the next."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from clustermark.casework.guards import GUARDS
from clustermark.casework.permissions import PERMISSIONS
from clustermark.ground.documents import Document
from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _
from clustermark.ground.yaml12 import parse_yaml
from clustermark.schemes.document import Terms
from clustermark.schemes.shapes import Name, Text

LIFE = Path(__file__).parent / "life.yaml"
Side = Literal["cluster", "secretariat", "experts", "committee", "nobody"]
ActsAs = Literal["cluster", "secretariat", "expert", "committee"]


class Milestone(Document):
    """A step of the road as the applicant sees it."""

    milestone: Name
    title: Text


class State(Document):
    """A state: its names for staff and applicant, who acts next, and the term of the scheme that binds them."""

    state: Name
    staff: Text
    applicant: Text
    milestone: Name
    acts_next: Side
    term: str | None = None


class Act(Document):
    """An act: who may do it, from which states, to which (none: the case stays), and what it needs.

    `as_` are the sides that the permission lets do it; the log names the first that the person is on. `seals` is
    the kind of record that it seals; `tells` are names of mails. Without `permission` the system does it as soon as
    its guards hold, and `as_` is empty.
    """

    act: Name
    title: Text
    permission: str | None = None
    as_: Annotated[list[ActsAs], Field(alias="as")] = []
    from_: Annotated[list[Name], Field(alias="from", min_length=1)]
    to: Name | None = None
    needs: list[Name] = []
    reason: Literal["none", "optional", "required"] = "none"
    seals: Literal["dossier", "ratings", "consensus", "report", "decision"] | None = None
    tells: list[Name] = []


class Life(Document):
    """The whole definition."""

    life: str
    version: int
    milestones: list[Milestone]
    states: list[State]
    acts: list[Act]

    def state(self, name: str) -> State:
        """The state called `name`; raises KeyError."""
        for state in self.states:
            if state.state == name:
                return state
        raise KeyError(name)

    def act(self, name: str) -> Act:
        """The act called `name`; raises KeyError."""
        for act in self.acts:
            if act.act == name:
                return act
        raise KeyError(name)

    def acts_from(self, state: str) -> list[Act]:
        """The acts that can be done in `state`, in the order of the file."""
        return [act for act in self.acts if state in act.from_]


@lru_cache(maxsize=1)
def life() -> Life:
    """The life of a case as shipped; raises `ProblemsError` when the file is wrong."""
    return read_life(LIFE.read_text(encoding="utf-8"), file=LIFE.name)


def read_life(text: str, *, file: str) -> Life:
    """The definition in YAML `text`; raises `ProblemsError` with everything that is wrong with it."""
    problems = ProblemList()
    document = parse_yaml(text, file=file)
    try:
        found = Life.model_validate(document.data)
    except ValidationError as error:
        for fault in error.errors():
            field = ".".join(str(step) for step in fault["loc"])
            problems.add(Problem("life-shape", fault["msg"], Place(file, field=field)))
        problems.raise_errors()
        raise AssertionError from error
    problems.extend(_unknown_names(found, file))
    problems.extend(_nobody_acts(found, file))
    problems.raise_errors()
    return found


def _unknown_names(found: Life, file: str) -> list[Problem]:
    """Names that nothing answers to: states, milestones, guards, permissions, terms."""
    states = {state.state for state in found.states}
    milestones = {one.milestone for one in found.milestones}
    named = [
        *((f"states.{one.state}.milestone", one.milestone, milestones) for one in found.states),
        *(
            (f"states.{one.state}.term", one.term, set(Terms.model_fields))
            for one in found.states
            if one.term
        ),
        *((f"acts.{one.act}.from", state, states) for one in found.acts for state in one.from_),
        *((f"acts.{one.act}.to", one.to, states) for one in found.acts if one.to),
        *((f"acts.{one.act}.needs", need, set(GUARDS)) for one in found.acts for need in one.needs),
        *(
            (f"acts.{one.act}.permission", one.permission, set(PERMISSIONS))
            for one in found.acts
            if one.permission
        ),
    ]
    return [
        Problem(
            "life-name",
            _("Nothing has this name."),
            Place(file, field=field),
            found=name,
            allowed=", ".join(sorted(allowed)),
        )
        for field, name, allowed in named
        if name not in allowed
    ]


def _nobody_acts(found: Life, file: str) -> list[Problem]:
    """Acts of people without a side, and acts of the system with one."""
    message = _("An act names its sides when people do it, and none when the system does.")
    return [
        Problem("life-side", message, Place(file, field=f"acts.{one.act}.as"))
        for one in found.acts
        if bool(one.as_) != (one.permission is not None)
    ]


def term_days(state: str, terms: Terms | None) -> int | None:
    """How many days the scheme gives for `state`; None when it sets no term."""
    name = life().state(state).term
    return None if terms is None or name is None else getattr(terms, name)

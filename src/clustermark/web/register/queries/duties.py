"""What one certificate asks of its holder and the secretariat: changes to review, conditions to meet."""

from __future__ import annotations

from dataclasses import dataclass

from clustermark.ground.texts import local
from clustermark.register.entries import Act
from clustermark.register.surveillance import reviews_open
from clustermark.schemes.surveillance import Surveillance
from clustermark.web.cases.models import Item
from clustermark.web.register.domain.recording import scheme_of_award
from clustermark.web.register.models import Award


@dataclass(frozen=True, slots=True)
class Told:
    """An act with the change that it reports, in words; `open` while the review that it asked for is not done."""

    act: Act
    title: str
    open: bool


@dataclass(frozen=True, slots=True)
class Duties:
    """Every act of a life, newest first, and the conditions under which the award was made."""

    acts: list[Told]
    conditions: list[Item]

    @property
    def reviews(self) -> list[Told]:
        """The reported changes whose review is open."""
        return [one for one in self.acts if one.open]

    @property
    def reports(self) -> list[Told]:
        """The reported changes."""
        return [one for one in self.acts if one.act.kind == "report_change"]


def duties_of(award: Award, life: list[Act]) -> Duties:
    """Two queries: the scheme of the award, and the conditions of its case."""
    rules = _rules(award)
    titles = {one.change: local(one.title) for one in rules.changes} if rules else {}
    waiting = reviews_open(life, rules) if rules else []
    conditions = Item.objects.filter(case=award.case_id, kind=Item.Kind.CONDITION) if award.case_id else []
    return Duties(
        [Told(act, titles.get(act.change or "", act.change or ""), act in waiting) for act in life[::-1]],
        list(conditions),
    )


def _rules(award: Award) -> Surveillance | None:
    scheme = scheme_of_award(award)
    return scheme.surveillance if scheme else None

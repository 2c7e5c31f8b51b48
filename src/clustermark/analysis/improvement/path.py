"""The path of a dossier to a level: the cheapest plan, the next-best ones, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from clustermark.analysis.improvement.conflict import smallest_conflict
from clustermark.analysis.improvement.effort import effort_of
from clustermark.analysis.improvement.options import choices_of
from clustermark.analysis.improvement.result import ImprovementPlan
from clustermark.analysis.improvement.search import Outcome, Search
from clustermark.analysis.improvement.standing import Change, Standing, standing_of
from clustermark.analysis.improvement.telling import Teller
from clustermark.analysis.improvement.what_if import what_if_told
from clustermark.dossiers.dossier import Dossier
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import Language, use_language
from clustermark.ground.texts import gettext as _
from clustermark.schemes.document import Level
from clustermark.schemes.improvement import Improvement
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.assess import reference_date
from clustermark.scoring.score import score_dossiers
from clustermark.scoring.views import parse_view, said

ALTERNATIVES = 3
"""Next-best plans that are looked for."""


def standing_at(
    dossier: Dossier, scheme: Scheme, *, view: str = "consensus", as_of: date | None = None
) -> Standing:
    """Where a dossier stands under a scheme; the start of every what-if. Raises `ProblemsError` as `assess` does."""
    if scheme.document.composite is not None:
        message = _("The scheme {scheme} scores a table of units, not one dossier.").format(scheme=scheme.id)
        raise ProblemsError([Problem("scheme-is-composite", message, Place(scheme.source))])
    chosen = parse_view(view, dossier)
    day = as_of or reference_date(dossier)
    scored = score_dossiers(scheme, [dossier], [chosen], as_of=day)
    return standing_of(scored, said(dossier, chosen))


def improve(
    dossier: Dossier,
    scheme: Scheme,
    *,
    level: str | None = None,
    view: str = "consensus",
    as_of: date | None = None,
    effort: Improvement | None = None,
    changes: Mapping[str, Change] | None = None,
    language: Language = "en",
) -> ImprovementPlan:
    """The path of `dossier` to `level` (default: the next one above the level it has).

    `effort` is that of the scheme unless given (`effort_of` reads a file). `changes` are made first: new
    values of facts by name, of indicators and ratings by code. Raises `ProblemsError` for what `assess`
    refuses, an unknown level, and rules that are not linear.
    """
    day = as_of or reference_date(dossier)
    before = standing_at(dossier, scheme, view=view, as_of=day)
    standing = before if changes is None else before.changed(changes)
    target = target_level(standing, level)
    improvement = effort or effort_of(scheme)
    outcome = search_paths(standing, improvement, target)
    with use_language(language):
        told = None if changes is None else what_if_told(before, standing, changes)
        return Teller(dossier, standing, improvement, target, view=view, as_of=day).told(
            outcome, language=language, what_if=told
        )


def search_paths(standing: Standing, improvement: Improvement, target: Level) -> Outcome:
    """The plans for a level in numbers, every one verified; without any, the conflict."""
    choices = choices_of(standing, improvement)
    search = Search(choices, target)
    found = search.best(1 + ALTERNATIVES)
    if found:
        return Outcome(choices, tuple(found))
    conflict, smallest = smallest_conflict(search.programme)
    return Outcome(choices, (), conflict, smallest, search.rules)


def target_level(standing: Standing, level: str | None) -> Level:
    """The level with this name, or the next above the one reached, or the highest. Raises `ProblemsError`."""
    levels = standing.scheme.document.levels
    if level is None:
        return levels[min(int(standing.decided.reached[0]) + 1, len(levels) - 1)]
    for item in levels:
        if item.level == level:
            return item
    allowed = ", ".join(item.level for item in levels)
    message = _("The scheme {scheme} has no such level.").format(scheme=standing.scheme.id)
    raise ProblemsError([Problem("level-unknown", message, Place(standing.scheme.source), level, allowed)])

"""`robustness_of`: one dossier under one scheme, drawn many times."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from clustermark.analysis.robustness import sections, words
from clustermark.analysis.robustness.drawing import drawing_of
from clustermark.analysis.robustness.peers import Peers
from clustermark.analysis.robustness.position import position_of
from clustermark.analysis.robustness.result import Robustness
from clustermark.analysis.robustness.sources import SOURCES, Tolerances
from clustermark.dossiers.dossier import Dossier
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import current_language
from clustermark.ground.texts import gettext as _
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.explaining import scorecard_of
from clustermark.scoring.score import Scored, score_dossiers
from clustermark.scoring.scorecard import Scorecard
from clustermark.scoring.views import parse_view

MOST_DRAWS = 1_000_000


def robustness_of(
    dossier: Dossier,
    scheme: Scheme,
    *,
    as_of: date,
    view: str = "consensus",
    draws: int = 10_000,
    seed: int = 1,
    sources: Collection[str] = SOURCES,
    tolerances: Tolerances | None = None,
    peers: Peers | None = None,
) -> Robustness:
    """How far the result of `dossier` under `scheme` can be relied on.

    `sources` names what is varied (all by default), `tolerances` how far. `peers` is what an edition tells of
    others (`peers_of`): cells for what is missing, and the group for the position. Texts are in the current
    language. Raises `ProblemsError` for unknown sources or views, for draws outside 1 … 1,000,000, a negative seed,
    and a composite scheme.
    """
    _check(scheme, draws, seed)
    chosen = parse_view(view, dossier)
    scored = score_dossiers(scheme, [dossier], [chosen], as_of=as_of)
    card = scorecard_of(scored, dossier, chosen, language=current_language())
    return robustness_of_scored(
        scored,
        dossier,
        card,
        draws=draws,
        seed=seed,
        sources=sources,
        tolerances=tolerances,
        peers=peers,
    )


def robustness_of_scored(
    scored: Scored,
    dossier: Dossier,
    card: Scorecard,
    *,
    draws: int = 10_000,
    seed: int = 1,
    sources: Collection[str] = SOURCES,
    tolerances: Tolerances | None = None,
    peers: Peers | None = None,
) -> Robustness:
    """As `robustness_of`, for a dossier that has been scored already (`card` is its scorecard)."""
    _check(scored.scheme, draws, seed)
    drawing = drawing_of(scored, dossier, seed=seed, sources=sources, tolerances=tolerances, peers=peers)
    found = drawing.all(draws)
    position = None if peers is None else position_of(peers, found)
    levels = sections.levels(card, scored.scheme, found)
    points = sections.points(found)
    influences = sections.influences(drawing)
    averaging = sections.averaging(card, drawing.tolerances, found)
    bounds = sections.bounds(drawing, scored.scheme)
    return Robustness(
        cluster=card.cluster,
        scheme=card.scheme,
        scheme_title=card.scheme_title,
        scheme_digest=card.scheme_digest,
        dossier_digest=card.dossier_digest,
        view=card.view,
        as_of=card.as_of,
        draws=draws,
        seed=seed,
        tolerances=drawing.tolerances,
        official_level=card.level,
        official_title=card.level_title or _("no level"),
        official_points=card.points,
        max_points=card.max_points,
        sources=sections.sources(drawing),
        findings=words.findings(
            card,
            levels=levels,
            interval=points,
            place=position,
            influences=influences,
            average=averaging,
            ends=bounds,
        ),
        levels=levels,
        points=points,
        position=position,
        minimums=sections.minimums(card, found),
        points_asked=sections.points_asked(card, scored.scheme, found),
        influences=influences,
        averaging=averaging,
        bounds=bounds,
        notice=words.notice(),
    )


def _check(scheme: Scheme, draws: int, seed: int) -> None:
    problems = []
    if scheme.document.composite is not None:
        message = _("The scheme {scheme} scores a table of units, not one dossier.").format(scheme=scheme.id)
        problems.append(Problem("scheme-is-composite", message, Place(scheme.source)))
    message = _("The number is not allowed.")
    if not 1 <= draws <= MOST_DRAWS:
        allowed = _("a whole number from {low} to {high}").format(low=1, high=MOST_DRAWS)
        problems.append(Problem("number-not-allowed", message, Place("draws"), str(draws), allowed))
    if not 0 <= seed < 2**64:
        allowed = _("a whole number, not negative")
        problems.append(Problem("number-not-allowed", message, Place("seed"), str(seed), allowed))
    if problems:
        raise ProblemsError(problems)

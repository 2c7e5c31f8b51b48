"""Assess: one dossier under one scheme gives one scorecard."""

from __future__ import annotations

from datetime import date

from clustermark.dossiers.dossier import Dossier
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import Language, use_language
from clustermark.ground.texts import gettext as _
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.explaining import scorecard_of
from clustermark.scoring.score import score_dossiers
from clustermark.scoring.scorecard import Scorecard
from clustermark.scoring.views import parse_view


def assess(
    dossier: Dossier,
    scheme: Scheme,
    *,
    view: str = "consensus",
    as_of: date | None = None,
    language: Language = "en",
) -> Scorecard:
    """The scorecard of `dossier` under `scheme`.

    `view` is ``claim``, ``consensus`` or ``expert:NAME``. `as_of` is the reference date to which all time
    windows relate (default: see `reference_date`). Texts are in
    `language`. Raises `ProblemsError` for an unknown view, for facts that cannot be computed, and for a
    composite scheme, which scores a table of units.

    >>> from clustermark import Dossier, Scheme, assess
    >>> card = assess(Dossier.open("examples/oka-valley"), Scheme.load("ecei-silver-2017"))
    >>> card.level
    'silver'
    """
    if scheme.document.composite is not None:
        message = _("The scheme {scheme} scores a table of units, not one dossier.").format(scheme=scheme.id)
        raise ProblemsError([Problem("scheme-is-composite", message, Place(scheme.source))])
    chosen = parse_view(view, dossier)
    day = as_of or reference_date(dossier)
    scored = score_dossiers(scheme, [dossier], [chosen], as_of=day)
    with use_language(language):
        return scorecard_of(scored, dossier, chosen, language=language)


def reference_date(dossier: Dossier) -> date:
    """The date a dossier is assessed at when none is given: its latest rating, the day it was frozen, else today."""
    rated = [day for row in dossier.rows("ratings") if isinstance(day := row.values.get("rated_on"), date)]
    return max(rated, default=None) or dossier.frozen_on or date.today()  # noqa: DTZ011 - a reference date is a day, not an instant

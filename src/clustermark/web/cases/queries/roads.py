"""The records behind the value of one indicator, computed by the engine."""

from __future__ import annotations

from clustermark.ground.exact import digest
from clustermark.ground.texts import current_language
from clustermark.scoring.road import Road, road_of
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.dossiers import Content, dossier_of
from clustermark.web.cases.queries.memory import Memory
from clustermark.web.cases.queries.schemes import scheme_of

_roads: Memory[Road | None] = Memory(64)


def road_of_claim(case: Case, content: Content, code: str) -> Road | None:
    """The road of the indicator `code` by the cluster's claim; None while the dossier has errors."""
    frozen_on = case.submitted_at.date() if case.submitted_at else None
    day = None if frozen_on else today()
    language = current_language()

    def computed() -> Road | None:
        dossier, _problems = dossier_of(content, name=str(case), frozen_on=frozen_on)
        if dossier is None:
            return None
        return road_of(dossier, scheme_of(case.edition), code, view="claim", as_of=day, language=language)

    key = (case.edition.digest, digest(content), code, str(day), str(frozen_on), language)
    return _roads.get(key, computed)

"""The road of a case as the applicant sees it: which steps are done, which is now."""

from __future__ import annotations

from typing import Any

from clustermark.casework.definition import life
from clustermark.ground.texts import local
from clustermark.web.cases.models import Case


def milestones_of(case: Case) -> list[dict[str, Any]]:
    """Every milestone with its title and a mark: is-done, is-now, is-stopped (where the case ended early) or none."""
    names = [one.milestone for one in life().milestones]
    now = names.index(life().state(case.state).milestone)
    if case.state in ("closed", "decided"):
        now = len(names)
    here = "is-stopped" if case.state in ("withdrawn", "expired") else "is-now"
    return [
        {"title": local(one.title), "mark": "is-done" if place < now else here if place == now else ""}
        for place, one in enumerate(life().milestones)
    ]

"""Checks that an `improvement` section, or a file of effort, fits the indicators of its scheme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from clustermark.ground.problems import Place, Problem
from clustermark.ground.texts import gettext as _
from clustermark.ground.yaml12 import Path
from clustermark.schemes.document import Indicator, SchemeDocument
from clustermark.schemes.improvement import Effort, Improvement


def improvement_problems(
    scheme: SchemeDocument, improvement: Improvement | None, place: Callable[[Path], Place]
) -> list[Problem]:
    """Everything that is wrong with `improvement` beside the indicators of `scheme`.

    `place` gives the place of a path below the section.
    """
    if improvement is None:
        return []
    indicators = {item.code: item for item in scheme.indicators}
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, effort in enumerate(improvement.effort):
        where: Path = ("effort", index)
        if effort.indicator in seen:
            message = _("The effort of this indicator is stated twice.")
            problems.append(Problem("effort-twice", message, place(where), found=effort.indicator))
        seen.add(effort.indicator)
        problems += _one(scheme, effort, indicators, lambda path, where=where: place((*where, *path)))  # type: ignore[misc]  # a default argument binds the loop's value
    return problems or list(_circle(improvement, place))


def _one(
    scheme: SchemeDocument,
    effort: Effort,
    indicators: Mapping[str, Indicator],
    place: Callable[[Path], Place],
) -> Iterator[Problem]:
    allowed = ", ".join(indicators)
    unknown = _("There is no such indicator.")
    item = indicators.get(effort.indicator)
    if item is None:
        yield Problem("indicator-unknown", unknown, place(("indicator",)), effort.indicator, allowed)
        return
    steps = len(item.bands) or 1
    if effort.fixed is None and len(effort.days) != steps:
        message = _("Days and months are one number for each step: into band 1, 2 and so on.")
        yield Problem("effort-steps", message, place(("days",)), str(len(effort.days)), str(steps))
    for index, need in enumerate(effort.needs):
        other = indicators.get(need.indicator)
        if other is None:
            yield Problem("indicator-unknown", unknown, place(("needs", index)), need.indicator, allowed)
        elif need.band > len(other.bands):
            message = _("The indicator {code} has no such band.").format(code=need.indicator)
            yield Problem(
                "need-band", message, place(("needs", index)), str(need.band), f"≤ {len(other.bands)}"
            )
    facts = scheme.facts if item.measure is not None else {}
    for name in effort.by:
        if name not in facts:
            message = _("There is no such fact for this indicator.")
            yield Problem("fact-unknown", message, place(("by",)), name, ", ".join(facts))


def _circle(improvement: Improvement, place: Callable[[Path], Place]) -> Iterator[Problem]:
    """Work that waits for itself could never begin."""
    needs = {effort.indicator: {need.indicator for need in effort.needs} for effort in improvement.effort}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        message = _("These indicators need each other in a circle.")
        yield Problem("need-circle", message, place(("effort",)), found=" → ".join(error.args[1]))

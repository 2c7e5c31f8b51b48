"""How much one indicator decides: the ranks without it."""

from __future__ import annotations

from clustermark.analysis.composite.data import CompositeData
from clustermark.analysis.composite.steps import rank_units, run_steps
from clustermark.schemes.composite import Composite


def without(composite: Composite, code: str) -> Composite:
    """The composite without one indicator, and without the nodes that nothing is left under.

    Raises ValueError when the indicator is the only one.
    """
    indicators = [indicator for indicator in composite.indicators if indicator.code != code]
    if not indicators:
        raise ValueError(f"nothing is left without {code}")
    parents = {node.code: node.parent for node in composite.nodes}
    needed = set[str]()
    for indicator in indicators:
        step: str | None = indicator.parent
        while step is not None:
            needed.add(step)
            step = parents[step]
    nodes = [node for node in composite.nodes if node.code in needed]
    return composite.model_copy(update={"indicators": indicators, "nodes": nodes})


def rank_shifts(composite: Composite, data: CompositeData) -> dict[str, float]:
    """For each indicator the mean absolute change of rank when it is removed, over units ranked both times.

    NaN for the only indicator of a composite, and where no unit is ranked both times.
    """
    nominal = _ranks(composite, data)
    return {
        code: _mean_shift(nominal, _ranks(without(composite, code), data))
        if len(composite.codes) > 1
        else float("nan")
        for code in composite.codes
    }


def _ranks(composite: Composite, data: CompositeData) -> dict[str, int]:
    steps = run_steps(composite, data)
    ranks = zip(steps.normalised.units, rank_units(composite, steps), strict=True)
    return {unit: rank for unit, rank in ranks if rank is not None}


def _mean_shift(nominal: dict[str, int], other: dict[str, int]) -> float:
    shifts = [abs(rank - other[unit]) for unit, rank in nominal.items() if unit in other]
    return sum(shifts) / len(shifts) if shifts else float("nan")

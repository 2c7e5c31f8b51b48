"""What can be done about each indicator: stay, or rise to a higher band, at its effort.

A step takes an indicator exactly to the edge of a band, or to a value that the scheme names: a required value
beyond the last edge or without bands, and a number that a rule compares with `value('…')` there or by `=`.
Indicators are taken to rise independently of each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from clustermark.analysis.improvement.standing import Standing
from clustermark.schemes.document import Indicator
from clustermark.schemes.expressions import nodes
from clustermark.schemes.improvement import Effort, Improvement
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.kernel import Scale, band_of, to_units


@dataclass(frozen=True, slots=True)
class Option:
    """One value an indicator may have when the work is done; the first option of each is to stay.

    `units` is the value in units of 10^−decimals (NaN: missing), `points` in units of 10^−point_places,
    `days` in units of 10^−day_places.
    """

    units: float
    band: int
    points: int
    meets: bool
    days: int
    months: int


@dataclass(frozen=True)
class Choices:
    """The options of every indicator in the scheme's order; `fixed` codes have options that are closed."""

    standing: Standing
    improvement: Improvement
    options: tuple[tuple[Option, ...], ...]
    day_places: int

    @property
    def indicators(self) -> Sequence[Indicator]:
        """The indicators."""
        return self.standing.scheme.document.indicators

    @cached_property
    def effort(self) -> Mapping[str, Effort]:
        """Effort by code."""
        return {effort.indicator: effort for effort in self.improvement.effort}

    @property
    def most(self) -> int:
        """How many indicators can be worked on within the years."""
        return self.improvement.at_most * self.improvement.years

    def closed(self, code: str) -> bool:
        """Whether an indicator cannot be changed: it is fixed, or no effort is stated for it."""
        effort = self.effort.get(code)
        return effort is None or effort.fixed is not None

    def days(self, units: int) -> Decimal:
        """Person-days from their units."""
        return Decimal(units).scaleb(-self.day_places)


def choices_of(standing: Standing, improvement: Improvement) -> Choices:
    """Every option of every indicator from where the dossier stands."""
    scheme = standing.scheme
    exponents = [day.normalize().as_tuple().exponent for effort in improvement.effort for day in effort.days]
    places = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    places = max(places, 0)
    efforts = {effort.indicator: effort for effort in improvement.effort}
    named = named_values(scheme)
    options = []
    for row, item in enumerate(scheme.document.indicators):
        scale = standing.frame.scales[row]
        wanted = [to_units(value, item.decimals) for value in _beyond(item, named.get(item.code, {}))]
        now = float(standing.values[row, 0])
        options.append(tuple(_options(now, scale, efforts.get(item.code), wanted, places)))
    return Choices(standing, improvement, tuple(options), places)


def _options(
    now: float, scale: Scale, effort: Effort | None, wanted: Sequence[float], places: int
) -> Iterator[Option]:
    """Stay first, then every better value, nearest first."""
    current = 0 if np.isnan(now) else band_of(now, scale.edges, down=scale.down)
    sign = -1 if scale.down else 1
    yield _option(now, current, scale, 0, 0)
    targets = sorted({*scale.edges, *wanted}, key=lambda units: sign * units)
    for units in targets:
        if not np.isnan(now) and sign * units <= sign * now:
            continue
        band = band_of(units, scale.edges, down=scale.down)
        top = band if units in scale.edges else band + 1
        days, months = (0, 0) if effort is None else _cost(effort, current, top, places)
        yield _option(units, band, scale, days, months)


def _option(units: float, band: int, scale: Scale, days: int, months: int) -> Option:
    """A missing value meets nothing."""
    required = scale.required
    meets = required is None or (units <= required if scale.down else units >= required)
    return Option(units, band, scale.points[band], bool(meets), days, months)


def _cost(effort: Effort, current: int, top: int, places: int) -> tuple[int, int]:
    """Days and months from band `current` to `top`; a value beyond the last edge is one more last step."""
    steps = [min(step, len(effort.days) - 1) for step in range(current, top)]
    if not effort.days:
        return 0, 0
    days = sum((effort.days[step] for step in steps), start=Decimal(0))
    return int(days.scaleb(places)), sum(effort.months[step] for step in steps)


def _beyond(item: Indicator, named: Mapping[Decimal, bool]) -> Iterator[Decimal]:
    """The values named by the scheme that no edge stands for: beyond the last, or wanted exactly."""
    sign = -1 if item.direction == "down" else 1
    last = item.bands[-1] if item.bands else None
    both = {**({} if item.required is None else {item.required: False}), **named}
    for value, exactly in both.items():
        fits = value == value.quantize(Decimal(1).scaleb(-item.decimals))
        if fits and (exactly or last is None or sign * value > sign * last):
            yield value


def named_values(scheme: Scheme) -> dict[str, dict[Decimal, bool]]:
    """The numbers that rules compare with `value('code')` directly, and whether it must be equal to them."""
    found: dict[str, dict[Decimal, bool]] = {}
    for rule in scheme.expressions.rules.values():
        for node in nodes.walk(rule):
            pairs: list[tuple[nodes.Node, nodes.Node, bool]] = []
            if isinstance(node, nodes.Comparison):
                equal = node.op == "="
                pairs = [(node.left, node.right, equal), (node.right, node.left, equal)]
            elif isinstance(node, nodes.OneOf):
                pairs = [(node.operand, choice, True) for choice in node.choices]
            for call, constant, equal in pairs:
                code, value = code_of(call), _number(constant)
                if code is not None and value is not None:
                    values = found.setdefault(code, {})
                    values[value] = values.get(value, False) or equal
    return found


def code_of(node: nodes.Node, function: str = "value") -> str | None:
    """The code in ``value('…')`` (or ``band('…')``); None for anything else."""
    if isinstance(node, nodes.Call) and node.function == function:
        argument = node.arguments[0]
        return str(argument.value) if isinstance(argument, nodes.Constant) else None
    return None


def _number(node: nodes.Node) -> Decimal | None:
    if isinstance(node, nodes.Negative):
        inner = _number(node.operand)
        return None if inner is None else -inner
    return node.value if isinstance(node, nodes.Constant) and isinstance(node.value, Decimal) else None

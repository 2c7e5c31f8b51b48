"""How findings write figures and name what they are about."""

from __future__ import annotations

from decimal import Decimal

from clustermark.analysis.audit.result import SchemeAudit
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number


def named(audit: SchemeAudit, code: str) -> str:
    """`2.5 Direct personal contacts`."""
    return f"{code} {audit.titles[code]}"


def scope_words(audit: SchemeAudit, scope: str) -> str:
    """A dimension, or all indicators, in words."""
    if scope == "all":
        return _("all indicators")
    return _("dimension {code} {title}").format(code=scope, title=audit.dimensions[scope])


def percent(share: float) -> str:
    """`0.847` as `84.7 %`."""
    return short(100 * share, 1) + "\u00a0%"


def short(value: float, places: int = 2) -> str:
    """A figure with exactly `places` decimals, by the rules of the current language."""
    text = number(Decimal(f"{value:.{places}f}") + 0)
    point = number(Decimal("0.5"))[1]
    whole, _point, decimals = text.partition(point)
    return f"{whole}{point}{decimals:0<{places}}" if places else whole

"""Words of certificates in the reader's language: `{% load certificates %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

from clustermark.ground.texts import gettext as _
from clustermark.register.feeds import ACT_WORDS
from clustermark.register.life import STATE_WORDS
from clustermark.register.places import place_name
from clustermark.register.sectors import sector_name
from clustermark.web.cases.views.page import CasePage
from clustermark.web.register.domain.issuing import DECIDED
from clustermark.web.register.models import Award

register = template.Library()
BADGES = {
    "valid": "badge--good",
    "conditional": "badge--warn",
    "suspended": "badge--bad",
    "withdrawn": "badge--bad",
    "void": "badge--bad",
}


@register.filter
def state_text(state: str) -> str:
    """A state in words."""
    return _(STATE_WORDS[state])  # type: ignore[index] # states alone are handed in


@register.filter
def state_badge(state: str) -> str:
    """The class of a state's badge."""
    return BADGES.get(state, "")


@register.filter
def act_text(kind: str) -> str:
    """An act in words."""
    return _(ACT_WORDS[kind])  # type: ignore[index] # kinds of acts alone are handed in


@register.filter
def act_to_do(kind: str) -> str:
    """An act as something to do."""
    return {
        "extend": gettext("Extend: the conditions are met"),
        "suspend": gettext("Suspend"),
        "reinstate": gettext("Lift the suspension"),
        "renew": gettext("Renew without a new case"),
        "surveillance_due": gettext("Note that a look is due"),
        "surveillance_done": gettext("Note that the holder was looked at"),
        "withdraw": gettext("Withdraw the certificate"),
        "void": gettext("Declare void from the start"),
    }.get(kind, kind)


@register.filter
def level_text(level: str) -> str:
    """A level in words; what an old list says as it says it."""
    known = {"bronze": gettext("Bronze"), "silver": gettext("Silver"), "gold": gettext("Gold")}
    return known.get(level, level)


@register.filter
def level_badge(level: str) -> str:
    """The class of a level's badge."""
    return f"badge--{level}" if level in {"bronze", "silver", "gold"} else ""


@register.filter
def ring_kind(level: str) -> str:
    """The look of a level's part of a ring on the map."""
    return level if level in {"bronze", "silver", "gold"} else "other"


@register.filter
def country_text(country: str | None) -> str:
    """A country in words."""
    return place_name(country) if country else "–"


@register.filter
def sector_text(sector: str | None) -> str:
    """A sector in words."""
    return sector_name(sector) if sector else "–"


@register.inclusion_tag("register/parts/of_case.html")
def certificate_of(page: CasePage) -> dict[str, Any]:
    """Where the certificate of a decided case is, or where the secretariat issues it; one query at most."""
    awarded = bool(page.case.decided_level) and page.case.state in DECIDED
    award = Award.objects.filter(case=page.case).first() if awarded else None
    return {
        "award": award,
        "case": page.case,
        "issues": awarded and award is None and page.may("certificate.issue"),
        "holds": award is not None and page.is_applicant,
    }

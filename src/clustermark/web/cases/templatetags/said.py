"""What experts said, in a word."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clustermark.ground.texts import number
from clustermark.web.cases.models.assessment import Said

register = template.Library()


@register.filter
def in_short(said: Said | None) -> str | SafeString:
    """The rating or the corrected value, that the records are right, or – where nothing was said."""
    if said is None or not said.given:
        return SafeString('<span class="muted">–</span>')
    if said.follows_records:
        return _("as recorded")
    return format_html("<strong>{}</strong>", number(said.value) if said.rating is None else said.rating)

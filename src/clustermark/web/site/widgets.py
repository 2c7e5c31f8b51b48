"""Controls of forms that Django's own are too slow for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

CHOSEN = mark_safe(" selected")


class LongSelect(forms.Select):
    """A list of many choices without groups, written at once: Django renders a template for each of them."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 - Django passes it
    ) -> SafeString:
        """The control with all its options."""
        wanted = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                ("" if code is None else code, CHOSEN if str(code or "") == wanted else "", words)
                for code, words in self.choices
            ),
        )
        found = flatatt(self.build_attrs({**self.attrs, "name": name}, dict(attrs or {})))
        return format_html("<select{}>{}</select>", found, options)

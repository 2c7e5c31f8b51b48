"""What the map counts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clustermark.web.register.forms.search import SearchForm
from clustermark.web.register.map.outlines import VIEWS, View
from clustermark.web.register.queries.search import Choices


class MapForm(SearchForm):
    """Level, sector and day of the search, and the part of the world that is shown."""

    view = forms.ChoiceField(
        label=_("Part of the world"), required=False, choices=[("", _("Europe")), ("world", _("all"))]
    )

    def __init__(self, data: Any, known: Choices) -> None:
        super().__init__(data, known)
        for name in ("name", "country", "region", "state"):
            del self.fields[name]
        self.order_fields(["level", "sector", "on", "view"])

    def shown(self) -> View:
        """The view of the map; Europe unless the world is asked for."""
        self.is_valid()
        asked = self.cleaned_data.get("view")
        return next((view for view in VIEWS if view == asked), "europe")

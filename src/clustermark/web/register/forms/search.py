"""Searching the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clustermark.ground.texts import gettext as words
from clustermark.register.life import STATE_WORDS
from clustermark.register.places import place_name
from clustermark.register.sectors import sector_name
from clustermark.web.accounts.people import today
from clustermark.web.register.queries.search import ANY_STATE, IN_FORCE_CHOICE, Choices, Search
from clustermark.web.register.templatetags.certificates import level_text

SHOWN_STATES = ("valid", "conditional", "suspended", "expired", "withdrawn", "void", "not_yet", "unknown")


class SearchForm(forms.Form):
    """What is looked for; what cannot be read is not asked for."""

    name = forms.CharField(
        label=_("Holder or number"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    region = forms.CharField(label=_("Region"), required=False, max_length=200)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    on = forms.DateField(
        label=_("On the day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, known: Choices) -> None:
        super().__init__({**data.dict(), "on": data.get("on") or today().isoformat()})
        everything = [("", _("all"))]

        def listed(values: Any, name: Any) -> list[tuple[str, Any]]:
            return everything + sorted(
                ((value, name(value)) for value in values), key=lambda one: str(one[1])
            )

        self._choices("country", listed(known.countries, place_name))
        self._choices("sector", listed(known.sectors, sector_name))
        self._choices("level", listed(known.levels, level_text))
        states = [(state, words(STATE_WORDS[state])) for state in SHOWN_STATES]  # type: ignore[index] # states
        self._choices("state", [("", _("in force")), *states, (ANY_STATE, _("any"))])

    def _choices(self, name: str, values: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = values

    def search(self) -> Search:
        """What is asked for, without what cannot be read."""
        self.is_valid()
        data = self.cleaned_data
        texts = {name: data.get(name) or "" for name in ("name", "country", "region", "sector", "level")}
        return Search(day=data.get("on") or today(), state=data.get("state") or IN_FORCE_CHOICE, **texts)

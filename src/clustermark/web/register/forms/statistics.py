"""Which statistic, of what, as of when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clustermark.register.places import CONTINENTS, place_name
from clustermark.register.rows import Scope
from clustermark.register.sectors import sector_name
from clustermark.web.accounts.people import today
from clustermark.web.register.queries.counted import Asked
from clustermark.web.register.queries.search import Choices
from clustermark.web.register.templatetags.certificates import level_text

TITLES = (
    ("in_force", _("Certificates in force")),
    ("awarded", _("Certificates awarded")),
    ("holders", _("Holders")),
    ("renewals", _("Renewals and lapses")),
    ("time_in_process", _("Days from application to decision")),
    ("ordinal", _("Place in the order of first awards")),
)
GROUPS = (
    ("", _("not grouped")),
    ("level", _("level")),
    ("country", _("country")),
    ("continent", _("continent")),
    ("sector", _("sector")),
    ("year", _("year")),
)
WITHIN = (
    ("country", _("its country")),
    ("continent", _("its continent")),
    ("sector", _("its sector and continent")),
)


class StatisticForm(forms.Form):
    """What is counted; what cannot be read is not asked for."""

    key = forms.ChoiceField(label=_("Statistic"), choices=TITLES)
    as_of = forms.DateField(
        label=_("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    by = forms.ChoiceField(label=_("Grouped by"), choices=GROUPS, required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    continent = forms.ChoiceField(label=_("Continent"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    number = forms.CharField(label=_("Number of the certificate"), required=False, max_length=60)
    within = forms.ChoiceField(label=_("Place within"), choices=WITHIN, required=False)

    def __init__(self, data: Mapping[str, Any], known: Choices) -> None:
        super().__init__({**data, "as_of": data.get("as_of") or today().isoformat()})
        lists = {
            "level": [(value, level_text(value)) for value in known.levels],
            "country": sorted(
                ((value, place_name(value)) for value in known.countries), key=lambda one: one[1]
            ),
            "continent": [(value, place_name(value)) for value in CONTINENTS],
            "sector": sorted(
                ((value, sector_name(value)) for value in known.sectors), key=lambda one: one[1]
            ),
        }
        for name, values in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
            field.choices = [("", _("all")), *values]
        ordinal = data.get("key") == "ordinal"
        for name in ("by", "level", "country", "continent", "sector") if ordinal else ("number", "within"):
            del self.fields[name]
        if data.get("key") in {"renewals", "time_in_process"}:
            del self.fields["by"]

    def asked(self) -> Asked:
        """What is asked for, without what cannot be read."""
        self.is_valid()
        data = self.cleaned_data
        stated = {name: data.get(name) or None for name in ("level", "country", "continent", "sector")}
        return Asked(
            key=str(data.get("key") or "in_force"),
            as_of=data.get("as_of") or today(),
            by=data.get("by") or None,
            scope=Scope(**stated),
            number=data.get("number") or "",
            within=data.get("within") or "country",
        )

"""Forms of an expert's page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clustermark.dossiers.tables import TABLES
from clustermark.ground.texts import LANGUAGES
from clustermark.web.accounts.models import Tie
from clustermark.web.cases.forms.visit import DAY
from clustermark.web.cases.models import SchemeEdition
from clustermark.web.clusters.models import Cluster
from clustermark.web.site.widgets import NamedChoiceField


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))


class ProfileForm(forms.Form):
    """Country, languages, sectors, and how many cases at a time."""

    country = forms.RegexField(
        r"^[A-Z]{2}$", label=_("Country"), help_text=_("Two capital letters, such as DE."), max_length=2
    )
    languages = forms.CharField(
        label=_("Languages"),
        help_text=_("Two letters each, with commas between them: en, de."),
        max_length=100,
    )
    sectors = forms.CharField(
        label=_("Sectors"),
        required=False,
        max_length=500,
        help_text=_("Words of the dossier's sectors, with commas between them."),
    )
    most_cases = forms.IntegerField(label=_("Cases at a time, at most"), min_value=0, max_value=20)

    def clean_languages(self) -> list[str]:
        """The codes as a list."""
        codes = _words(self.cleaned_data["languages"])
        wrong = [code for code in codes if len(code) != len(LANGUAGES[0]) or not code.isalpha()]
        if wrong:
            raise forms.ValidationError(
                _("Not a language code: %(codes)s"), params={"codes": ", ".join(wrong)}
            )
        return codes

    def clean_sectors(self) -> list[str]:
        """The sectors as a list; unknown ones are named with what is allowed."""
        stated = _words(self.cleaned_data["sectors"])
        allowed = sectors()
        wrong = [one for one in stated if allowed and one not in allowed]
        if wrong:
            message = _("Unknown: %(wrong)s. Allowed: %(allowed)s")
            raise forms.ValidationError(
                message, params={"wrong": ", ".join(wrong), "allowed": ", ".join(allowed)}
            )
        return stated


def sectors() -> list[str]:
    """The words of the dossier's sectors; none where the column is free text."""
    column = next(column for column in TABLES["profile"].columns if column.name == "sector")
    return list(getattr(column, "choices", None) or ())


class AccreditForm(forms.Form):
    """For which scheme, from when until when, and why."""

    scheme = forms.ChoiceField(label=_("Scheme"))
    starts_on = forms.DateField(label=_("First day"), widget=DAY)
    ends_on = forms.DateField(label=_("Last day"), widget=DAY)
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("For example a training."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = SchemeEdition.objects.order_by("scheme").values_list("scheme", flat=True).distinct()
        self.fields["scheme"].choices = [(one, one) for one in names]  # type: ignore[attr-defined]  # a ChoiceField


class TieForm(forms.Form):
    """What connects a person with a cluster."""

    cluster = NamedChoiceField(Cluster.objects.none(), label=_("Cluster"))
    kind = forms.ChoiceField(label=_("What connects them"), choices=Tie.Kind.choices)
    starts_on = forms.DateField(label=_("First day"), required=False, widget=DAY)
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=DAY, help_text=_("Empty: it still lasts.")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cluster"].queryset = Cluster.objects.all()  # type: ignore[attr-defined]  # a ModelChoiceField

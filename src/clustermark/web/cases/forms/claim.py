"""What the cluster claims of an indicator, as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clustermark.schemes.document import Indicator
from clustermark.web.cases.domain.claiming import PLACES


class ClaimForm(forms.Form):
    """Rating by the rubric or corrected value, reason, comment; and the version that was edited.

    The template writes the radio buttons of the rubric itself, each with its descriptor.
    """

    rating = forms.TypedChoiceField(label=_("Rating"), coerce=int, empty_value=None, required=False)
    value = forms.DecimalField(
        label=_("Corrected value"),
        required=False,
        decimal_places=PLACES,
        max_digits=15,
        help_text=_(
            "Only where the records are not to be followed. Leave it empty to let the records speak."
        ),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=10_000,
        help_text=_("Why this is so; a claim needs a reason before the dossier can be submitted."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=10_000,
        help_text=_("For your own team; it is not handed in."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, indicator: Indicator, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if indicator.rubric:
            self.fields["rating"].choices = [("", "")] + [(n, n) for n in range(len(indicator.rubric))]  # type: ignore[attr-defined] # the field has choices
            del self.fields["value"]
        else:
            del self.fields["rating"]

    def said(self) -> dict[str, Any]:
        """What is claimed, as the verb wants it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

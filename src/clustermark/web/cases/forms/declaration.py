"""The declaration of an expert, before they see anything that is not public."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FREE, INTEREST = "free", "interest"


class DeclarationForm(forms.Form):
    """No interest, or which one."""

    declared = forms.ChoiceField(
        label=_("What do you declare?"),
        choices=[
            (FREE, _("I have no interest in this cluster.")),
            (INTEREST, _("I have an interest, or somebody could think so.")),
        ],
        widget=forms.RadioSelect,
    )
    interest = forms.CharField(
        label=_("Which interest"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What connects you with the cluster, its organisation or its members, and since when."),
    )

    def clean(self) -> dict[str, Any]:
        """An interest is named; without one there is nothing to name."""
        data = super().clean() or {}
        said = bool(data.get("interest", "").strip())
        if data.get("declared") == INTEREST and not said:
            self.add_error("interest", _("Say which interest it is."))
        if data.get("declared") == FREE and said:
            self.add_error(
                "declared", _("You name an interest: choose that you have one, or delete the text.")
            )
        return data

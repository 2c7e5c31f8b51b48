"""Who asks for proof of a membership, and of which."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MembershipForm(forms.Form):
    """Cluster, participant, day: all three must be known."""

    cluster = forms.CharField(label=_("Name of the cluster"), max_length=200)
    participant = forms.CharField(
        label=_("Participant"), max_length=300, help_text=_("Its name or identifier, in full.")
    )
    on = forms.DateField(
        label=_("On the day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

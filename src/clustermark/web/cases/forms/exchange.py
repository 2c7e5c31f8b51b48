"""A dossier that comes in as a file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DossierFileForm(forms.Form):
    """A workbook or a zip of a dossier."""

    file = forms.FileField(
        label=_("Workbook or zip"),
        help_text=_(
            "An .xlsx workbook or a .zip in the form that you can download here. "
            "Nothing is taken before you have seen every change."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.zip"}),
    )

"""A rating sheet that comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 256 << 20


class SheetForm(forms.Form):
    """The sheet or the zip it came in."""

    file = forms.FileField(
        label=_("Rating sheet (.xlsx) or the whole package (.zip)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.zip"}),
    )

    def clean_file(self) -> Any:
        """Not larger than a package can be."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 256 MB; bring the rating sheet alone."))
        return file

"""What somebody brings to be checked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class VerifyForm(forms.Form):
    """A file, or a text: number, address or credential."""

    file = forms.FileField(
        label=_("Certificate"),
        required=False,
        help_text=_("The PDF or the credential (.jwt). It is checked in memory and forgotten."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jwt,application/pdf,application/vc+jwt"}),
    )
    text = forms.CharField(
        label=_("Number, address or credential"),
        required=False,
        max_length=200_000,
        help_text=_(
            "The number on the certificate, the address in its QR code, or the text of a credential."
        ),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
    )

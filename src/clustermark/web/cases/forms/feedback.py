"""Marks from 1 to 5 for each other's work, and a comment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OF_PANEL_WORDS: dict[str, Promise] = {
    "prepared": _("The expert was well prepared"),
    "fair": _("The expert was fair and open"),
    "clear": _("Questions and reasons were clear"),
    "useful": _("The recommendations are of use to us"),
}
OF_DOSSIER_WORDS: dict[str, Promise] = {
    "complete": _("The dossier was complete"),
    "clear": _("The dossier was clear"),
    "evidenced": _("Claims were evidenced"),
    "honest": _("Claims proved to be true"),
}
MARKS = (
    ("5", _("5: fully agree")),
    ("4", _("4: agree")),
    ("3", _("3: partly")),
    ("2", _("2: disagree")),
    ("1", _("1: fully disagree")),
)


class FeedbackForm(forms.Form):
    """A mark for each point."""

    def __init__(self, points: Sequence[str], words: dict[str, Promise], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in points:
            self.fields[name] = forms.ChoiceField(
                label=str(words[name]), choices=MARKS, widget=forms.RadioSelect
            )
        self.fields["text"] = forms.CharField(
            label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3})
        )

    def marks(self) -> dict[str, int]:
        """The marks as numbers."""
        return {name: int(value) for name, value in self.cleaned_data.items() if name != "text"}

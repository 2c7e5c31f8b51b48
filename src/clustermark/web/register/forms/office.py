"""What the secretariat and holders enter about certificates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from clustermark.register.entries import ActKind

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LATEST = date(2200, 12, 31)
"""The last day that an act can name: what ends at the end of all days has no day after it."""
REASON = forms.Textarea(attrs={"rows": 3})
LANGUAGES = (("en", "English"), ("ru", "Русский"), ("de", "Deutsch"))


class IssueForm(forms.Form):
    """How the certificate is issued."""

    languages = forms.MultipleChoiceField(
        label=_("Languages of the PDF"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=["en"],
    )
    conditional = forms.BooleanField(label=_("Valid under the conditions of the decision"), required=False)
    immediately = forms.BooleanField(
        label=_("Do not wait until the term for an appeal is over (wants a reason)"), required=False
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=2000, widget=REASON)


class ActForm(forms.Form):
    """One act of a life: its reason, and the end it grants where it grants one."""

    until = forms.DateField(label=_("Until"), widget=DAY, validators=[MaxValueValidator(LATEST)])
    reference = forms.CharField(
        label=_("Decision it rests on"),
        required=False,
        max_length=300,
        help_text=_("Number or file reference."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=REASON)

    def __init__(self, kind: ActKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind not in {"extend", "suspend"}:
            del self.fields["until"]


class ChangeForm(forms.Form):
    """What the holder reports."""

    change = forms.ChoiceField(label=_("What has changed"))
    reason = forms.CharField(label=_("How, and since when"), max_length=2000, widget=REASON)

    def __init__(self, changes: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["change"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = changes


class ListForm(forms.Form):
    """An old list."""

    file = forms.FileField(label=_("List"), help_text=_("CSV or XLSX, one award a row."))
    mark = forms.ChoiceField(
        label=_("Whose list it is"),
        choices=(
            ("imported", _("the scheme owner's own list")),
            ("unofficial", _("a list that no owner has endorsed")),
        ),
    )


class DrawForm(forms.Form):
    """The seed of a draw, published beforehand, and its year."""

    seed = forms.CharField(
        label=_("Seed"), max_length=100, help_text=_("Publish it before the draw; then anyone can repeat it.")
    )
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=LATEST.year)


class ParticipationForm(forms.Form):
    """A participant, as the cluster states it."""

    participant = forms.CharField(label=_("Participant"), max_length=300)
    participant_id = forms.CharField(
        label=_("Identifier of the participant"),
        max_length=300,
        help_text=_("Such as its tax or register number."),
    )
    joined_on = forms.DateField(label=_("Member since"), widget=DAY)
    left_on = forms.DateField(label=_("Member until"), widget=DAY, required=False)

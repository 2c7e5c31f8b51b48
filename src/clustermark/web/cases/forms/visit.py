"""Forms of the visit: its dates and place, the agenda as rows, the people met as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clustermark.web.cases.domain.visiting import Met, Slot
from clustermark.web.cases.models import Case

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlanForm(forms.Form):
    """When, how and where."""

    visit_form = forms.ChoiceField(label=_("The experts visit"), choices=Case.VisitForm.choices)
    starts_on = forms.DateField(label=_("First day"), widget=DAY)
    ends_on = forms.DateField(label=_("Last day"), widget=DAY)
    place = forms.CharField(label=_("Address, or link of the video call"), max_length=300)
    note_text = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )


class SlotForm(forms.Form):
    """One slot of the agenda; a row without a subject and times is left out."""

    day = forms.DateField(label=_("Day"), widget=DAY)
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    subject = forms.CharField(label=_("Subject"), max_length=200)
    with_whom = forms.CharField(label=_("With whom"), max_length=300, required=False)
    indicators = forms.CharField(
        label=_("Indicators"), max_length=300, required=False, help_text=_("Codes, with commas between them.")
    )

    def __init__(self, *args: Any, codes: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes

    def clean_indicators(self) -> tuple[str, ...]:
        """The codes as a list; unknown ones are named."""
        stated = tuple(part.strip() for part in self.cleaned_data["indicators"].split(",") if part.strip())
        unknown = [code for code in stated if code not in self.codes]
        if unknown:
            message = _("The scheme has no such indicators: %(codes)s")
            raise forms.ValidationError(message, params={"codes": ", ".join(unknown)})
        return stated

    def slot(self) -> Slot | None:
        """What was typed; None for an empty row."""
        data = self.cleaned_data
        if not data:
            return None
        starts, ends = (
            timezone.make_aware(datetime.combine(data["day"], data[name])) for name in ("starts", "ends")
        )
        return Slot(starts, ends, data["subject"], data["with_whom"], data["indicators"])


class MetForm(forms.Form):
    """Somebody who was met, or was expected and absent."""

    name = forms.CharField(label=_("Name"), max_length=150)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    function = forms.CharField(label=_("Function"), max_length=150, required=False)
    absent = forms.BooleanField(label=_("was absent"), required=False)

    def met(self) -> Met | None:
        """What was typed; None for an empty row."""
        data = self.cleaned_data
        if not data:
            return None
        return Met(data["name"], data["organisation"], data["function"], present=not data["absent"])


SlotRows = forms.formset_factory(SlotForm, extra=3, max_num=60, absolute_max=60, can_delete=True)
MetRows = forms.formset_factory(MetForm, extra=4, max_num=100, absolute_max=100, can_delete=True)
"""Several rows at once; a button adds rows by showing the page again."""

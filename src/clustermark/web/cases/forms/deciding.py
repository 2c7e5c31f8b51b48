"""What the committee writes: outcome, level, reasons, conditions; and what is done about conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clustermark.schemes.scheme import Scheme
from clustermark.web.cases.domain.deciding import AWARD, REFUSE
from clustermark.web.cases.forms.reporting import LONG, SHORT, indicator_choices, level_choices
from clustermark.web.cases.models import Evidence, PanelReport
from clustermark.web.site.widgets import LongSelect


class DecideForm(forms.Form):
    """Award a level that is reached, or refuse; with reasons."""

    outcome = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        required=False,
        help_text=gettext_lazy("Only levels that the consensus reaches."),
    )
    reason = forms.CharField(label=gettext_lazy("Reasons"), widget=forms.Textarea(attrs=LONG))

    def __init__(self, scheme: Scheme, reached: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = level_choices(scheme, reached)
        words = dict(PanelReport.Outcome.choices)
        possible = [AWARD, REFUSE] if levels else [REFUSE]
        self.fields["outcome"].choices = [(one, words[one]) for one in possible]  # type: ignore[attr-defined] # a choice field
        if not levels:
            del self.fields["level"]
            self.fields["outcome"].help_text = _("The consensus reaches no level: nothing can be awarded.")
        else:
            self.fields["level"].choices = [("", "–"), *levels]  # type: ignore[attr-defined] # as above


class DeferForm(forms.Form):
    """The reasons of a deferral; its conditions are rows of their own."""

    reason = forms.CharField(label=gettext_lazy("Reasons"), widget=forms.Textarea(attrs=SHORT))


class ConditionForm(forms.Form):
    """One condition: what, whose, until when."""

    text = forms.CharField(
        label=gettext_lazy("What is to be done"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    indicator = forms.ChoiceField(label=gettext_lazy("About"), required=False, widget=LongSelect)
    owner = forms.CharField(label=gettext_lazy("Who does it"), required=False, max_length=150)
    due_on = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = indicator_choices(scheme)  # type: ignore[attr-defined] # a choice field


ConditionForms = forms.formset_factory(ConditionForm, extra=3, max_num=20)


class CorrectForm(forms.Form):
    """What the cluster did about a condition or finding, and which evidence shows it."""

    correction = forms.CharField(label=gettext_lazy("What was done"), widget=forms.Textarea(attrs=SHORT))
    evidence = forms.MultipleChoiceField(
        label=gettext_lazy("Evidence that shows it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, there: Sequence[Evidence], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.evidence_id, f"{one.evidence_id} {one.title}") for one in there]
        if choices:
            self.fields["evidence"].choices = choices  # type: ignore[attr-defined] # a choice field
        else:
            del self.fields["evidence"]


class CloseForm(forms.Form):
    """An expert's note on closing."""

    closing_note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

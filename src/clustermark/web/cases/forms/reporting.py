"""What experts and the cluster write about the report: words, findings, comments, answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clustermark.ground.texts import local
from clustermark.schemes.scheme import Scheme
from clustermark.web.cases.models import PanelReport
from clustermark.web.site.widgets import LongSelect

LONG = {"rows": 7}
SHORT = {"rows": 3}


def indicator_choices(scheme: Scheme) -> list[tuple[str, str]]:
    """Every indicator of the scheme, and first the report as a whole."""
    return [
        ("", _("the report as a whole")),
        *((one.code, f"{one.code} {local(one.title)}") for one in scheme.document.indicators),
    ]


def level_choices(scheme: Scheme, reached: Sequence[str]) -> list[tuple[str, str]]:
    """The levels that the consensus reaches, best first."""
    levels = [(one.level, local(one.title)) for one in scheme.document.levels if one.level in reached]
    return list(reversed(levels))


class ReportForm(forms.Form):
    """The panel's words and its recommendation; only levels that are reached can be chosen."""

    summary = forms.CharField(
        label=gettext_lazy("Summary"), required=False, widget=forms.Textarea(attrs=LONG)
    )
    strengths = forms.CharField(
        label=gettext_lazy("Strengths"), required=False, widget=forms.Textarea(attrs=LONG)
    )
    improvements = forms.CharField(
        label=gettext_lazy("What to improve"), required=False, widget=forms.Textarea(attrs=LONG)
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Recommendation"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        required=False,
        help_text=gettext_lazy("Only levels that the consensus reaches."),
    )
    recommendation = forms.CharField(
        label=gettext_lazy("Reasons of the recommendation"),
        required=False,
        widget=forms.Textarea(attrs=LONG),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, scheme: Scheme, reached: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = level_choices(scheme, reached)
        outcomes = [
            (value, label)
            for value, label in PanelReport.Outcome.choices
            if levels or value != PanelReport.Outcome.AWARD
        ]
        self.fields["outcome"].choices = [("", _("not yet")), *outcomes]  # type: ignore[attr-defined] # a choice field
        if not levels:
            del self.fields["level"]
            self.fields["outcome"].help_text = _(
                "The consensus reaches no level: no award can be recommended."
            )
        else:
            self.fields["level"].choices = [("", "–"), *levels]  # type: ignore[attr-defined] # as above


class AboutForm(forms.Form):
    """A text about one indicator or the whole."""

    indicator = forms.ChoiceField(label=gettext_lazy("About"), required=False, widget=LongSelect)
    text = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea(attrs=SHORT))

    def __init__(self, scheme: Scheme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = indicator_choices(scheme)  # type: ignore[attr-defined] # a choice field


class FindingForm(AboutForm):
    """A finding that the cluster must correct, with its term."""

    due_on = forms.DateField(
        label=gettext_lazy("To be corrected by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class AnswerForm(forms.Form):
    """The panel's answer to a comment."""

    answer = forms.CharField(label=gettext_lazy("Answer"), widget=forms.Textarea(attrs=SHORT))

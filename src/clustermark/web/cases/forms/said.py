"""What an expert, or the panel, says of one indicator: the same form for a rating and for the consensus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from clustermark.ground.texts import local
from clustermark.schemes.document import Indicator
from clustermark.web.cases.models.assessment import Said
from clustermark.web.cases.queries.panel_evidence import EvidenceShown

FOLLOWS, CORRECTED = "follows", "corrected"


class SaidValues(TypedDict):
    """What the verbs that record a rating or a consensus take."""

    rating: int | None
    value: Any
    follows_records: bool
    reason: str
    recommendation: str
    evidence: list[str]


class SaidForm(forms.Form):
    """A rating by the rubric, or for a measured indicator whether the records are right; reason, recommendation."""

    rating = forms.TypedChoiceField(
        label=_("Rating"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    answer = forms.ChoiceField(
        label=_("Value"),
        choices=[(FOLLOWS, _("The records are right")), (CORRECTED, _("The value is another"))],
        required=False,
        widget=forms.RadioSelect,
    )
    value = forms.DecimalField(label=_("Corrected value"), required=False, max_digits=15, decimal_places=4)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    recommendation = forms.CharField(
        label=_("Recommendation to the cluster"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.MultipleChoiceField(
        label=_("Evidence relied on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, indicator: Indicator, evidence: Sequence[EvidenceShown] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rating, chosen = self.fields["rating"], self.fields["evidence"]
        assert isinstance(rating, forms.ChoiceField)  # noqa: S101 - as declared above
        assert isinstance(chosen, forms.MultipleChoiceField)  # noqa: S101 - as declared above
        if indicator.rubric is None:
            del self.fields["rating"]
        else:
            rating.choices = [(step, local(words)) for step, words in enumerate(indicator.rubric)]
            del self.fields["answer"], self.fields["value"]
        own_first = sorted(evidence, key=lambda one: indicator.code not in one.indicators)
        chosen.choices = [(one.evidence_id, one.title) for one in own_first]

    def clean(self) -> dict[str, Any]:
        """A corrected value is typed, or the records are followed; a value alone is a correction."""
        data = super().clean() or {}
        if "answer" in self.fields:
            answer, value = data.get("answer"), data.get("value")
            if answer == CORRECTED and value is None and "value" not in self.errors:
                self.add_error("value", _("Write the value that is right."))
            if answer == FOLLOWS and value is not None:
                self.add_error("value", _("Either the records are followed or the value is corrected."))
        return data

    def values(self) -> SaidValues:
        """The typed values as verbs take them."""
        data = self.cleaned_data
        return SaidValues(
            rating=data.get("rating"),
            value=data.get("value"),
            follows_records=data.get("answer") == FOLLOWS,
            reason=data["reason"].strip(),
            recommendation=data["recommendation"].strip(),
            evidence=data["evidence"],
        )


def initial_of(said: Said | None) -> dict[str, Any]:
    """A row as the first values of the form."""
    if said is None:
        return {"version": 0}
    return {
        "rating": said.rating,
        "answer": FOLLOWS if said.follows_records else CORRECTED if said.value is not None else "",
        "value": None if said.value is None else said.value.normalize(),
        "reason": said.reason,
        "recommendation": said.recommendation,
        "evidence": said.evidence,
        "version": said.version,
    }

"""What to look for in the whole log."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from clustermark.web.cases.queries.log_search import LogSearch
from clustermark.web.log.words import every_act


class LogForm(forms.Form):
    """Any of them may be left out; a field that cannot be read counts as left out and says what is allowed."""

    about = forms.CharField(
        label=_("About"),
        required=False,
        max_length=200,
        widget=forms.SearchInput,
        help_text=_("A case, a certificate, a cluster or a person."),
    )
    who = forms.CharField(label=_("Done by"), required=False, max_length=200, widget=forms.SearchInput)
    act = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)  # type: ignore[arg-type] # what forms.Form takes
        acts = sorted(((act, str(words)) for act, words in every_act().items()), key=lambda one: one[1])
        self.fields["act"].choices = [("", _("all acts")), *acts]  # type: ignore[attr-defined] # a ChoiceField

    def search(self) -> LogSearch:
        """What was asked for, as far as it can be read."""
        self.is_valid()
        read = self.cleaned_data
        return LogSearch(
            about=read.get("about", "").strip(),
            who=read.get("who", "").strip(),
            act=read.get("act", ""),
            since=read.get("since"),
            until=read.get("until"),
        )

"""How a new case begins, as typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clustermark.ground.texts import local
from clustermark.web.cases.models import Case, SchemeEdition
from clustermark.web.cases.queries.schemes import scheme_of


class StartForm(forms.Form):
    """Scheme and level in one list (a level belongs to its scheme), the visit, the language, a case to start from."""

    aim = forms.ChoiceField(
        label=_("Scheme and level"),
        help_text=_(
            "The rules you are assessed by, and the level you ask for. "
            "Only versions that are open for applications are listed."
        ),
    )
    previous = forms.ChoiceField(
        label=_("Start from"),
        required=False,
        help_text=_("A renewal starts from the dossier of an earlier case and shows what you change."),
    )
    visit_form = forms.ChoiceField(label=_("Visit of the experts"), choices=Case.VisitForm.choices)
    language = forms.ChoiceField(label=_("Language of the dossier"), choices=settings.LANGUAGES)

    def __init__(
        self, editions: Iterable[SchemeEdition], decided: Iterable[Case], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.editions = {str(edition.pk): edition for edition in editions}
        self.decided = {str(case.reference): case for case in decided}
        self.fields["aim"].choices = [  # type: ignore[attr-defined] # the field has choices
            (
                f"{local(edition.title)} · {edition.version}",
                [
                    (f"{key}:{level.level}", local(level.title))
                    for level in scheme_of(edition).document.levels
                ],
            )
            for key, edition in self.editions.items()
        ]
        empty = ("", _("An empty dossier"))
        self.fields["previous"].choices = [  # type: ignore[attr-defined] # the field has choices
            empty,
            *[(key, f"{case.number} · {local(case.edition.title)}") for key, case in self.decided.items()],
        ]
        if not self.decided:
            del self.fields["previous"]

    def wanted(self) -> dict[str, Any]:
        """What is to be started, as the verb wants it."""
        said = self.cleaned_data
        edition, _colon, level = said["aim"].partition(":")
        return {
            "edition": self.editions[edition],
            "level": level,
            "visit_form": said["visit_form"],
            "language": said["language"],
            "previous": self.decided.get(said.get("previous", "")),
        }

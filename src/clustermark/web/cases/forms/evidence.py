"""Evidence as described by the one who adds it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from clustermark.dossiers.tables import TABLES
from clustermark.ground.texts import gettext, local
from clustermark.schemes.scheme import Scheme
from clustermark.web.cases.domain.evidence import About

KINDS = next(column.choices for column in TABLES["evidence"].columns if column.name == "kind")


def kinds() -> list[tuple[str, str]]:
    """The kinds of evidence, each with its title in the reader's language."""
    return [(kind, gettext(title)) for kind, title in KINDS.items()]


class ManyFilesInput(forms.ClearableFileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each file, checked like a single one."""
        single = super().clean
        files = data if isinstance(data, list | tuple) else [data]
        return [single(one, initial) for one in files]


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, help_text=help_text, widget=widget)


class AboutForm(forms.Form):
    """What is said of a piece of evidence."""

    title = forms.CharField(label=_("Title"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=kinds)
    own_date = _day(_("Date of the document"), _("The date that the document itself bears."))
    received_on = _day(_("Received on"), _("When it reached you; today where nothing is said."))
    page = forms.CharField(
        label=_("Where to look"), max_length=120, required=False, help_text=_("For example: pages 2–4.")
    )
    indicators = forms.MultipleChoiceField(
        label=_("Indicators it proves"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, scheme: Scheme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicators"].choices = [  # type: ignore[attr-defined] # the field has choices
            (one.code, f"{one.code} {local(one.title)}") for one in scheme.document.indicators
        ]

    def about(self) -> About:
        """What is said, as the verb wants it."""
        said = self.cleaned_data
        return About(
            title=said["title"],
            kind=said["kind"],
            own_date=said["own_date"],
            received_on=said["received_on"],
            page=said["page"],
            indicators=tuple(said["indicators"]),
        )


class UploadForm(AboutForm):
    """Several files with what is said of all of them; without a title each is called by its name."""

    upload = ManyFilesField(
        label=_("Files"), help_text=_("Several at once; each becomes a piece of evidence of its own.")
    )
    field_order = ("upload",)

    def __init__(self, scheme: Scheme, *args: Any, **kwargs: Any) -> None:
        super().__init__(scheme, *args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Left empty, each file is called by its name.")

    def about_file(self, file: UploadedFile[Any]) -> About:
        """What is said of one of the files."""
        about = self.about()
        title = about.title.strip() or PurePath(file.name or "file").stem.replace("_", " ").replace("-", " ")
        many = len(self.cleaned_data["upload"]) > 1
        return About(
            title=f"{about.title.strip()}: {file.name}"[:300]
            if many and about.title.strip()
            else title[:300],
            kind=about.kind,
            own_date=about.own_date,
            received_on=about.received_on,
            page=about.page,
            indicators=about.indicators,
        )

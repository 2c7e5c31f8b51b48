"""Schemes for the secretariat: published editions, publishing a shipped one or a file, what differs between two."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import Language, local
from clustermark.schemes.diff import Difference, compare
from clustermark.schemes.scheme import Scheme, shipped
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.publishing import publish_scheme
from clustermark.web.cases.models import SchemeEdition
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.views.office import for_office
from clustermark.web.site.numbers import whole_number

LARGEST = 4 * 1024 * 1024
"""Bytes of the largest scheme file that is taken."""


class UploadForm(forms.Form):
    """A scheme file."""

    file = forms.FileField(
        label=gettext_lazy("Scheme file"),
        help_text=gettext_lazy("YAML, or Excel as `clustermark scheme export` writes it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, when it is not too large and named as one of the two kinds."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 4 MB."))
        if Path(file.name or "").suffix.lower() not in (".yaml", ".yml", ".xlsx"):
            raise forms.ValidationError(_("A scheme is a file in YAML (.yaml) or Excel (.xlsx)."))
        return file


@login_required
def schemes(request: HttpRequest) -> HttpResponse:
    """Every edition; with POST, publish a shipped scheme or an uploaded file."""
    by = for_office(request, "scheme.manage")
    form = UploadForm()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        try:
            edition = _published(request, by, form)
        except ProblemsError as error:
            problems = error.problems
        else:
            if edition is not None:
                words = _("{scheme} {version} is published and open for applications.")
                messages.success(request, words.format(scheme=edition.scheme, version=edition.version))
                return redirect("schemes")
    editions = list(SchemeEdition.objects.order_by("scheme", "-published_at"))
    known = {edition.digest for edition in editions}
    context = {
        "editions": editions,
        "shipped": [
            (name, local(title), version)
            for name, title, version, digest in _shipped()
            if digest not in known
        ],
        "form": form,
        "problems": problems,
    }
    return render(
        request, "cases/office/schemes.html", context, status=422 if request.method == "POST" else 200
    )


@lru_cache(maxsize=1)
def _shipped() -> list[tuple[str, Mapping[Language, str], str, str]]:
    """Id, title, version and digest of the schemes that come along; they are loaded once."""
    found = [Scheme.load(name) for name in shipped()]
    return [(one.id, one.document.title, one.document.version, one.digest) for one in found]


def _published(request: HttpRequest, by: Person, form: UploadForm) -> SchemeEdition | None:
    """The edition that was asked for; None where the form must be mended."""
    name = request.POST.get("shipped", "")
    if name in shipped():
        return publish_scheme(name=name, by=by)
    if not form.is_valid():
        return None
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory() as folder:
        return publish_scheme(name=_as_yaml(file, Path(folder)), by=by)


def _as_yaml(file: UploadedFile[bytes], folder: Path) -> Path:
    """The upload as a YAML file in `folder`; a workbook is read and written as YAML. Raises ProblemsError."""
    path = folder / f"scheme{Path(file.name or '').suffix.lower()}"
    path.write_bytes(file.read())
    if path.suffix == ".xlsx":
        from clustermark.schemes.workbook.reading import load_workbook_scheme  # noqa: PLC0415 - loads openpyxl
        from clustermark.schemes.writing import scheme_yaml  # noqa: PLC0415 - as above

        text = scheme_yaml(load_workbook_scheme(path).stated)
        path = folder / "scheme.yaml"
        path.write_text(text, encoding="utf-8")
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        message = _("The file is not text in UTF-8.")
        raise ProblemsError([Problem("scheme-encoding", message, Place(file.name or "scheme"))]) from None
    return path


@login_required
def compare_editions(request: HttpRequest) -> HttpResponse:
    """What differs between two editions, in words."""
    for_office(request, "scheme.manage")
    numbers = [request.GET.get(name, "") for name in ("old", "new")]
    old, new = (get_object_or_404(SchemeEdition, pk=whole_number(number)) for number in numbers)
    groups: dict[str, list[Difference]] = {}
    for one in compare(scheme_of(old).document, scheme_of(new).document):
        groups.setdefault(one.group, []).append(one)
    context = {"old": old, "new": new, "groups": groups}
    return render(request, "cases/office/schemes_compare.html", context)

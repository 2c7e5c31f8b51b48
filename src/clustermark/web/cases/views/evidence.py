"""Evidence of a dossier: the list, several files added at once, what is said of each, and the file itself."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clustermark.ground.problems import ProblemsError
from clustermark.web.cases.domain.evidence import (
    add_evidence,
    change_evidence,
    permission_to_add,
    remove_evidence,
)
from clustermark.web.cases.forms.evidence import AboutForm, UploadForm
from clustermark.web.cases.models import Evidence
from clustermark.web.cases.queries.standing import DossierShown
from clustermark.web.cases.views.dossier import context_of, dossier_page
from clustermark.web.cases.views.page import CasePage, problems_in
from clustermark.web.cases.views.typed import keeps_typed, typed_before
from clustermark.web.files.domain.storing import store_upload, too_large
from clustermark.web.files.limits import evidence_limits
from clustermark.web.files.models import StoredFile
from clustermark.web.files.serving import serve
from clustermark.web.files.types import PDF, SHOWN

PIECES_A_PAGE = 50


@keeps_typed
def evidence(request: HttpRequest, reference: uuid.UUID) -> HttpResponseBase:
    """The evidence of the dossier; with POST files are added to it."""
    page, shown = dossier_page(request, reference)
    permission = permission_to_add(page.case)
    form = UploadForm(page.scheme, initial={"indicators": request.GET.getlist("indicator"), "kind": "report"})
    if request.method == "POST":
        page.require(permission)
        form = UploadForm(page.scheme, request.POST, request.FILES)
        added = _add(page, form) if form.is_valid() else 0
        if request.headers.get("Accept", "").startswith("application/json"):
            errors = [str(error) for errors in form.errors.values() for error in errors]
            answer = {"added": added, "errors": errors, "refused": set(form.errors) == {"upload"}}
            return JsonResponse(answer, status=422 if errors else 200)
        if added:
            words = ngettext("{n} file added.", "{n} files added.", added).format(n=added)
            messages.success(request, words)
            if not form.errors:
                return redirect("evidence", reference)
            page, shown = dossier_page(request, reference)
    may_add = page.may(permission)
    context = context_of(
        page,
        shown,
        "evidence",
        pages=Paginator(shown.evidence, PIECES_A_PAGE).get_page(request.GET.get("page")),
        form=form,
        largest=evidence_limits().size,
        too_large=too_large(evidence_limits()),
        may_add=may_add,
        may_open=page.may("evidence.open"),
        editing=page.extra["editable"],
    )
    return render(request, "cases/dossier/evidence.html", context, status=422 if form.errors else 200)


def _add(page: CasePage, form: UploadForm) -> int:
    """Add each file; those that are refused are named in the form, the others are kept."""
    added = 0
    for file in form.cleaned_data["upload"]:
        try:
            add_evidence(
                case=page.case,
                file=store_upload(file, limits=evidence_limits(), name=file.name or ""),
                name=file.name or "file",
                about=form.about_file(file),
                by=page.by,
            )
            added += 1
        except ProblemsError as error:
            for problem in error.problems:
                form.add_error("upload", f"{file.name}: {problem.message}")
    return added


@keeps_typed
def evidence_edit(request: HttpRequest, reference: uuid.UUID, evidence_id: str) -> HttpResponseBase:
    """What is said of one piece of evidence; it can be changed and removed while the dossier is edited."""
    page, shown = dossier_page(request, reference, "dossier.edit")
    row = get_object_or_404(
        Evidence.objects.select_related("case", "file"), case=page.case, evidence_id=evidence_id
    )
    if request.method == "POST" and "remove" in request.POST:
        remove_evidence(evidence=row, by=page.by)
        messages.success(request, _("{name} was removed.").format(name=row.name))
        return redirect("evidence", reference)
    form = AboutForm(page.scheme, request.POST or typed_before(request), initial=_said(row))
    if request.method == "POST" and form.is_valid():
        with problems_in(page, form):
            change_evidence(evidence=row, about=form.about(), by=page.by)
            messages.success(request, _("Saved."))
            return redirect("evidence", reference)
    context = context_of(page, shown, "evidence", evidence=row, form=form)
    return render(request, "cases/dossier/evidence_edit.html", context, status=422 if form.errors else 200)


def _said(row: Evidence) -> dict[str, Any]:
    names = ("title", "kind", "own_date", "received_on", "page", "indicators")
    return {name: getattr(row, name) for name in names}


@login_required
def evidence_open(request: HttpRequest, reference: uuid.UUID, evidence_id: str) -> HttpResponse:
    """A piece of evidence in the page: shown where that is safe, else as a download; and what is said of it."""
    page, shown = dossier_page(request, reference, "evidence.open")
    found = _found(shown, evidence_id)
    stored = get_object_or_404(StoredFile, sha256=found.file_id)
    titles = {one.code: one for one in page.scheme.document.indicators}
    context = context_of(
        page,
        shown,
        "evidence",
        evidence=found,
        stored=stored,
        kind=_kind(stored.media_type),
        file_url=reverse("evidence-file", args=[reference, evidence_id]),
        indicators=[titles[code] for code in found.indicators if code in titles],
    )
    return render(request, "cases/dossier/evidence_open.html", context)


@login_required
def evidence_file(request: HttpRequest, reference: uuid.UUID, evidence_id: str) -> HttpResponseBase:
    """The bytes of a piece of evidence of the dossier that the one who asks may see."""
    _page, shown = dossier_page(request, reference, "evidence.open")
    found = _found(shown, evidence_id)
    stored = get_object_or_404(StoredFile, sha256=found.file_id)
    name = PurePath(found.name).name
    return serve(stored, name, download="download" in request.GET)


def _found(shown: DossierShown, evidence_id: str) -> Evidence:
    for one in shown.evidence:
        if one.evidence_id == evidence_id:
            return one
    raise Http404


def _kind(media_type: str) -> str:
    """How the page shows a file: in a frame, as a picture, or not."""
    if media_type == PDF:
        return "frame"
    return "picture" if media_type in SHOWN else ""

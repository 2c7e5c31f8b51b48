"""The dossier as a file: out as workbook or zip, in again with a preview of every change before it is taken."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path
from typing import IO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clustermark.dossiers.workbook_writing import write_workbook
from clustermark.dossiers.writing import write_zip
from clustermark.ground.exact import digest
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.domain.importing import take_content
from clustermark.web.cases.domain.uploading import Uploaded, read_upload, uploaded
from clustermark.web.cases.forms.exchange import DossierFileForm
from clustermark.web.cases.queries.changes import changes_between
from clustermark.web.cases.queries.dossiers import raw_of, working_content
from clustermark.web.cases.views.dossier import context_of, dossier_page
from clustermark.web.cases.views.page import CasePage, problems_in


@login_required
def dossier_out(request: HttpRequest, reference: uuid.UUID, form: str) -> FileResponse:
    """The dossier as the one who asks may see it: a workbook with drop-downs, or a zip with the evidence."""
    page, shown = dossier_page(request, reference)
    raw = raw_of(shown.content, name=str(page.case))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"dossier.{form}"
        if form == "xlsx":
            write_workbook(raw, path, "evidence")
        else:
            write_zip(raw, path)
        # the open file outlives its folder and is closed with the response
        data: IO[bytes] = path.open("rb")
    name = f"dossier-{page.case.number or page.case.cluster.name}.{form}"
    return FileResponse(data, as_attachment=True, filename=name)


@login_required
def dossier_in(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Files out and in; with POST an upload is read and its changes are shown, nothing is taken yet."""
    page, shown = dossier_page(request, reference)
    form = DossierFileForm()
    if request.method == "POST":
        page.require("dossier.edit")
        form = DossierFileForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            with problems_in(page):
                kept = read_upload(case=page.case, file=file, name=file.name)
                request.session[_key(page)] = kept.sha256
                return redirect("dossier-preview", reference)
    context = context_of(page, shown, "exchange", form=form)
    status = 422 if form.errors or page.problems else 200
    return render(request, "cases/dossier/exchange.html", context, status=status)


@login_required
def dossier_preview(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Every change that the upload would make; with POST it is taken, if nothing else was saved meanwhile."""
    page, shown = dossier_page(request, reference, "dossier.edit")
    upload = _upload(request, page)
    now = working_content(page.case)
    if request.method == "POST":
        if "drop" in request.POST:
            del request.session[_key(page)]
            messages.info(request, _("Nothing was taken."))
            return redirect("dossier-exchange", reference)
        try:
            with problems_in(page):
                over = request.POST.get("over", "")
                take_content(case=page.case, content=upload.content, by=page.by, over=over)
                del request.session[_key(page)]
                messages.success(
                    request, _("The dossier was taken over from {name}.").format(name=upload.name)
                )
                return redirect("dossier", reference)
        except Conflict:
            messages.warning(
                request,
                _("Somebody saved meanwhile; these are the changes against the dossier as it is now."),
            )
            return redirect("dossier-preview", reference)
    context = context_of(
        page,
        shown,
        "exchange",
        upload=upload,
        changes=changes_between(now, upload.content),
        over=digest(now),
    )
    return render(request, "cases/dossier/preview.html", context, status=422 if page.problems else 200)


def _key(page: CasePage) -> str:
    return f"upload:{page.case.reference}"


def _upload(request: HttpRequest, page: CasePage) -> Uploaded:
    sha256 = request.session.get(_key(page))
    if sha256 is None:
        raise Http404
    try:
        return uploaded(sha256)
    except FileNotFoundError:
        raise Http404 from None

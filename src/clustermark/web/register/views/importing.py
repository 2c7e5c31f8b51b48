"""Old lists: a dry run that shows everything, then what the secretariat chose is entered."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from clustermark.ground.problems import ProblemsError
from clustermark.register.entries import Mark
from clustermark.register.importing import Import, read_list
from clustermark.web.files.domain.storing import store_upload
from clustermark.web.files.limits import evidence_limits
from clustermark.web.files.models import StoredFile
from clustermark.web.files.store import BlobStore
from clustermark.web.register.domain.importing import ACTION, enter_list
from clustermark.web.register.forms.office import ListForm
from clustermark.web.register.queries.whole import whole_register
from clustermark.web.register.views.office import office_person, problems_on
from clustermark.web.site.numbers import whole_number

SHOWN = 200


@login_required
def import_list(request: HttpRequest) -> HttpResponse:
    """Take a list and show what it would enter; nothing is entered yet."""
    office_person(request, ACTION)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            upload = form.cleaned_data["file"]
            kind = "xlsx" if upload.name.lower().endswith(".xlsx") else "csv"
            stored = store_upload(upload, limits=evidence_limits())
            dry_run(stored, kind, form.cleaned_data["mark"])
            return redirect("office-import-list", stored.sha256, kind, form.cleaned_data["mark"])
    return render(request, "register/office/import.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def import_rows(request: HttpRequest, sha256: str, kind: str, mark: Mark) -> HttpResponse:
    """The dry run; with POST, the rows are entered but for the duplicates that were not chosen."""
    by = office_person(request, ACTION)
    stored = get_object_or_404(StoredFile, sha256=sha256)
    found = dry_run(stored, kind, mark)
    doubtful = {duplicate.row for duplicate in found.duplicates}
    problems: list[str] = []
    if request.method == "POST":
        kept = {whole_number(row) for row in request.POST.getlist("keep")}
        try:
            found.problems.raise_errors()
            done = enter_list(
                certificates=found.certificates, skipped=doubtful - kept, file=found.file, by=by
            )
        except ProblemsError as error:
            problems = [f"{problem.message} {problem.found or ''}".strip() for problem in error.problems]
        else:
            messages.success(request, _("Certificates entered: %(n)s.") % {"n": done.certificates})
            return redirect("register")
    context = {
        "found": found,
        "rows": list(found.certificates.items())[:SHOWN],
        "count": len(found.certificates),
        "certain": len(found.certificates) - len(doubtful),
        "errors": found.problems.errors[:SHOWN],
        "warnings": [one for one in found.problems.problems if one.severity == "warning"][:SHOWN],
        "problems": problems[:SHOWN],
    }
    return render(request, "register/office/import_rows.html", context, status=422 if problems else 200)


def dry_run(stored: StoredFile, kind: str, mark: Mark) -> Import:
    """What the list would enter. Raises ProblemsError for a file that cannot be read at all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{kind}"
        with BlobStore().open(stored.sha256) as data:
            path.write_bytes(data.read())
        return read_list(path, into=whole_register(), mark=mark)

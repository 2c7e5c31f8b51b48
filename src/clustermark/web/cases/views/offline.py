"""Offline: one file to take along, and the sheet back in with a preview of every change before it is taken."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clustermark.ground.problems import ProblemList
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.domain.taking import take_ratings
from clustermark.web.cases.forms.offline import SheetForm
from clustermark.web.cases.offline.comparing import Change, changes_of
from clustermark.web.cases.offline.package import write_package
from clustermark.web.cases.offline.reading import read_sheet
from clustermark.web.cases.offline.sheet import SheetRow, answer_of_plain
from clustermark.web.cases.queries.dossiers import content_for_panel
from clustermark.web.cases.queries.panel_evidence import evidence_of
from clustermark.web.cases.queries.workspace import Item, items_of, own_seat
from clustermark.web.cases.views.page import CasePage, case_page, problems_in

SALT = "clustermark.offline"
PREVIEW_AGE = 12 * 60 * 60


@login_required
def offline_package(request: HttpRequest, reference: uuid.UUID) -> FileResponse:
    """Dossier, evidence and my rating sheet as one file."""
    page = case_page(request, reference, "rating.view_own", tab="work")
    items = items_of(page.case, own_seat(page.case, page.by))
    file = write_package(page.case, items)
    return FileResponse(file, as_attachment=True, filename=f"{page.case}.zip", content_type="application/zip")


@login_required
def offline(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Take the file along, or bring the sheet back: the preview of every change."""
    page = case_page(request, reference, "rating.view_own", tab="work")
    form = SheetForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    changes: list[Change] | None = None
    sheet = ""
    if request.method == "POST":
        page.require("rating.edit")
        items = items_of(page.case, own_seat(page.case, page.by))
        if "sheet" in request.POST:
            return _take(request, page, items)
        if form.is_valid():
            problems = ProblemList()
            rows = _read(page, form, problems)
            page.problems = problems.errors
            if not problems.errors:
                changes, sheet = changes_of(rows, items), _signed(page, rows)
    return _shown(request, page, form, changes, sheet)


def _shown(
    request: HttpRequest, page: CasePage, form: SheetForm, changes: Sequence[Change] | None, sheet: str
) -> HttpResponse:
    context = {
        "page": page,
        "case": page.case,
        "form": form,
        "changes": changes,
        "conflicts": sum(one.conflict for one in changes or []),
        "sheet": sheet,
        "may_edit": page.may("rating.edit"),
    }
    wrong = bool(page.problems) or (form.is_bound and bool(form.errors))
    return render(request, "cases/offline.html", context, status=422 if wrong else 200)


def _read(page: CasePage, form: SheetForm, problems: ProblemList) -> list[SheetRow]:
    file = form.cleaned_data["file"]
    evidence = [one.evidence_id for one in evidence_of(content_for_panel(page.case))]
    return read_sheet(
        file,
        file.name or "ratings.xlsx",
        indicators=page.scheme.document.indicators,
        evidence=evidence,
        problems=problems,
    )


def _signed(page: CasePage, rows: Sequence[SheetRow]) -> str:
    """The rows that were read, to come back with the confirmation: nothing is kept between the two requests."""
    plain = [[row.code, row.number, row.answer.plain(), row.version, row.base] for row in rows if row.edited]
    return signing.dumps([str(page.case.reference), page.by.user.pk, plain], salt=SALT, compress=True)


def _take(request: HttpRequest, page: CasePage, items: Sequence[Item]) -> HttpResponse:
    """Take the chosen changes. What was saved since the preview is shown again as a conflict."""
    try:
        case, who, plain = signing.loads(request.POST["sheet"], salt=SALT, max_age=PREVIEW_AGE)
    except signing.BadSignature:
        case, who, plain = "", None, []
    if case != str(page.case.reference) or who != page.by.user.pk:
        messages.error(request, _("This preview is too old. Bring the sheet again."))
        return redirect("offline", page.case.reference)
    rows = [
        SheetRow(code, row, answer_of_plain(answer), seen, base) for code, row, answer, seen, base in plain
    ]
    changes = changes_of(rows, items)
    chosen = [one for one in changes if _wanted(request, one)]
    open_ = [one for one in changes if one.conflict and f"keep-{one.code}" not in request.POST]
    if not open_:
        form = SheetForm()
        try:
            with problems_in(page):
                taken = take_ratings(case=page.case, changes=chosen, by=page.by)
                words = ngettext("{n} rating taken.", "{n} ratings taken.", taken).format(n=taken)
                messages.success(request, words)
                return redirect("work", page.case.reference)
        except Conflict:
            changes = changes_of(rows, items_of(page.case, own_seat(page.case, page.by)))
        return _shown(request, page, form, changes, request.POST["sheet"])
    messages.error(request, _("Choose for each conflict which version stays."))
    return _shown(request, page, SheetForm(), changes, request.POST["sheet"])


def _wanted(request: HttpRequest, change: Change) -> bool:
    """Whether this change is taken: a plain one always, one in conflict when its version was chosen."""
    return not change.conflict or request.POST.get(f"keep-{change.code}") == "sheet"

"""A file of evidence, for those who may open it: PDF and pictures in the page, everything else as a download."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest

from clustermark.web.cases.queries.dossiers import content_for_panel, working_content
from clustermark.web.cases.queries.panel_evidence import EvidenceShown, evidence_of
from clustermark.web.cases.views.page import CasePage, case_page
from clustermark.web.files.models import StoredFile
from clustermark.web.files.serving import serve


@login_required
def evidence_file(request: HttpRequest, reference: uuid.UUID, evidence_id: str) -> FileResponse:
    """The bytes of one piece of evidence."""
    page = case_page(request, reference, "evidence.open")
    found = next((one for one in _evidence(page) if one.evidence_id == evidence_id), None)
    stored = None if found is None else StoredFile.objects.filter(sha256=found.sha256).first()
    if found is None or stored is None:
        raise Http404
    return serve(stored, found.file)


def _evidence(page: CasePage) -> list[EvidenceShown]:
    before = page.case.state in ("draft", "returned")
    return evidence_of(working_content(page.case) if before else content_for_panel(page.case))

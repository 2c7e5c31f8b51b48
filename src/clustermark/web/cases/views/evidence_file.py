"""A file of evidence, for those who may open it: PDF and pictures in the page, everything else as a download."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin

from clustermark.web.cases.queries.dossiers import content_for_panel, working_content
from clustermark.web.cases.queries.panel_evidence import EvidenceShown, evidence_of
from clustermark.web.cases.views.page import CasePage, case_page
from clustermark.web.files.store import CHUNK, open_blob


@login_required
@xframe_options_sameorigin
@csp_replace({"default-src": [NONE], "style-src": ["'unsafe-inline'"], "img-src": [SELF], "frame-ancestors": [SELF]})
def evidence_file(
    request: HttpRequest, reference: uuid.UUID, evidence_id: str  # noqa: ARG001 - Django hands it over
) -> StreamingHttpResponse:
    """The bytes of one piece of evidence."""
    page = case_page(request, reference, "evidence.open")
    found = next((one for one in _evidence(page) if one.evidence_id == evidence_id), None)
    if found is None:
        raise Http404
    inline = found.shown_as != "download"
    response = StreamingHttpResponse(
        _chunks(found.sha256), content_type=found.media_type if inline else "application/octet-stream"
    )
    response["Content-Disposition"] = content_disposition_header(not inline, found.file) or "attachment"
    response["Content-Length"] = str(found.size)
    return response


def _evidence(page: CasePage) -> list[EvidenceShown]:
    before = page.case.state in ("draft", "returned")
    return evidence_of(working_content(page.case) if before else content_for_panel(page.case))


def _chunks(sha256: str) -> Iterator[bytes]:
    with open_blob(sha256) as data:
        while chunk := data.read(CHUNK):
            yield chunk

"""A stored file goes out: shown where that is safe, else as a download; never as a page of ours."""

from __future__ import annotations

from django.http import FileResponse

from clustermark.web.files.models import StoredFile
from clustermark.web.files.names import disposition
from clustermark.web.files.store import BlobStore
from clustermark.web.files.types import PDF, SHOWN, UNKNOWN


def serve(file: StoredFile, name: str, *, download: bool = False) -> FileResponse:
    """The response with the file's bytes. Whoever calls has asked the policy.

    PDFs and raster pictures are shown, where nothing else is loaded and our own pages may frame them; pictures in a
    sandbox besides (browsers refuse to show a PDF in one: their viewer has a process of its own). Everything else is
    a download whose type tells the browser nothing to try.
    """
    inline = file.media_type in SHOWN and not download
    response = FileResponse(
        BlobStore().open(file.sha256), content_type=file.media_type if inline else UNKNOWN
    )
    response.headers["Content-Disposition"] = disposition(name, inline=inline)
    response.headers["Content-Length"] = str(file.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    sandbox = "" if inline and file.media_type == PDF else "sandbox; "
    response.headers["Content-Security-Policy"] = f"{sandbox}default-src 'none'; frame-ancestors 'self'"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["ETag"] = f'"{file.sha256}"'
    return response

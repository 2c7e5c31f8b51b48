"""An upload becomes a stored file: streamed, hashed, looked at, scanned, kept."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path, PurePath
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import number
from clustermark.web.files.limits import Limits
from clustermark.web.files.models import StoredFile
from clustermark.web.files.scanner import refuses
from clustermark.web.files.store import BlobStore
from clustermark.web.files.types import DOCUMENTS, TooBigError, is_markup, type_of

BLOCK = 1 << 20


def store_upload(
    file: UploadedFile[bytes] | IO[bytes], *, limits: Limits, name: str = "", store: BlobStore | None = None
) -> StoredFile:
    """Keep the file and return its row; the same bytes give the same row.

    The bytes are on disk before the row is written, so a row never points at nothing. Raises ProblemsError for a
    file that is empty, too large, an archive beyond the limits, a web page under the `name` of a document, or refused
    by the scanner; then nothing is kept.
    """
    blobs = store or BlobStore()
    draft = blobs.draft()
    try:
        sha256, size = _copy(file, draft, limits)
        if not size:
            raise _refused("file-empty", _("The file is empty."))
        with draft.open("rb") as written:
            if is_markup(written) and PurePath(name).suffix.lower() in DOCUMENTS:
                message = _("By its name this is a document, but it is a web page. Save the document itself.")
                raise _refused("file-misnamed", message, found=name)
            try:
                media_type = type_of(written, limits=limits)
            except TooBigError:
                raise _refused("file-bomb", _("Unpacked, this file would be far too large.")) from None
        if refuses(draft):
            raise _refused("file-scanner", _("The scanner refused this file."))
        blobs.keep(draft, sha256)
    finally:
        draft.unlink(missing_ok=True)
    row, _made = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": media_type}
    )
    return row


def too_large(limits: Limits) -> str:
    """What is said of a file that is larger than the limit."""
    return _("The file is larger than {n} megabytes.").format(n=number(limits.size // (1024 * 1024)))


def _copy(file: UploadedFile[bytes] | IO[bytes], draft: Path, limits: Limits) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    with draft.open("wb") as target:
        while block := file.read(BLOCK):
            size += len(block)
            if size > limits.size:
                raise _refused("file-large", too_large(limits), allowed=str(limits.size))
            digest.update(block)
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest(), size


def _refused(
    code: str, message: str, *, found: str | None = None, allowed: str | None = None
) -> ProblemsError:
    return ProblemsError(
        [Problem(code, message, Place("upload", field="file"), found=found, allowed=allowed)]
    )

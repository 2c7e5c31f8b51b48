"""The store of evidence: bytes under their SHA-256, through Django's storage, so a disk or S3."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager
from typing import IO, cast

from django.core.files.base import File
from django.core.files.storage import storages

from clustermark.web.files.models import StoredFile

CHUNK = 1 << 20


def blob_name(sha256: str) -> str:
    """Where the bytes with this digest lie."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def open_blob(sha256: str) -> AbstractContextManager[IO[bytes]]:
    """The bytes with this digest, open for reading; raises FileNotFoundError when they are not there."""
    return cast("AbstractContextManager[IO[bytes]]", storages["evidence"].open(blob_name(sha256), "rb"))


def keep(data: IO[bytes], *, media_type: str) -> StoredFile:
    """Keep the bytes of an open, seekable file; the same bytes are kept once."""
    hashed, size = hashlib.sha256(), 0
    data.seek(0)
    while chunk := data.read(CHUNK):
        hashed.update(chunk)
        size += len(chunk)
    sha256 = hashed.hexdigest()
    storage = storages["evidence"]
    if not storage.exists(blob_name(sha256)):
        data.seek(0)
        storage.save(blob_name(sha256), File(data))
    stored, _new = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": media_type}
    )
    return stored

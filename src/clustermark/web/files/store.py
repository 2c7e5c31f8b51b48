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
    sha256, size = _digest(data)
    storage = storages["evidence"]
    name = blob_name(sha256)
    if storage.exists(name) and not StoredFile.objects.filter(sha256=sha256).exists():
        # the row comes last: without it, somebody may have been stopped in the middle of writing
        with storage.open(name, "rb") as there:
            whole = _digest(there)[0] == sha256
        if not whole:
            storage.delete(name)
    if not storage.exists(name):
        data.seek(0)
        storage.save(name, File(data))
    stored, _new = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": media_type}
    )
    return stored


def _digest(data: IO[bytes]) -> tuple[str, int]:
    hashed, size = hashlib.sha256(), 0
    data.seek(0)
    while chunk := data.read(CHUNK):
        hashed.update(chunk)
        size += len(chunk)
    return hashed.hexdigest(), size

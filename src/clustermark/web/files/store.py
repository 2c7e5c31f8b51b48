"""Where the bytes lie: under their SHA-256, on disk or in a bucket (`STORAGES["evidence"]`)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages


class BlobStore:
    """Bytes by their digest. What is there is never written again; what is half written is never seen.

    `within` is a folder of the storage for what is not evidence.
    """

    def __init__(self, storage: Storage | None = None, *, within: str = "") -> None:
        self.storage = storage or storages["evidence"]
        self.within = within

    @staticmethod
    def place(sha256: str) -> str:
        """The folders and the name of these bytes, spread over 65,536 folders."""
        return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def name(self, sha256: str) -> str:
        """Where these bytes lie in the storage."""
        return self.within + self.place(sha256)

    def has(self, sha256: str) -> bool:
        """Whether these bytes are kept."""
        return self.storage.exists(self.name(sha256))

    def draft(self) -> Path:
        """A new empty file to write into before its digest is known; on the same disk as the store if that is one."""
        folder = None
        if isinstance(self.storage, FileSystemStorage):
            folder = Path(self.storage.location) / "drafts"
            folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix="draft-")
        os.close(handle)
        return Path(name)

    def keep(self, draft: Path, sha256: str) -> None:
        """Take over a finished draft, whose bytes have been forced to disk, in one step."""
        if self.has(sha256):
            draft.unlink()
        elif isinstance(self.storage, FileSystemStorage):
            target = Path(self.storage.path(self.name(sha256)))
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.chmod(0o440)
            draft.replace(target)
            _force(target.parent)
        else:
            with draft.open("rb") as file:
                self.storage.save(self.name(sha256), File(file))
            draft.unlink()

    def open(self, sha256: str) -> IO[bytes]:
        """The bytes, to read. Raises FileNotFoundError where they are not kept."""
        return self.storage.open(self.name(sha256), "rb")

    def remove(self, sha256: str) -> None:
        """Remove these bytes, if they are kept. Whoever calls has made sure that nothing names them."""
        self.storage.delete(self.name(sha256))


def _force(folder: Path) -> None:
    """Force a folder's entries to disk, so that a rename survives a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

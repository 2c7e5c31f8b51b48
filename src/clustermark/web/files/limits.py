"""How much is taken."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Limits:
    """`size` in bytes; an office file is an archive: at most so many entries, of so many bytes unpacked in all."""

    size: int
    archive_entries: int = 10_000
    archive_size: int = 500 * 1024 * 1024


def evidence_limits() -> Limits:
    """The limits of evidence."""
    return Limits(size=settings.EVIDENCE_LARGEST)

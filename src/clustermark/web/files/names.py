"""Names of files as people gave them, made harmless."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

LONGEST = 150
_BAD = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]')


def safe_name(name: str) -> str:
    """The last part of a path without control, direction and reserved characters, at most 150 long; never empty.

    >>> safe_name("../../etc/passwd")
    'passwd'
    >>> safe_name("C:\\\\files\\\\plan.pdf")
    'plan.pdf'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = _BAD.sub("", last).strip(" .")
    if len(clean) > LONGEST:
        stem, dot, ending = clean.rpartition(".")
        clean = (
            stem[: LONGEST - len(ending) - 1] + dot + ending if dot and len(ending) < 10 else clean[:LONGEST]
        )
    return clean or "file"


def disposition(name: str, *, inline: bool) -> str:
    """The value of Content-Disposition (RFC 6266) with the name in UTF-8 (RFC 8187) and a plain one for the old."""
    clean = safe_name(name)
    plain = unicodedata.normalize("NFKD", clean).encode("ascii", "ignore").decode().replace("%", "")
    plain = plain.strip() or "file"
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"

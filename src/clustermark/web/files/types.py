"""What a file is, by its content: never by its name or by what a browser says."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import IO

from clustermark.ground.foreign import ForeignError, reading
from clustermark.web.files.limits import Limits

UNKNOWN = "application/octet-stream"
PDF = "application/pdf"
SHOWN = frozenset({PDF, "image/png", "image/jpeg", "image/webp", "image/gif"})
"""Types that a browser may show inside a page; everything else is a download."""
DOCUMENTS = frozenset(
    [".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"]
)
"""Endings of names that promise a document or a picture."""
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PARTS = {
    "word/document.xml": _OFFICE + "wordprocessingml.document",
    "xl/workbook.xml": _OFFICE + "spreadsheetml.sheet",
    "ppt/presentation.xml": _OFFICE + "presentationml.presentation",
}
_OPEN = "application/vnd.oasis.opendocument."
_HEADERS = (
    b"received:",
    b"from:",
    b"return-path:",
    b"message-id:",
    b"mime-version:",
    b"delivered-to:",
    b"date:",
)
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<iframe", b"<?php")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")


@dataclass(eq=False)
class TooBigError(Exception):
    """An archive that would grow beyond the limits."""

    entries: int
    size: int


def type_of(file: IO[bytes], *, limits: Limits) -> str:
    """The media type of a file, `UNKNOWN` where it is none that we name; the position is put back to 0.

    A picture or PDF that also is something else (a ZIP archive at its end, markup at its start) is `UNKNOWN`,
    so nobody's browser shows it. Raises TooBigError for an archive beyond `limits`.
    """
    file.seek(0)
    start = file.read(8192)
    file.seek(0)
    archive = zipfile.is_zipfile(file)
    file.seek(0)
    kind = _by_magic(start)
    if archive:
        kind = UNKNOWN if kind in SHOWN else _archive(file, limits)
    elif kind == UNKNOWN:
        kind = _text(file, start)
    file.seek(0)
    return kind


def is_markup(file: IO[bytes]) -> bool:
    """Whether the file begins as a web page or a drawing of markup does; the position is put back to 0."""
    file.seek(0)
    start = file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    file.seek(0)
    return start.startswith(_MARKUP)


def _by_magic(start: bytes) -> str:
    if start.startswith(b"%PDF-"):
        return UNKNOWN if any(mark in start[:1024].lower() for mark in _MARKUP[:5]) else PDF
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if start.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if start[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    return UNKNOWN


def _archive(file: IO[bytes], limits: Limits) -> str:
    try:
        with reading(TooBigError), zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
            if len(entries) > limits.archive_entries or size > limits.archive_size:
                raise TooBigError(len(entries), size)
            names = {entry.filename for entry in entries}
            for part, kind in _PARTS.items():
                if part in names and "[Content_Types].xml" in names:
                    return kind
            if entries and entries[0].filename == "mimetype" and entries[0].file_size < 100:
                stated = archive.read("mimetype").decode("ascii", "replace")
                if stated in {_OPEN + "text", _OPEN + "spreadsheet", _OPEN + "presentation"}:
                    return stated
    except ForeignError:  # no archive that we know: served as a download
        return UNKNOWN
    return UNKNOWN


def _text(file: IO[bytes], start: bytes) -> str:
    """Plain text, CSV or a mail: valid UTF-8 without control characters and without markup at its start."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start or head.startswith(b"<") or any(mark in head for mark in _MARKUP):
        return UNKNOWN
    for block in iter(lambda: file.read(1 << 16), b""):
        if _CONTROL.search(block):
            return UNKNOWN
    try:
        lines = start.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        if error.start < len(start) - 4:  # a character cut by the end of what was read
            return UNKNOWN
        lines = start[: error.start].decode("utf-8").splitlines()
    if (
        head.startswith(_HEADERS)
        and sum(line.lower().startswith(("from:", "to:", "subject:")) for line in lines) >= 2
    ):
        return "message/rfc822"
    filled = [line for line in lines[:20] if line.strip()]
    for separator in (",", ";", "\t"):
        if len(filled) > 1 and all(line.count(separator) >= 1 for line in filled[:2]):
            return "text/csv"
    return "text/plain"

"""Keeps the message catalogues: extracts messages, updates the .po files, compiles the .mo files.

    python tools/messages.py            extract, update, compile
    python tools/messages.py --missing  also list what is not translated

A message whose English changed keeps its old translation as *fuzzy* until a person has looked at it; fuzzy
translations are not compiled.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "src" / "clustermark"
LOCALE = SOURCES / "locale"
LANGUAGES = ("ru", "de")
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None}


def extracted(folder: Path = SOURCES) -> Catalog:
    """The messages of the Python files in `folder`, each with the files that say it."""
    catalogue = Catalog(project="clustermark", fuzzy=False)
    found = extract_from_dir(folder, [("**.py", "python")], keywords=KEYWORDS, comment_tags=())
    for file, _line, message, _comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        place = (folder / file).relative_to(SOURCES).as_posix()
        catalogue.add(message, locations=[(place, 0)], context=context)
    return catalogue


def catalogue_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "clustermark.po"


def read(language: str) -> Catalog:
    """The catalogue of `language`; an empty one when there is none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, project="clustermark", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file without dates and line numbers, which change when nothing was said anew."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110, sort_output=False, omit_header=False, include_lineno=False)
    lines = buffer.getvalue().decode().split("\n")
    dropped = (
        '"POT-Creation-Date',
        '"PO-Revision-Date',
        '"Generated-By',
        '"Last-Translator',
        '"Language-Team',
        '"Report-Msgid',
    )
    kept = [line for line in lines if not line.startswith((*dropped, "# FIRST AUTHOR", "# Copyright"))]
    return "\n".join(kept).encode()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The compiled catalogue: finished translations only, the same bytes for the same translations."""
    buffer = BytesIO()
    plain = Catalog(
        locale=catalogue.locale, project="clustermark", fuzzy=False, creation_date=STAMP, revision_date=STAMP
    )
    for message in catalogue:
        if message.id and not message.fuzzy and all(texts(message.string)):
            plain.add(message.id, message.string, context=message.context)
    write_mo(buffer, plain)
    return buffer.getvalue()


def texts(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a translation: one, or one for each plural."""
    return tuple(string) if isinstance(string, tuple | list) else (string or "",)


def missing(catalogue: Catalog) -> list[str]:
    """The messages without a finished translation."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and (message.fuzzy or not all(texts(message.string)))
    ]


def main() -> None:
    template = extracted()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=False, update_header_comment=False)
        catalogue.obsolete.clear()
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(read(language)))
        left = missing(catalogue)
        print(f"{language}: {len(catalogue)} messages, {len(left)} not translated")
        if "--missing" in sys.argv:
            for message in left:
                print(f"  {message}")


if __name__ == "__main__":
    main()

"""Keeps the message catalogues: extracts messages, updates the .po files, compiles the .mo files.

The engine speaks through `clustermark.ground.texts` (catalogue `clustermark`), the web through Django (catalogue
`django` in `web/locale`, Python and templates).

    python tools/messages.py            extract, update, compile
    python tools/messages.py --missing  also list what is not translated

A message whose English changed keeps its old translation as *fuzzy* until a person has looked at it; fuzzy
translations are not compiled.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import product
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

if not settings.configured:
    settings.configure()  # reading templates asks Django for nothing of ours

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "src" / "clustermark"
WEB = SOURCES / "web"
LOCALES = {"clustermark": SOURCES / "locale", "django": WEB / "locale"}
"""Catalogue → where it lies."""
LANGUAGES = ("ru", "de")
Said = tuple[str, str | tuple[str, ...], str | None]
"""The file that says it, the message (singular and plural), its context."""
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None}
DJANGO_KEYWORDS = {
    **KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def extracted(name: str = "clustermark") -> Catalog:
    """The messages of one catalogue's sources, each with the files that say it."""
    catalogue = Catalog(project="clustermark", fuzzy=False)
    for place, message, context in _django_says() if name == "django" else _engine_says():
        catalogue.add(message, locations=[(place, 0)], context=context)
    return catalogue


def speaks_django(text: str) -> bool:
    """Whether a Python file of the web takes its words from Django, not from the engine."""
    return "django.utils.translation" in text


def _engine_says() -> Iterator[Said]:
    found = extract_from_dir(SOURCES, [("**.py", "python")], keywords=KEYWORDS, comment_tags=())
    for file, _line, message, _comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        if not (file.startswith("web/") and speaks_django((SOURCES / file).read_text(encoding="utf-8"))):
            yield file, message, context


def _django_says() -> Iterator[Said]:
    for path in sorted(WEB.rglob("*.py")) + sorted(WEB.glob("*/templates/**/*.*")):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = templatize(text, origin=str(path))
        elif not speaks_django(text):
            continue
        found = extract("python", BytesIO(text.encode()), keywords=DJANGO_KEYWORDS, comment_tags=())
        for _line, message, _comments, context in found:
            yield path.relative_to(SOURCES).as_posix(), message, context


def catalogue_path(language: str, name: str = "clustermark") -> Path:
    return LOCALES[name] / language / "LC_MESSAGES" / f"{name}.po"


def read(language: str, name: str = "clustermark") -> Catalog:
    """The catalogue of `language`; an empty one when there is none yet."""
    path = catalogue_path(language, name)
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
    for name, language in product(LOCALES, LANGUAGES):
        catalogue = read(language, name)
        catalogue.update(extracted(name), no_fuzzy_matching=False, update_header_comment=False)
        catalogue.obsolete.clear()
        path = catalogue_path(language, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(read(language, name)))
        left = missing(catalogue)
        print(f"{name} {language}: {len(catalogue)} messages, {len(left)} not translated")
        if "--missing" in sys.argv:
            for message in left:
                print(f"  {message}")


if __name__ == "__main__":
    main()

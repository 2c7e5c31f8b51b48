"""Sectors: their names."""

from __future__ import annotations

from clustermark.dossiers.tables.choices import SECTOR_TITLES
from clustermark.ground.texts import LANGUAGES, use_language
from clustermark.ground.texts import gettext as _


def sector_name(sector: str | None) -> str:
    """A sector in the current language; what an old list says as it says it."""
    if sector is None:
        return _("not stated")
    return _(SECTOR_TITLES[sector]) if sector in SECTOR_TITLES else sector


def sector_of(text: str | None) -> str | None:
    """The scheme's word for a sector that a list names by it or by its title; else what the list says."""
    if text is None:
        return None
    key = text.casefold()
    if key in SECTOR_TITLES:
        return key
    for language in LANGUAGES:
        with use_language(language):
            for code, title in SECTOR_TITLES.items():
                if _(title).casefold() == key:
                    return code
    return text

"""Countries: their names, and the continents they belong to."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from clustermark.ground.texts import LANGUAGES, Language, current_language

# Unicode CLDR 49, territoryContainment: the five continents of UN M49 and what they contain, ISO 3166-1 alpha-2.
_CONTAINED = {
    "002": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EA EG EH ER ET GA GH GM GN GQ GW IC IO KE KM LR "
        "LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG "
        "YT ZA ZM ZW"
    ),
    "009": ("AQ AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS"),
    "019": (
        "AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT "
        "GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI"
    ),
    "142": (
        "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM "
        "MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"
    ),
    "150": (
        "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI "
        "LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK"
    ),
}
CONTINENTS = tuple(_CONTAINED)
"""Africa, Oceania, the Americas, Asia and Europe, by their codes in UN M49."""

_CONTINENT_OF = {country: code for code, countries in _CONTAINED.items() for country in countries.split()}


def continent_of(country: str | None) -> str | None:
    """The continent of a country, by UN M49 as CLDR has it (Russia in Europe, Türkiye and Cyprus in Asia)."""
    return None if country is None else _CONTINENT_OF.get(country)


def place_name(code: str) -> str:
    """A country or continent in the current language (CLDR, through Babel); the code itself where there is no name."""
    return _names(current_language()).get(code, code)


def country_of(text: str) -> str | None:
    """The code of a country that a list names by its code, or by its name in any of our languages; None if unknown."""
    if len(text) == 2 and text.upper() in _CONTINENT_OF:
        return text.upper()
    return _by_name().get(_key(text))


@lru_cache
def _names(language: Language) -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - takes a tenth of a second to load

    return {str(code): str(name) for code, name in Locale(language).territories.items()}


@lru_cache
def _by_name() -> dict[str, str]:
    names = {
        _key(name): code
        for language in LANGUAGES
        for code, name in _names(language).items()
        if code in _CONTINENT_OF
    }
    return names | {_key(name): code for name, code in _ALSO.items()}


_ALSO = {
    "Czech Republic": "CZ",
    "Russian Federation": "RU",
    "Turkey": "TR",
    "UK": "GB",
    "USA": "US",
    "United States of America": "US",
    "Российская Федерация": "RU",
    "Macedonia": "MK",
    "Slovak Republic": "SK",
    "The Netherlands": "NL",
}


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())

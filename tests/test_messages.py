"""The catalogues: every message of the package is translated, with its fields, and compiled."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from clustermark.ground.texts import use_language
from clustermark.reports.words import margin_text

ROOT = Path(__file__).parents[1]
WEB = ROOT / "src" / "clustermark" / "web"
LANGUAGES = {"ru": 3, "de": 2}
"""Language → its plural forms."""
CATALOGUES = {"clustermark": 1200, "django": 250}
"""Catalogue → how many messages it has at the least: an extraction that finds few is broken."""


def tool() -> ModuleType:
    """tools/messages.py as a module."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fields(text: str) -> set[str]:
    """The named places of a message: {share}, {n:.2f}, {path!r}, %(name)s."""
    return set(re.findall(r"\{[^{}]*\}|%\(\w+\)s", text))


@pytest.fixture(scope="module", params=CATALOGUES)
def catalogue_name(request: pytest.FixtureRequest) -> str:
    """The engine's catalogue, and the web's."""
    return str(request.param)


@pytest.fixture(scope="module")
def said(catalogue_name: str) -> list[str | tuple[str, str]]:
    """Every message that the sources of the catalogue say, with a plural as a pair."""
    return [item.id for item in tool().extracted(catalogue_name) if item.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogues_are_current(language: str, catalogue_name: str) -> None:
    messages = tool()
    compiled = messages.catalogue_path(language, catalogue_name).with_suffix(".mo")
    assert compiled.read_bytes() == messages.mo_bytes(messages.read(language, catalogue_name)), (
        "run tools/messages.py"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_hold_what_the_sources_say_and_nothing_else(
    language: str, said: list[str | tuple[str, str]], catalogue_name: str
) -> None:
    catalogue = tool().read(language, catalogue_name)
    assert {item.id for item in catalogue if item.id} == set(said), "run tools/messages.py"
    assert not catalogue.obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_with_its_fields(
    language: str, said: list[str | tuple[str, str]], catalogue_name: str
) -> None:
    messages = tool()
    catalogue = messages.read(language, catalogue_name)
    assert len(said) > CATALOGUES[catalogue_name]
    left = messages.missing(catalogue)
    assert not left, f"not translated into {language}: {left}"
    for message in said:
        singular, *plural = [message] if isinstance(message, str) else message
        forms = messages.texts(catalogue.get(singular).string)
        assert len(forms) == (LANGUAGES[language] if plural else 1), singular
        # the singular of German is for one thing only and may leave the number out, as in English
        wanted = [singular, *plural] if LANGUAGES[language] == 2 else [*(plural or [singular])] * 3
        for form, source in zip(forms, wanted, strict=False):
            assert fields(form) == fields(source), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_edges_of_a_message(
    language: str, said: list[str | tuple[str, str]], catalogue_name: str
) -> None:
    """Spaces and full stops at the ends of a message count: messages are put together with them."""
    messages = tool()
    catalogue = messages.read(language, catalogue_name)
    for message in said:
        singular = message if isinstance(message, str) else message[0]
        for form in messages.texts(catalogue.get(singular).string):
            for edge in (r"^\s*", r"\s*$", r"[.:?]$"):
                assert re.findall(edge, form) == re.findall(edge, singular), form


def test_the_compiled_russian_catalogue_counts_in_three_forms() -> None:
    with tool().catalogue_path("ru").with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    words = [compiled.ngettext("{n} row", "{n} rows", n).split()[-1] for n in (1, 2, 5, 11, 21, 22, 111)]
    assert words == ["строка", "строки", "строк", "строк", "строка", "строки", "строк"]


@pytest.mark.parametrize(
    ("count", "said_of_it"),
    [(1, "на 1 ступень лучше"), (2, "на 2 ступени лучше"), (5, "на 5 ступеней лучше")],
)
def test_russian_counts_in_three_forms(count: int, said_of_it: str) -> None:
    with use_language("ru"):
        assert margin_text(count) == said_of_it


GETTERS = {"_", "gettext", "ngettext", "mark", "gettext_lazy", "gettext_noop", "ngettext_lazy"}


def test_every_message_that_the_code_asks_for_is_extracted(
    said: list[str | tuple[str, str]], catalogue_name: str
) -> None:
    """A call inside an f-string is not seen by the extraction, and its text stays English."""
    known = {message if isinstance(message, str) else message[0] for message in said}
    left = []
    for path in sorted((ROOT / "src" / "clustermark").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if (catalogue_name == "django") != (path.is_relative_to(WEB) and tool().speaks_django(text)):
            continue
        left += [
            f"{path.name}:{call.lineno} {call.args[0].value!r}"
            for call in ast.walk(ast.parse(text))
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in GETTERS
            and call.args
            and isinstance(call.args[0], ast.Constant)
            and call.args[0].value not in known
        ]
    assert not left


def test_no_catalogue_speaks_the_other_language(catalogue_name: str) -> None:
    """Two translations that were put into each other's catalogue have passed every other test."""
    for message in tool().read("de", catalogue_name):
        for text in tool().texts(message.string):
            assert message.id == "" or not re.search("[А-Яа-яЁё]", text), text
    for message in tool().read("ru", catalogue_name):
        for text in tool().texts(message.string):
            if message.id and re.search("[a-z]{3} [a-z]{3}", str(message.id)):
                assert re.search("[А-Яа-яЁё]", text), text


OTHER_WORDS = {
    "de": {
        "scheme": "Regelwerk",
        "expert": "Gutachter|Sachverständige",
        "committee": "Komitee",
        "condition": "Auflage",
        "rubric": "Rubrik",
        "digest": r"\bDigest",
        "participant": "Teilnehmer",
        "mail address": "Mailadresse",
        "seal": "festgeschrieben|Festschreibung",
        "case": r"[Vv]erfahren",
    },
    "ru": {
        "rubric": "[Рр]убрик",
        "digest": "[Дд]айджест",
        "holder": "[Дд]ержател",
        "seal": "[Оо]печат|[Зз]апечат",
        "indicator": "[Ии]ндикатор",
        "evidence": "[Дд]оказательств",
        "consensus": "[Оо]бщ(ая|ей|ую) оценк",
        "committee": "[Кк]омисси",
    },
}
"""Language → a word of the trade → what else it was called at times; the catalogues say one word for one thing."""


@pytest.mark.parametrize("language", OTHER_WORDS)
def test_one_thing_has_one_word(language: str, catalogue_name: str) -> None:
    for message in tool().read(language, catalogue_name):
        for word, others in OTHER_WORDS[language].items():
            for text in tool().texts(message.string):
                singular = message.id if isinstance(message.id, str) else (message.id or ("",))[0]
                if re.search(rf"\b{word}", singular, re.IGNORECASE):
                    assert not re.search(others, text), f"{singular}: {text}"

"""The catalogues: every message of the package is translated, with its fields, and compiled."""

from __future__ import annotations

import gettext
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from clustermark.ground.texts import use_language
from clustermark.reports.words import margin_text

ROOT = Path(__file__).parents[1]
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

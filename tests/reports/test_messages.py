"""The catalogues: compiled ones are current, and every message of a report is translated."""

from __future__ import annotations

import gettext
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from clustermark.ground.texts import use_language
from clustermark.reports.words import margin_text

ROOT = Path(__file__).parents[2]


def tool() -> ModuleType:
    """tools/messages.py as a module."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["ru", "de"])
def test_compiled_catalogues_are_current(language: str) -> None:
    messages = tool()
    path = messages.catalogue_path(language)
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    finished = [item for item in messages.read(language) if item.id and not item.fuzzy and item.string]
    assert finished
    for item in finished:
        forms = messages.texts(item.string)
        if not all(forms):
            continue
        if isinstance(item.id, str):
            assert compiled.gettext(item.id) == forms[0]
        else:
            said = {compiled.ngettext(item.id[0], item.id[1], count) for count in range(30)}
            assert said == set(forms)
    known = {key if isinstance(key, str) else key[0] for key in compiled._catalog if key}  # type: ignore[attr-defined]
    assert known <= {item.id if isinstance(item.id, str) else item.id[0] for item in finished}


@pytest.mark.parametrize("language", ["ru", "de"])
def test_every_message_of_reports_is_translated_with_its_placeholders(language: str) -> None:
    messages = tool()
    catalogue = messages.read(language)
    wanted = messages.extracted(messages.SOURCES / "reports")
    assert len(wanted) > 150
    for item in wanted:
        if not item.id:
            continue
        key = item.id if isinstance(item.id, str) else item.id[0]
        found = catalogue.get(key)
        assert found is not None, key
        assert not found.fuzzy, key
        forms = messages.texts(found.string)
        assert all(forms), key
        for form in forms if isinstance(item.id, str) else forms[1:]:
            assert set(re.findall(r"\{\w+\}", form)) == set(
                re.findall(r"\{\w+\}", messages.texts(item.id)[-1])
            ), key


@pytest.mark.parametrize(
    ("count", "said"), [(1, "на 1 ступень лучше"), (2, "на 2 ступени лучше"), (5, "на 5 ступеней лучше")]
)
def test_russian_counts_in_three_forms(count: int, said: str) -> None:
    with use_language("ru"):
        assert margin_text(count) == said

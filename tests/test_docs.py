"""Docs that are made from the program are current, and every command is in the reference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import typer.main
from tools.write_docs import GENERATED

from clustermark import assess
from clustermark.cli.app import app
from tests.builders import AS_OF, ROOT, met, mini


@pytest.mark.parametrize("name", GENERATED)
def test_generated_docs_are_current(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == GENERATED[name](), "run: python tools/write_docs.py"


def leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    if hasattr(command, "commands"):
        for part in command.commands.values():
            yield from leaves(part, f"{name} {part.name}")
    else:
        yield name, command


def test_every_command_and_option_has_help_and_stands_in_the_reference() -> None:
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    for name, command in leaves(typer.main.get_command(app), "clustermark"):
        assert f"## `{name}`" in text
        assert command.help, name
        for parameter in command.params:
            assert parameter.help, (name, parameter.name)


def test_a_scorecard_fits_its_published_schema() -> None:
    schema = json.loads((ROOT / "docs/schemas/scorecard.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    card = json.loads(assess(met(2, 3), mini(), as_of=AS_OF).to_json())
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(card)
    card["indicators"][0]["band"] = "four"
    assert not validator.is_valid(card)

"""The published schema is current, shipped schemes fit it, and the format's description is true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from clustermark.dossiers.tables import TABLES
from clustermark.dossiers.views import VIEWS
from clustermark.schemes.document import Indicator, SchemeDocument
from clustermark.schemes.expressions import DIALECTS
from clustermark.schemes.expressions.dialects import AGGREGATES
from clustermark.schemes.json_schema import schema_text, scheme_schema
from clustermark.schemes.marks import count_marks, mark_of
from clustermark.schemes.scheme import Scheme, shipped
from clustermark.schemes.writing import scheme_yaml
from tests.schemes.scheme_material import SMALL

DOCS = Path(__file__).parents[2] / "docs"
FORMAT = DOCS / "scheme-format.md"


def test_the_published_schema_is_current() -> None:
    published = (DOCS / "schemas" / "scheme.json").read_text(encoding="utf-8")
    assert published == schema_text(), "run `make docs`"


@pytest.mark.parametrize("name", shipped())
def test_shipped_schemes_fit_the_schema(name: str) -> None:
    document = Scheme.load(name).document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    jsonschema.Draft202012Validator(scheme_schema()).validate(document)


def test_the_schema_refuses_what_the_format_refuses() -> None:
    document = Scheme.from_text(SMALL).document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    validator = jsonschema.Draft202012Validator(scheme_schema())
    validator.validate(document)
    for wrong in ({"disclosure": {"min_peers": 1, "origin": {}}}, {"colour": "red"}, {"languages": ["fr"]}):
        assert not validator.is_valid({**document, **wrong}), wrong


def test_the_example_of_the_description_is_a_complete_scheme() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    blocks = [
        block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if block.startswith("scheme:")
    ]
    assert len(blocks) == 1
    scheme = Scheme.from_text(blocks[0])
    assert {item.scale for item in scheme.document.indicators} == {"measure", "rubric", "checklist"}
    assert Scheme.from_text(scheme_yaml(scheme.stated)).digest == scheme.digest


def test_the_description_names_every_field_function_table_and_view() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    words = {name for dialect in DIALECTS.values() for name in dialect.functions} | set(AGGREGATES)
    schema = scheme_schema()
    fields = set(schema["properties"])
    for part in (
        "Indicator",
        "Gate",
        "Level",
        "Validity",
        "Disclosure",
        "Panel",
        "Fee",
        "Extends",
        "Fact",
        "Origin",
    ):
        fields |= set(schema["$defs"][part]["properties"])
    missing = [word for word in sorted(words | fields | set(TABLES) | set(VIEWS)) if f"`{word}" not in text]
    assert missing == []


def test_marks_are_counted_and_found() -> None:
    document = Scheme.from_text(SMALL).document
    assert count_marks(document) == {"established": 1, "reported": 1, "example": 9}
    origin = document.indicators[0].origin
    assert (mark_of(origin, "required"), mark_of(origin, "bands"), mark_of({}, "bands")) == (
        "reported",
        "example",
        None,
    )


def test_the_written_file_keeps_the_order_of_the_format() -> None:
    stated = Scheme.from_text(SMALL).stated
    turned = {
        **{key: stated[key] for key in reversed(list(stated))},
        "indicators": [dict(reversed(item.items())) for item in stated["indicators"]],
    }
    written = scheme_yaml(turned)
    data = Scheme.from_text(written).stated
    assert list(data) == [name for name in SchemeDocument.model_fields if name in data]
    assert list(data["indicators"][0]) == [
        name for name in Indicator.model_fields if name in data["indicators"][0]
    ]
    assert json.dumps(data, default=str) == json.dumps(
        Scheme.from_text(scheme_yaml(stated)).stated, default=str
    )

"""The JSON Schema of a dossier's content: tables of typed rows, and the hashes of the evidence files."""

from __future__ import annotations

from typing import Any

from clustermark.dossiers.cells import FIRST_DATE, LAST_DATE
from clustermark.dossiers.rules import REQUIRED_TABLES
from clustermark.dossiers.tables import TABLES, Column, ColumnType, Table

_SHA256 = "^[0-9a-f]{64}$"


def dossier_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of `Dossier.content()`, which the digest is taken over."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Content of a Clustermark dossier",
        "description": "What the dossier digest is taken over. Empty cells are left out; columns that the "
        "format does not know are kept as text.",
        "type": "object",
        "additionalProperties": False,
        "required": ["tables", "files"],
        "properties": {
            "tables": {
                "type": "object",
                "additionalProperties": False,
                "required": list(REQUIRED_TABLES),
                "properties": {spec.name: _table(spec) for spec in TABLES.values()},
            },
            "files": {
                "description": "SHA-256 of every file in the folder evidence, by its name.",
                "type": "object",
                "additionalProperties": {"type": "string", "pattern": _SHA256},
            },
        },
    }


def _table(spec: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "title": spec.title,
        "description": spec.help,
        "type": "array",
        "items": {
            "type": "object",
            "required": [column.name for column in spec.columns if column.required],
            "properties": {column.name: _column(column) for column in spec.columns},
            "additionalProperties": {"type": "string"},
        },
    }
    if spec.name in REQUIRED_TABLES:
        schema["minItems"] = 1
    if spec.one_row:
        schema["maxItems"] = 1
    return schema


def _column(column: Column) -> dict[str, Any]:
    schema: dict[str, Any] = {"title": column.title, "description": column.help, **_type(column)}
    if column.unit:
        schema["x-unit"] = column.unit
    if column.refers_to:
        schema["x-refers-to"] = column.refers_to
    if column.key:
        schema["x-key"] = True
    return schema


_TYPES: dict[ColumnType, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1},
    "list": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
    "yes_no": {"type": "boolean"},
    "choice": {"type": "string"},
    "date": {"type": "string", "format": "date", "$comment": f"From {FIRST_DATE} to {LAST_DATE}."},
    "integer": {"type": "integer"},
    "decimal": {"type": "number", "$comment": "At most 4 decimals."},
    "money": {"type": "number", "minimum": 0, "$comment": "At most 2 decimals."},
    "percent": {"type": "number", "minimum": 0, "maximum": 100, "$comment": "At most 4 decimals."},
}


def _type(column: Column) -> dict[str, Any]:
    limits = {"minimum": column.low, "maximum": column.high, "enum": list(column.choices) or None}
    return {**_TYPES[column.type], **{key: limit for key, limit in limits.items() if limit is not None}}

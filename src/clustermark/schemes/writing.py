"""A scheme as YAML text that reads back to the same digest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clustermark.ground.yaml_writing import write_sections
from clustermark.schemes.document import Indicator, SchemeDocument


def stated_of(document: SchemeDocument) -> dict[str, Any]:
    """The statements of a document that extends nothing, as a file would make them; defaults are left out."""
    stated: dict[str, Any] = document.model_dump(by_alias=True, exclude_defaults=True)
    return stated


def scheme_yaml(stated: Mapping[str, Any]) -> str:
    """What a scheme file states (`Scheme.stated`, a workbook's data, `stated_of` a document) as YAML text.

    Fields stand in the order of the format, things in lists and mappings in their own order. Comments of a
    file that was read are not kept: they are no part of the scheme.
    """
    ordered = _in_order(stated, list(SchemeDocument.model_fields))
    if isinstance(ordered.get("indicators"), list):
        fields = list(Indicator.model_fields)
        ordered["indicators"] = [_in_order(item, fields) for item in ordered["indicators"]]
    return write_sections(ordered)


def _in_order(record: Mapping[str, Any], fields: list[str]) -> dict[str, Any]:
    known = {name: record[name] for name in fields if name in record}
    return {**known, **record}

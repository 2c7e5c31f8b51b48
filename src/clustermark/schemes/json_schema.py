"""The JSON Schema of the scheme format, for editors and for other programs.

It knows shapes; what needs more than one field (names that exist, expressions that parse, edges in order)
is told by ``clustermark scheme check``.
"""

from __future__ import annotations

import json
from typing import Any

from clustermark.schemes.document import SchemeDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scheme_schema() -> dict[str, Any]:
    """The schema of a scheme file (JSON Schema, draft 2020-12)."""
    schema = SchemeDocument.model_json_schema(by_alias=True)
    schema["description"] = "A scheme file of Clustermark; docs/scheme-format.md explains every field."
    return {"$schema": DIALECT, "title": "Clustermark scheme", **schema}


def schema_text() -> str:
    """The schema as JSON text, the same bytes each time."""
    return json.dumps(scheme_schema(), ensure_ascii=False, indent=2) + "\n"

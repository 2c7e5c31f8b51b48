"""Base class of every document (scheme, scorecard, manifest): strict, frozen, no unknown fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema

from clustermark.ground.exact import json_number
from clustermark.ground.texts import gettext as _


class Document(BaseModel):
    """A frozen pydantic model: unknown fields are refused, types are not guessed."""

    # building a validator for every part, used or not, would cost each command a tenth of a second
    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", populate_by_name=True, defer_build=True
    )


def _to_decimal(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        _carried_exactly(value)
    return value


def _carried_exactly(value: Decimal) -> None:
    """Refuse what a JSON number would not carry: not-a-number, infinity, too many digits."""
    if not value.is_finite():
        raise ValueError(_("This is not a finite number."))
    json_number(value)


Number = Annotated[
    Decimal,
    BeforeValidator(_to_decimal),
    PlainSerializer(json_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
"""An exact number: a decimal in Python, a JSON number with the same digits in a file."""

"""What is wrong with the shape of a field, in the words of the scheme format."""

from __future__ import annotations

from typing import Any

from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import mark, number

_KINDS = {
    "missing": mark("The field {name} is missing."),
    "extra_forbidden": mark("There is no field {name} here."),
    "string_pattern_mismatch": mark("This does not have the form {pattern}."),
    "string_type": mark("This must be text."),
    "string_too_short": mark("This text must not be empty."),
    "string_too_long": mark("This must have at most {max_length} characters."),
    "list_type": mark("This must be a list."),
    "dict_type": mark("This must hold fields with names."),
    "model_type": mark("This must hold fields with names."),
    "too_short": mark("There must be at least {min_length} of these."),
    "int_type": mark("This must be a whole number."),
    "bool_type": mark("This must be true or false."),
    "is_instance_of": mark("This is not a number."),  # the only class a file can state is a decimal
    "greater_than": mark("This must be more than {gt}."),
    "greater_than_equal": mark("This must be {ge} or more."),
    "less_than_equal": mark("This must be {le} or less."),
}
"""Kind of a pydantic finding → message; `pydantic_core.ErrorDetails` names what a message can say."""


def shape_message(finding: Any) -> str:
    """A finding of pydantic in the words of the format, in the current language."""
    kind, context = finding["type"], finding.get("ctx") or {}
    if kind == "literal_error":
        expected = str(context.get("expected")).replace(" or ", " {} ".format(_("or")))
        return _("This must be {expected}.").format(expected=expected)
    if kind in _KINDS:
        said = {name: number(value) if isinstance(value, int) else value for name, value in context.items()}
        return _(_KINDS[kind]).format(**said, name=(finding["loc"] or [""])[-1])
    # what a validator of our own says stands behind a prefix of pydantic; the rest is rare and stays English
    return str(finding["msg"]).removeprefix("Value error, ").rstrip(".") + "."

"""The HTML of form controls, written at once; equal to Django's templates for them but for white space.

Django renders a template for each option of a list and each attribute of a control; a form with a few lists
then costs more than the rest of its page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.utils.formats import localize
from django.utils.functional import Promise

Control = Mapping[str, Any]
"""What Django knows of a control: `widget` of the context that `Widget.get_context` makes."""


def escaped(value: Any) -> str:
    """The value as HTML; what is safe already stays as it is (Django's `conditional_escape` with fewer calls)."""
    text = str(value) if isinstance(value, Promise) else value
    return str(text.__html__()) if hasattr(text, "__html__") else escape(str(text))


def attributes(attrs: Mapping[str, Any]) -> str:
    """The attributes of a tag, each with a space before it; True is a name alone, False is left out."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(widget: Control) -> str:
    value = widget["value"]
    stated = "" if value is None else f' value="{escaped(value)}"'
    name = escaped(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{stated}{attributes(widget["attrs"])}>'


def _textarea(widget: Control) -> str:
    name, value = escaped(widget["name"]), escaped(widget["value"] or "")
    # browsers drop the first line break
    return f'<textarea name="{name}"{attributes(widget["attrs"])}>\n{value}</textarea>'


def _label(widget: Control) -> str:
    return escaped(localize(widget["label"]))


def _option(widget: Control) -> str:
    value = escaped(widget["value"])
    return f'<option value="{value}"{attributes(widget["attrs"])}>{_label(widget)}</option>'


def _select(widget: Control) -> str:
    written = [f'<select name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        written += [f'<optgroup label="{escaped(group)}">'] if group else []
        written += (CONTROLS[option["template_name"]](option) for option in options)
        written += ["</optgroup>"] if group else []
    return "".join([*written, "</select>"])


def _choice(widget: Control) -> str:
    if not widget.get("wrap_label"):
        return _input(widget)
    key = widget["attrs"].get("id")
    of = f' for="{escaped(key)}"' if key else ""
    return f"<label{of}>{_input(widget)} {_label(widget)}</label>"


def _choices(widget: Control) -> str:
    named = {name: widget["attrs"][name] for name in ("id", "class") if widget["attrs"].get(name)}
    written = [f"<div{attributes(named)}>"]
    for group, options, _index in widget["optgroups"]:
        written += [f"<div><label>{escaped(group)}</label>"] if group else []
        written += (f"<div>{CONTROLS[option['template_name']](option)}</div>" for option in options)
        written += ["</div>"] if group else []
    return "".join([*written, "</div>"])


_INPUTS = ("checkbox", "color", "date", "datetime", "email", "file", "hidden", "input", "number", "password")
_MORE_INPUTS = ("search", "tel", "text", "time", "url")
_WRITTEN: dict[str, Callable[[Control], str]] = {
    **dict.fromkeys((*_INPUTS, *_MORE_INPUTS), _input),
    "textarea": _textarea,
    "select": _select,
    "select_option": _option,
    **dict.fromkeys(("radio", "checkbox_select", "multiple_input"), _choices),
    **dict.fromkeys(("radio_option", "checkbox_option", "input_option"), _choice),
}
CONTROLS = {f"django/forms/widgets/{name}.html": write for name, write in _WRITTEN.items()}
"""Name of Django's template → what is written in its place; controls that stand not here have their template."""

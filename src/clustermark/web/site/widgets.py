"""Controls of forms that Django's own are too slow for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.forms.renderers import BaseRenderer
from django.utils.safestring import SafeString

from clustermark.web.site.controls import attributes, escaped


class LongSelect(forms.Select):
    """A list of many choices without groups, written at once: Django renders a template for each of them."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 - Django passes it
    ) -> SafeString:
        """The control with all its options."""
        wanted = "" if value is None else str(value)
        options = (
            f'<option value="{escaped(key)}"{" selected" if key == wanted else ""}>{escaped(words)}</option>'
            for key, words in ((str(code or ""), words) for code, words in self.choices)
        )
        found = attributes(self.build_attrs({**self.attrs, "name": name}, dict(attrs or {})))
        return SafeString(f"<select{found}>{''.join(options)}</select>")


class _ByName(ModelChoiceIterator):  # type: ignore[type-arg] # of whatever model has names
    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from self.queryset.values_list("pk", "name").iterator()


class NamedChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg] # as above
    """A choice among many rows by their `name`, without an object for each; written at once."""

    iterator = _ByName
    widget = LongSelect

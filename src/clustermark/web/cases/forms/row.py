"""A row of one of the dossier's tables, with an input for the type of each column."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clustermark.dossiers.tables import Column, Table
from clustermark.dossiers.titles import word_title
from clustermark.ground.texts import gettext

LONG = frozenset({"description", "help", "reason", "note", "topic", "subject", "summary", "result", "title"})
MANY = 400
"""Ids that are offered at most; beyond it they are typed."""


class Cell(forms.CharField):
    """A cell; the domain says whether its text is a value, so that all cells are judged at once."""

    def validate(self, value: Any) -> None:
        """Nothing here: required cells are marked in the form and judged by the verb."""


class RowForm(forms.Form):
    """One row: a field for each column of the format. `known` has the ids that a reference may name."""

    use_required_attribute = False

    def __init__(
        self, spec: Table, *args: Any, known: Mapping[str, Collection[str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for column in spec.columns:
            there = self.data.get(column.name) if self.is_bound else self.initial.get(column.name)
            self.fields[column.name] = Cell(
                label=gettext(column.title),
                required=column.required,
                help_text=help_of(column),
                widget=_widget(column, str(there or ""), (known or {}).get(column.refers_to or "", ())),
            )


def help_of(column: Column) -> SafeString:
    """What belongs into a cell of the column, its unit and an example."""
    parts = [gettext(column.help)]
    if column.unit:
        parts.append(str(_("Unit: {unit}.")).format(unit=gettext(column.unit)))
    if column.type == "list":
        parts.append(str(_("Several are separated by semicolons.")))
    if column.example and column.type not in ("yes_no", "choice"):
        parts.append(str(_("Example: {example}")).format(example=column.example))
    return format_html("{}", " ".join(parts))


def _widget(column: Column, there: str, ids: Collection[str]) -> forms.Widget:
    if column.type == "yes_no":
        return _select(column, ("yes", "no"), there)
    if column.type == "choice":
        return _select(column, tuple(column.choices), there)
    if column.refers_to and column.type == "text" and 0 < len(ids) <= MANY:
        return _select(column, tuple(ids), there)
    if column.type == "date" and (not there or _is_date(there)):
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if column.type in ("integer", "decimal", "money", "percent"):
        mode = "numeric" if column.type == "integer" else "decimal"
        return forms.TextInput(attrs={"inputmode": mode})
    if column.name in LONG:
        return forms.Textarea(attrs={"rows": 3})
    return forms.TextInput()


def _select(column: Column, words: tuple[str, ...], there: str) -> forms.Select:
    """A list to choose from; a word that is there and not allowed stays until somebody changes it."""
    offered = words if there in words or not there else (there, *words)
    return forms.Select(choices=[("", "–"), *[(word, word_title(column, word)) for word in offered]])


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

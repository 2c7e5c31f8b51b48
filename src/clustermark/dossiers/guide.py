"""The description of the format for people, written from the tables and views themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clustermark.dossiers.rules import REQUIRED_TABLES
from clustermark.dossiers.tables import TABLES, Column, Table
from clustermark.dossiers.views import VIEWS, View
from clustermark.ground.texts import gettext as _


def tables_markdown() -> str:
    """Every table of the dossier with its columns, as Markdown."""
    return "\n".join(line for spec in TABLES.values() for line in _table(spec))


def views_markdown() -> str:
    """Every standard view with the columns that it adds, as Markdown."""
    return "\n".join(line for view in VIEWS.values() for line in _view(view))


def _table(spec: Table) -> Iterator[str]:
    yield f"### {spec.name}"
    yield ""
    needed = " " + _("Required.") if spec.name in REQUIRED_TABLES else ""
    yield f"**{_(spec.title)}.** {_(spec.help)}{needed}"
    yield ""
    heads = (_("column"), _("type"), _("title"), _("needed"), _("meaning"), _("example"))
    yield "| " + " | ".join(heads) + " |"
    yield "|---" * len(heads) + "|"
    for column in spec.columns:
        cells = (
            f"`{column.name}`",
            _type(column),
            _cell(_(column.title)),
            _needed(column),
            _cell(_meaning(column)),
            f"`{column.example}`" if column.example else "",
        )
        yield "| " + " | ".join(cells) + " |"
    yield ""


def _type(column: Column) -> str:
    limits = ""
    if column.low is not None and column.high is not None:
        limits = f" {column.low}–{column.high}"
    elif column.low is not None:
        limits = f" ≥ {column.low}"
    unit = f", {_(column.unit)}" if column.unit else ""
    return _cell(f"{column.type}{limits}{unit}")


def _needed(column: Column) -> str:
    if column.key:
        return _("yes, unique")
    return _("yes") if column.required else ""


def _meaning(column: Column) -> str:
    text = _(column.help)
    if column.refers_to:
        text += " " + _("Refers to {table}.").format(table=f"`{column.refers_to}`")
    if column.choices:
        text += " " + _("One of: {words}.").format(
            words=", ".join(_word(word, title) for word, title in column.choices.items())
        )
    return text


def _word(word: str, title: str) -> str:
    """A word with its title, where that says more."""
    said = _(title)
    return f"`{word}`" if said.casefold() == word.replace("_", " ") else f"`{word}` ({said})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _view(view: View) -> Iterator[str]:
    yield f"### {view.name}"
    yield ""
    sentences = [_(view.help)]
    if view.needs:
        sentences.append(_("Needs {tables}.").format(tables=_names(view.needs)))
    if view.any_of:
        sentences.append(_("Needs one of {tables}.").format(tables=_names(view.any_of)))
    if view.keeps:
        sentences.append(
            _("Keeps {columns} of {table}.").format(columns=_names(view.keeps), table=f"`{view.table}`")
        )
    elif view.keeps is None:
        sentences.append(_("Keeps all columns of {table}.").format(table=f"`{view.table}`"))
    yield " ".join(sentences)
    yield ""
    column, meaning = _("column"), _("meaning")
    yield f"| {column} | {meaning} |"
    yield "|---|---|"
    for name, meaning in view.derived.items():
        yield f"| `{name}` | {_cell(_(meaning))} |"
    yield ""

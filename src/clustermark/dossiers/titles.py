"""The names that people read: of tables, columns and the words of their cells.

Files keep the names of the format in every language; these titles are for pages and helps.
"""

from __future__ import annotations

from clustermark.dossiers.tables import TABLES, Column
from clustermark.dossiers.views import VIEWS
from clustermark.ground.problems import Place
from clustermark.ground.texts import gettext as _


def table_title(name: str) -> str:
    """The title of a table; its name where the format does not know it."""
    return _(TABLES[name].title) if name in TABLES else name


def column_title(source: str, name: str) -> str:
    """The title of a column of a table or standard view; its name where the format does not know it.

    A column that a view derives is named by its meaning.
    """
    view = VIEWS.get(source)
    if view is not None and name in view.derived:
        return _(view.derived[name]).removesuffix(".")
    table = view.table if view else source
    column = TABLES[table].column(name) if table in TABLES else None
    return _(column.title) if column else name


def word_title(column: Column | None, text: str) -> str:
    """The text of a cell for reading: the title of a word of a list, yes or no; any other text as it is."""
    if column is not None and text in column.choices:
        return _(column.choices[text])
    if column is not None and column.type == "yes_no" and text in ("yes", "no"):
        return _("yes") if text == "yes" else _("no")
    return text


def place_title(place: Place) -> str:
    """Where a problem stands: the titles of its table and column, then the place as the files name it."""
    name = place.file.removesuffix(".csv")
    if name not in TABLES:
        return str(place)
    titles = [table_title(name), *([column_title(name, place.column)] if place.column else [])]
    return f"{' › '.join(titles)} ({place})"

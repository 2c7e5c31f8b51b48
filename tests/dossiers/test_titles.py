"""What people read instead of the names of the file format."""

from __future__ import annotations

import re

import pytest

from clustermark.dossiers.tables import TABLES, Column
from clustermark.dossiers.titles import column_title, place_title, table_title, word_title
from clustermark.dossiers.views import VIEWS
from clustermark.ground.problems import Place
from clustermark.ground.texts import gettext, use_language

COLUMNS = [(spec.name, column) for spec in TABLES.values() for column in spec.columns]
FOREIGN = {"ru": re.compile("[а-яё]", re.IGNORECASE), "de": re.compile("[a-zäöüß]", re.IGNORECASE)}
SAME = {
    "Region",
    "Website",
    "Person",
    "Budget",
    "Partner",
    "Medium",
    "Name",
    "Interview",
    "Innovation",
    "Workshop",
    "Newsletter",
    "Plan",
    "Team",
    "Labels",
    "Label",
}
"""Words that are German as well."""


def titles() -> list[str]:
    """Every title of a table, a column and a word."""
    words = [title for _table, column in COLUMNS for title in column.choices.values()]
    return [*(spec.title for spec in TABLES.values()), *(column.title for _table, column in COLUMNS), *words]


def test_every_column_and_every_word_has_a_title_for_people() -> None:
    assert len(COLUMNS) > 200
    for title in titles():
        assert title.strip() == title
        assert title[0].isupper()
        assert "_" not in title
        assert not title.endswith(".")
        assert len(title) <= 45, title
    for _table, column in COLUMNS:
        assert bool(column.choices) == (column.type == "choice"), column.name


@pytest.mark.parametrize("language", ["en", "ru", "de"])
def test_no_two_columns_of_a_table_and_no_two_words_of_a_list_are_called_the_same(language: str) -> None:
    with use_language(language):  # type: ignore[arg-type] # of the list above
        for spec in TABLES.values():
            said = [gettext(column.title) for column in spec.columns]
            assert len(set(said)) == len(said), spec.name
            for column in spec.columns:
                words = [gettext(title) for title in column.choices.values()]
                assert len(set(words)) == len(words), (spec.name, column.name)


@pytest.mark.parametrize("language", ["ru", "de"])
def test_every_title_is_translated(language: str) -> None:
    with use_language(language):  # type: ignore[arg-type] # of the list above
        for title in set(titles()):
            said = gettext(title)
            assert FOREIGN[language].search(said), title
            assert said != title or (language == "de" and title in SAME), title
            assert len(said) <= 60, said


def test_titles_of_columns_words_and_places() -> None:
    kind = TABLES["participants"].column("type")
    with use_language("de"):
        assert table_title("participants") == "Akteure"
        assert column_title("participants", "joined_on") == "Beigetreten am"
        assert column_title("seats", "participant_id") == "Akteur"
        assert word_title(kind, "research") == "Forschungseinrichtung"
        assert word_title(kind, "reserch") == "reserch", "what is wrong is shown as it stands"
        assert word_title(TABLES["team"].column("degree"), "yes") == "ja"
        assert word_title(TABLES["team"].column("name"), "yes") == "yes"
        place = Place("participants.csv", row=7, column="joined_on")
        assert place_title(place) == "Akteure › Beigetreten am (participants.csv, Zeile 7, Spalte joined_on)"
    assert word_title(None, "x") == "x"
    assert column_title("participants", "own_remark") == "own_remark", "a column that the cluster added"
    assert column_title("nothing", "name") == table_title("name") == "name"
    assert place_title(Place("evidence/a.pdf")) == "evidence/a.pdf"


def test_columns_of_views_are_told_too() -> None:
    assert column_title("participants_now", "x") == "x"
    for view in VIEWS.values():
        for name in view.columns:
            assert column_title(view.name, name) != name, (view.name, name)


def test_a_column_cannot_be_without_a_title() -> None:
    with pytest.raises(TypeError, match="title"):
        Column(name="c", help="h", example="")  # type: ignore[call-arg] # that is what is tested

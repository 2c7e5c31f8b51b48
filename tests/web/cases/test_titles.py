"""The dossier's pages speak of tables, columns and words as people do, in each language."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from clustermark.dossiers.tables import TABLES
from clustermark.ground.texts import LANGUAGES, Language, gettext, use_language
from clustermark.web.accounts.models import User
from clustermark.web.cases.domain.tables import replace_table
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.dossiers import KEPT_APART
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site
from tests.web.conftest import SignIn

STATES = ("draft",)


@pytest.fixture
def case(site: Site) -> Case:
    return site.case("draft")


@pytest.fixture
def client(sample: Sample, sign_in: SignIn) -> Client:
    return sign_in(sample.people["manager"])


COLUMNS = {column.name for spec in TABLES.values() for column in spec.columns if "_" in column.name}
WORDS = {
    word for spec in TABLES.values() for column in spec.columns for word in column.choices if "_" in word
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_told_in_the_readers_words(
    case: Case, client: Client, sample: Sample, language: Language
) -> None:
    """No name of the file format stands in a page's text: headings, labels, words of lists, problems."""
    User.objects.filter(pk=sample.people["manager"].pk).update(language=language)
    for name, spec in TABLES.items():
        if name in KEPT_APART:
            continue
        for view in ("table", "row-new"):
            page = client.get(reverse(view, args=[case.reference, name])).content.decode()
            assert f'lang="{language}"' in page
            assert not (COLUMNS | WORDS) & set(re.findall(r"[a-z0-9_]+", _visible(page))), (name, view)
        with use_language(language):
            for column in spec.columns:
                assert f'id_{column.name}">{escape(gettext(column.title))}' in page, column.name
                for word, title in column.choices.items():
                    assert f'<option value="{word}">{escape(gettext(title))}</option>' in page, word


def _visible(page: str) -> str:
    """The text of a page's main part, without examples of what is typed into files."""
    main = page.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r'<(p|span|div) class="(?:field__)?help[^>]*>.*?</\1>', " ", main, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", main)


def test_problems_and_searches_use_these_words(case: Case, client: Client, sample: Sample) -> None:
    User.objects.filter(pk=sample.people["manager"].pk).update(language="de")
    records = client.get(reverse("indicator-records", args=[case.reference, "2.5"])).content.decode()
    assert '<th scope="col">Kennung des Kontakts</th>' in records
    table = case.tables.get(name="participants")
    rows = [list(row) for row in table.rows]
    rows[5][table.header.index("joined_on")] = "12.3.2024"
    replace_table(case=case, table="participants", header=table.header, rows=rows, by=sample.by("team"))
    page = client.get(reverse("dossier-problems", args=[case.reference])).content.decode()
    assert "Akteure › Beigetreten am (participants.csv, Zeile 7, Spalte joined_on)" in page
    row = client.get(reverse("row", args=[case.reference, "participants", 5])).content.decode()
    assert '<a href="#id_joined_on">Beigetreten am</a>' in row
    address = reverse("table", args=[case.reference, "participants"])
    by_title = client.get(address, {"q": "Forschungseinrichtung"}).context["count"]
    kinds = [line[table.header.index("type")] for line in rows]
    assert by_title == kinds.count("research") > 0

"""Pages of a case say levels, sectors, days and sources in the reader's language, never as files code them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from clustermark.ground.texts import Language, date_text, use_language
from clustermark.web.accounts.models import User
from clustermark.web.cases.models import Evidence
from clustermark.web.cases.queries.board import choices
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site
from tests.web.conftest import SignIn

STATES = ("rating", "deciding", "decided")


def shown(site: Site, sample: Sample, sign_in: SignIn, login: str, address: str, language: Language) -> str:
    """The text of a page's main part as `login` reads it."""
    User.objects.filter(pk=sample.people[login].pk).update(language=language)
    page = sign_in(sample.people[login]).get(address).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize(("language", "silver"), [("ru", "Серебро"), ("de", "Silber")])
def test_levels_are_told_in_words(
    site: Site, sample: Sample, sign_in: SignIn, language: Language, silver: str
) -> None:
    pages = {
        "manager": reverse("cluster", args=[sample.cluster.reference]),
        "decider": reverse("decision", args=[site.case("deciding").reference]),
        "secretariat": reverse("office"),
    }
    for login, address in pages.items():
        text = shown(site, sample, sign_in, login, address, language)
        assert silver in text, login
        assert not re.search(r"\b(silver|health)\b", text), login


def test_filters_of_the_board_are_told_in_words(site: Site) -> None:
    with use_language("ru"):
        there = choices()
    assert there["country"] == [("RU", "Россия")]
    assert there["sector"] == [("health", "Здравоохранение и медицинская наука")]


@pytest.mark.parametrize(("language", "source"), [("ru", "Источник: "), ("de", "Quelle: ")])
def test_prices_name_their_source_in_the_readers_language(
    site: Site, sample: Sample, sign_in: SignIn, language: Language, source: str
) -> None:
    address = reverse("fee", args=[site.case("deciding").reference])
    text = shown(site, sample, sign_in, "manager", address, language)
    assert source in text
    assert "Source:" not in text


def test_days_of_evidence_are_written_out(site: Site, sample: Sample, sign_in: SignIn) -> None:
    case = site.case("rating")
    address = reverse("work-indicator", args=[case.reference, "4.2"])
    text = shown(site, sample, sign_in, "expert-a", address, "ru")
    # the days of the sample move with the day on which it is entered
    day = Evidence.objects.get(case=case, evidence_id="E03").own_date
    assert day is not None
    with use_language("ru"):
        assert date_text(day) in text
    assert day.isoformat() not in text

"""Dates and numbers as the languages write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date

from clustermark.ground.texts import LANGUAGES, Language, date_text, use_language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_year_is_written_as_cldr_has_it_but_for_the_abbreviated_year(
    language: Language,
) -> None:
    locale = {"en": "en_GB"}.get(language, language)
    with use_language(language):
        for number in range(366):
            day = date(2024, 1, 1) + timedelta(days=number)
            assert date_text(day) == format_date(day, "long", locale=locale).replace("\u202fг.", " года")


def test_no_date_ends_in_a_point_that_a_sentence_would_double() -> None:
    for language in LANGUAGES:
        with use_language(language):
            assert not date_text(date(2026, 11, 30)).endswith(".")

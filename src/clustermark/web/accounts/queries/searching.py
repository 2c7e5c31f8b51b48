"""Words looked for in the database."""

from __future__ import annotations

from django.db.models import Q

MOST = 200
"""Characters that are looked for: SQLite takes no condition that is nested deeper than 1,000, nor a very long word."""


def words_of(text: str) -> list[str]:
    """The words to look for; what is typed after the first `MOST` characters is left out."""
    return text[:MOST].split()


def holding(word: str, *fields: str) -> Q:
    """That one of `fields` holds `word`.

    SQLite folds the case of ASCII letters only; so a word is looked for in the ways people write it.
    """
    found = Q()
    for spelt in sorted({word, word.lower(), word.upper(), word.capitalize()}):
        for field in fields:
            found |= Q(**{f"{field}__icontains": spelt})
    return found

"""Words looked for in the database."""

from __future__ import annotations

from django.db.models import Q


def holding(word: str, *fields: str) -> Q:
    """That one of `fields` holds `word`.

    SQLite folds the case of ASCII letters only; so a word is looked for in the ways people write it.
    """
    found = Q()
    for spelt in sorted({word, word.lower(), word.upper(), word.capitalize()}):
        for field in fields:
            found |= Q(**{f"{field}__icontains": spelt})
    return found

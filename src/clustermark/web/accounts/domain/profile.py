"""What people say of themselves."""

from __future__ import annotations

from clustermark.ground.texts import Language
from clustermark.web.accounts.models import User


def choose_language(*, user: User, language: Language) -> None:
    """Speak `language` to this person, on pages and in mails."""
    user.language = language
    user.save(update_fields=["language"])


def describe_oneself(*, user: User, name: str, country: str, language: Language) -> None:
    """How the person is called, where they live, and which language they read."""
    user.name, user.country, user.language = name.strip(), country.upper(), language
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "country", "language"])

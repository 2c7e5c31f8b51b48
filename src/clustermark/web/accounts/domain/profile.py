"""What people say of themselves."""

from __future__ import annotations

from clustermark.ground.texts import Language
from clustermark.web.accounts.models import User


def choose_language(*, user: User, language: Language) -> None:
    """Speak `language` to this person, on pages and in mails."""
    user.language = language
    user.save(update_fields=["language"])

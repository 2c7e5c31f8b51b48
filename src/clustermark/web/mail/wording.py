"""The texts of mails: `texts/NAME.LANGUAGE.txt` come along; the secretariat may write its own.

The first line is the subject, an empty line follows, the rest is the body. ``{name}`` is a placeholder; which
ones a mail has stands in `PLACEHOLDERS`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from clustermark.ground.texts import Language
from clustermark.web.mail.models import MailTemplate

FOLDER = Path(__file__).parent / "texts"
PLACE = re.compile(r"\{([a-z_]+)\}")
PLACEHOLDERS: dict[str, frozenset[str]] = {
    "invitation": frozenset({"name", "role", "organisation", "link", "until"}),
    "reminder": frozenset({"name", "what", "case", "until", "link"}),
    "notice": frozenset({"name", "what", "case", "link"}),
    "accreditation": frozenset({"name", "scheme", "until", "link"}),
    "password_reset": frozenset({"name", "address", "link"}),
    "confirm_address": frozenset({"name", "address", "link"}),
    "unknown_account": frozenset({"address", "link"}),
}
"""Every mail, and what its text may name."""
SAMPLE = {
    "name": "Maria Keller",
    "role": "expert",
    "organisation": "Oka Valley",
    "link": "https://label.example/…",
    "until": "30.11.2026",
    "what": "…",
    "case": "Oka Valley 2026",
    "scheme": "ecei-silver-2017",
    "address": "maria.keller@example.org",
}
"""What the preview puts into the places."""


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body of a mail in one language, with its places."""

    subject: str
    body: str

    def filled(self, values: Mapping[str, str]) -> Text:
        """With `values` in the places; line breaks in the subject become spaces. Raises KeyError for a missing one."""

        def fill(text: str) -> str:
            return PLACE.sub(lambda place: values[place[1]], text)

        return Text(" ".join(fill(self.subject).split()), fill(self.body))


@lru_cache
def shipped(name: str, language: Language) -> Text:
    """The text that comes along."""
    subject, _blank, body = (FOLDER / f"{name}.{language}.txt").read_text(encoding="utf-8").split("\n", 2)
    return Text(subject, body)


def text_of(name: str, language: Language) -> Text:
    """The text in force: the secretariat's own, else the one that comes along."""
    own = MailTemplate.objects.filter(name=name, language=language).first()
    return Text(own.subject, own.body) if own else shipped(name, language)


def unknown_places(name: str, text: str) -> list[str]:
    """The places in `text` that this mail cannot fill, each with its braces, sorted."""
    return sorted(f"{{{place}}}" for place in set(PLACE.findall(text)) - PLACEHOLDERS[name])


def words_for(name: str) -> str:
    """What a mail is for, in the reader's language."""
    return {
        "invitation": _("Invitation to a role"),
        "reminder": _("Reminder of a term"),
        "notice": _("News of a case"),
        "accreditation": _("End of an accreditation"),
        "password_reset": _("Link to a new password"),
        "confirm_address": _("Confirmation of a mail address"),
        "unknown_account": _("New password asked for where there is no account"),
    }[name]

"""The main navigation: one list, by role. Every part of the site has its entry here."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clustermark.casework.policy import Role
from clustermark.web.accounts.middleware import wants_second_factor
from clustermark.web.accounts.queries.actor import actor_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One place: its words, the name of its URL, and who sees it (nobody named: everyone signed in).

    A `public` one is seen by anyone, one for `guests` by nobody who is signed in. What is needed seldom stands
    under `more` for those who have many.
    """

    text: str | Promise
    url: str
    roles: frozenset[Role] = frozenset()
    public: bool = False
    guests: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as a page shows it; `current` where the page belongs to it, `more` where it stands in the menu."""

    text: str | Promise
    href: str
    current: bool
    more: bool


MOST_SIDE_BY_SIDE = 8
ENTRIES: tuple[Entry, ...] = (
    Entry(_("Start"), "start"),
    Entry(_("Cases"), "office", frozenset({Role.SECRETARIAT})),
    Entry(_("Calendar"), "calendar", frozenset({Role.SECRETARIAT})),
    Entry(_("Experts"), "experts", frozenset({Role.SECRETARIAT})),
    Entry(_("Fees"), "fees", frozenset({Role.SECRETARIAT})),
    Entry(_("Schemes"), "schemes", frozenset({Role.SECRETARIAT}), more=True),
    Entry(_("Portfolio"), "portfolio", frozenset({Role.AGENCY})),
    Entry(_("My cases"), "expert-home", frozenset({Role.EXPERT})),
    Entry(_("My clusters"), "clusters", frozenset({Role.MANAGER, Role.TEAM})),
    Entry(_("Register"), "register", public=True),
    Entry(_("Statistics"), "statistics", guests=True),
    Entry(_("Check a certificate"), "verify", guests=True),
    Entry(_("Certificates"), "office-register", frozenset({Role.SECRETARIAT})),
    Entry(_("People"), "people", frozenset({Role.SECRETARIAT, Role.ADMIN}), more=True),
    Entry(_("Feedback"), "all-feedback", frozenset({Role.SECRETARIAT}), more=True),
    Entry(_("Log"), "log", frozenset({Role.SECRETARIAT, Role.ADMIN}), more=True),
    Entry(_("Mail texts"), "mail-texts", frozenset({Role.SECRETARIAT}), more=True),
)


def navigation(request: HttpRequest) -> list[Link]:
    """The entries for the person who asks; the public ones alone before sign-in and without a second factor."""
    actor = actor_of(request)
    known = actor.id is not None and not wants_second_factor(actor)
    shown = [
        (entry, reverse(entry.url))
        for entry in ENTRIES
        if entry.public
        or (entry.guests and not known)
        or (known and not entry.guests and (not entry.roles or actor.is_(*entry.roles)))
    ]
    here = max(
        (
            href
            for _entry, href in shown
            if request.path == href or (href != "/" and request.path.startswith(href))
        ),
        key=len,
        default="",
    )
    many = len(shown) > MOST_SIDE_BY_SIDE
    return [Link(entry.text, href, current=href == here, more=entry.more and many) for entry, href in shown]

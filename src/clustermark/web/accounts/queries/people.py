"""Lists of people, their roles and invitations; what a person may take along of their own data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise

from clustermark.casework.policy import Actor, Role
from clustermark.web.accounts.models import Grant, Invitation, User
from clustermark.web.accounts.queries.searching import holding, words_of
from clustermark.web.log.models import LogRow
from clustermark.web.log.words import act_words

PAGE_SIZE = 25
SHOWN_CHANGES = 50


def grantable(actor: Actor) -> list[tuple[str, str]]:
    """The roles that this person may give: an administrator all, the secretariat those without power over it."""
    if actor.is_(Role.ADMIN):
        return [(value, str(label)) for value, label in Grant.Role.choices]
    if actor.is_(Role.SECRETARIAT):
        kept = {Grant.Role.SECRETARIAT, Grant.Role.ADMIN}
        return [(value, str(label)) for value, label in Grant.Role.choices if value not in kept]
    return []


def people(*, search: str, role: str, page: str | None) -> Page[User]:
    """People with their grants, a page of 25; two queries and one to count."""
    found: QuerySet[User] = User.objects.filter(erased_at__isnull=True)
    for word in words_of(search):
        found = found.filter(holding(word, "name", "email"))
    if role in Grant.Role.values:
        found = found.filter(pk__in=Grant.objects.filter(role=role).values("user_id"))
    grants = Grant.objects.select_related("organisation").order_by("role", "-starts_on")
    found = found.prefetch_related(Prefetch("grants", grants)).order_by("name", "pk")
    return Paginator(found, PAGE_SIZE).get_page(page)


def open_invitations() -> QuerySet[Invitation]:
    """Invitations that nobody has taken or withdrawn, the newest first."""
    return Invitation.objects.select_related("organisation", "invited_by").filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True
    )


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the log about a person; `role` is the role it gave or ended, in words."""

    number: int
    at: datetime
    act: str | Promise
    role: str | Promise


def changes(user: User) -> list[Change]:
    """The last entries of the log about this person's roles, the newest first."""
    rows = LogRow.objects.filter(subject=f"user:{user.reference}").order_by("-number")[:SHOWN_CHANGES]
    names = dict(Grant.Role.choices)
    return [
        Change(
            number=row.number,
            at=datetime.fromisoformat(row.at),
            act=act_words(row.act),
            role=names.get(row.facts.get("role", ""), ""),
        )
        for row in rows
    ]


def holds(grant: Grant, today: date) -> bool:
    """Whether the grant is valid today."""
    return grant.starts_on <= today and (grant.ends_on is None or today <= grant.ends_on)


def personal_data(user: User) -> dict[str, Any]:
    """Everything that is kept of the person as plain data (Regulation (EU) 2016/679, articles 15 and 20)."""
    rows = LogRow.objects.filter(actor=f"user:{user.reference}").select_related("words")
    return {
        "reference": str(user.reference),
        "email": user.email,
        "name": user.name,
        "country": user.country,
        "language": user.language,
        "joined_at": user.joined_at.isoformat(),
        "roles": [
            {
                "role": grant.role,
                "organisation": grant.organisation.name,
                "from": grant.starts_on.isoformat(),
                "until": grant.ends_on.isoformat() if grant.ends_on else None,
            }
            for grant in user.grants.select_related("organisation")
        ],
        "ties": [
            {
                "cluster": tie.cluster.name,
                "kind": tie.kind,
                "from": tie.starts_on.isoformat() if tie.starts_on else None,
                "until": tie.ends_on.isoformat() if tie.ends_on else None,
                "note": tie.note,
            }
            for tie in user.ties.select_related("cluster")
        ],
        "acts": [
            {
                "number": row.number,
                "at": row.at,
                "act": row.act,
                "subject": row.subject,
                "reason": row.words.text if hasattr(row, "words") else None,
            }
            for row in rows
        ],
    }

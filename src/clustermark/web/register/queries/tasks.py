"""What certificates ask of somebody: of the holder its renewal, of the secretariat what it watches."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clustermark.casework.policy import Role, Subject, decide
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.queries.tasks import Task
from clustermark.web.register.models import Award
from clustermark.web.register.queries.ending import Ending, endings_of_holder
from clustermark.web.register.queries.watched import watched

NAMED = 3
"""Holders that a line about several certificates names."""


def certificate_tasks(by: Person) -> list[Task]:
    """What certificates ask of this person today. A fixed number of queries."""
    return [*_of_holder(by), *_of_office(by)]


def renewal_start(award: Award) -> str:
    """The address at which the holder starts the renewal of an award, with its case chosen."""
    assert award.cluster is not None  # noqa: S101 - only what was issued here is renewed here
    chosen = f"?renew={award.case.reference}" if award.case else ""
    return reverse("cluster", args=[award.cluster.reference]) + f"{chosen}#start"


def _of_holder(by: Person) -> Iterator[Task]:
    bodies = [
        grant.organisation
        for grant in by.actor.grants
        if grant.role in (Role.MANAGER, Role.TEAM) and grant.holds(by.actor.today)
    ]
    if not bodies:
        return
    for one in endings_of_holder(bodies):
        task = _renewal(one, by)
        if task is not None:
            yield task


def _renewal(one: Ending, by: Person) -> Task | None:
    """The renewal as a task; None once the case is with others, whose tasks it makes."""
    award, day = one.award, one.latest if one.ended else one.until
    about = f"{award.holder} · {award.number}"
    if one.renewal is None:
        cluster = Subject(
            kind="cluster", organisation=award.cluster.organisation_id if award.cluster else None
        )
        text = (
            _("Renew the certificate: it has ended and can still be renewed")
            if one.ended
            else _("Renew the certificate: it ends")
        )
        place = (
            renewal_start(award)
            if decide(by.actor, "case.start", cluster)
            else reverse("holding", args=[award.number])
        )
        return Task(text, about, place, day)
    if one.renewal.state == "draft":
        return Task(
            _("Finish the renewal and submit it"),
            about,
            reverse("dossier", args=[one.renewal.reference]),
            day,
        )
    return None


def _of_office(by: Person) -> Iterator[Task]:
    """One line for each reminder, since many certificates end together; one for each look, review and suspension."""
    if not decide(by.actor, "register.surveillance", Subject(kind="register")):
        return
    seen = watched()
    alone = [one.ending for one in seen if one.ending is not None and one.ending.renewal is None]
    alone.sort(key=lambda one: (one.months, one.until))
    for months, group in groupby(alone, key=lambda one: one.months):
        ones = list(group)
        text = ngettext(
            "{n} certificate is past its {months}-month reminder: no renewal was applied for",
            "{n} certificates are past their {months}-month reminder: no renewal was applied for",
            len(ones),
        )
        names = [one.award.holder for one in ones]
        about = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
        place = reverse("office-register") + "#ending"
        yield Task(text.format(n=len(ones), months=months), about, place, ones[0].until)
    for item in seen:
        place = reverse("office-certificate", args=[item.award.number])
        about = f"{item.award.holder} · {item.award.number}"
        if item.overdue:
            yield Task(_("Decide on the suspension: its term is over"), about, place, item.overdue)
        if item.reviews:
            yield Task(_("Look into the change that the holder reported"), about, place)
        due = [day for day in item.looks if day <= today()]
        if due:
            yield Task(_("Look at the holder and note it"), about, place, min(due))

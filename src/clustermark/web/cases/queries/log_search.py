"""Entries of the whole log by what they are about, who acted, what was done and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from clustermark.casework.log import instant
from clustermark.web.accounts.models import User
from clustermark.web.accounts.queries.searching import holding
from clustermark.web.cases.queries.log_subjects import subjects_like
from clustermark.web.log.models import LogRow


@dataclass(frozen=True, slots=True)
class LogSearch:
    """What is looked for; an empty text or None asks for nothing."""

    about: str = ""
    who: str = ""
    act: str = ""
    since: date | None = None
    until: date | None = None


def found_rows(asked: LogSearch, *, cases: bool) -> QuerySet[LogRow]:
    """The entries that are looked for with the words of each, the newest first, for somebody who may see `cases`."""
    rows = LogRow.objects.select_related("words").order_by("-number")
    if asked.about:
        rows = rows.filter(subject__in=subjects_like(asked.about, cases=cases))
    if asked.who:
        references = User.objects.filter(holding(asked.who, "name", "email")).values_list(
            "reference", flat=True
        )
        rows = rows.filter(Q(actor__in=[f"user:{one}" for one in references]) | Q(actor=asked.who.lower()))
    if asked.act:
        rows = rows.filter(act=asked.act)
    if asked.since:
        rows = rows.filter(at__gte=_begin(asked.since))
    if asked.until and asked.until < date.max:  # after the last day there is none
        rows = rows.filter(at__lt=_begin(asked.until + timedelta(days=1)))
    return rows


def _begin(day: date) -> str:
    """The first instant of a day where the site is, as the log writes it; such texts sort as the instants do."""
    return instant(timezone.make_aware(datetime.combine(day, time())))

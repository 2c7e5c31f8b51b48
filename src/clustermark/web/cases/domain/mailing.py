"""Notices become mails, in the language of each reader; a notice is mailed once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from clustermark.ground.texts import date_text
from clustermark.web.cases.models import Case, Notice
from clustermark.web.cases.queries.expert_pages import ending_accreditations
from clustermark.web.cases.queries.notices import words_of
from clustermark.web.mail.domain.outbox import queue_mail
from clustermark.web.site.language import speaking

ACCREDITATION_ENDS_IN = (90, 30, 7)
"""Days before the end of an accreditation on which its expert is told."""
MOST = 500


@transaction.atomic
def mail_notices() -> int:
    """Write a mail for each notice that was not mailed yet, oldest first; how many."""
    waiting = (
        Notice.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(mailed_at=None, user__is_active=True)
        .select_related("user", "case__cluster")
        .order_by("pk")[:MOST]
    )
    for notice in waiting:
        with speaking(notice.user.language):  # type: ignore[arg-type]  # written from the list of languages
            _mail(notice)
        notice.mailed_at = timezone.now()
        notice.save(update_fields=["mailed_at"])
    return len(waiting)


def _mail(notice: Notice) -> None:
    values = {
        "name": notice.user.name,
        "what": words_of(notice.name, notice.facts),
        "case": _called(notice.case),
        "link": settings.SITE_URL + reverse("case", args=[notice.case.reference]),
    }
    reminds = notice.name.startswith("reminder_")
    if reminds:
        values["until"] = date_text(date.fromisoformat(str(notice.facts["due_on"])))
    queue_mail(
        mail="reminder" if reminds else "notice",
        to=notice.user.email,
        language=notice.user.language,  # type: ignore[arg-type]  # written from the list of languages
        values=values,
    )


def _called(case: Case) -> str:
    return f"{case.cluster.name} {case.number}" if case.number else case.cluster.name


@transaction.atomic
def mail_accreditations(days: Collection[date]) -> int:
    """Tell experts whose accreditation ends 90, 30 or 7 days after one of `days` and is not followed by another.

    `days` are today and those on which nobody was told. Returns how many were.
    """
    ends = {day + timedelta(days=before) for day in days for before in ACCREDITATION_ENDS_IN}
    ending = list(ending_accreditations().filter(ends_on__in=ends))
    for one in ending:
        user = one.expert.user
        with speaking(user.language):  # type: ignore[arg-type]  # written from the list of languages
            queue_mail(
                mail="accreditation",
                to=user.email,
                language=user.language,  # type: ignore[arg-type]  # likewise
                values={
                    "name": user.name,
                    "scheme": one.scheme,
                    "until": date_text(one.ends_on),
                    "link": settings.SITE_URL + "/",
                },
            )
    return len(ending)

"""What is due every day: holders are reminded before their certificates end, when their scheme says so."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from clustermark.ground.texts import LANGUAGES, Language, date_text
from clustermark.ground.texts import gettext as _
from clustermark.register.life import IN_FORCE, end_of
from clustermark.register.surveillance import due_between
from clustermark.web.accounts.models import Grant
from clustermark.web.accounts.people import today
from clustermark.web.mail.domain.outbox import queue_mail
from clustermark.web.register.domain.recording import scheme_of_award
from clustermark.web.register.models import Award, ReminderSent
from clustermark.web.register.queries.documents import acts_of, certificate_of
from clustermark.web.register.queries.renewing import RENEWED
from clustermark.web.site.language import speaking

CATCH_UP = timedelta(days=31)
"""A job that did not run for a month forgets no reminder; older ones would only confuse."""


def remind_holders(day: date) -> int:
    """Mail the managers of every cluster whose certificate ends in so many months; how many mails were written.

    Asking twice sends nothing twice.
    """
    living = Award.objects.filter(
        cluster__isnull=False, spans__first__lte=day, spans__last__gte=day, spans__state__in=sorted(IN_FORCE)
    ).exclude(RENEWED)
    living = living.select_related("cluster", "case")
    return sum(_remind(award, day) for award in living)


@transaction.atomic
def _remind(award: Award, day: date) -> int:
    scheme = scheme_of_award(award)
    if scheme is None or scheme.surveillance is None:
        return 0
    life = acts_of(award)
    certificate = certificate_of(award)
    until = end_of(certificate, life)
    due = due_between([(certificate, life)], scheme.surveillance, day - CATCH_UP, day)
    months = [one.months for one in due if one.kind == "reminder" and one.months is not None]
    if until is None or not months:
        return 0
    _sent, new = ReminderSent.objects.get_or_create(award=award, until=until, months=min(months))
    return _mail(award, until) if new else 0


def _mail(award: Award, until: date) -> int:
    assert award.cluster is not None  # noqa: S101 - asked for above
    held = Grant.objects.filter(
        organisation=award.cluster.organisation_id, role=Grant.Role.MANAGER, user__is_active=True
    ).select_related("user")
    people = {grant.user for grant in held if grant.ends_on is None or grant.ends_on >= today()}
    for person in people:
        language: Language = next((code for code in LANGUAGES if code == person.language), "en")
        with speaking(language):
            values = {
                "name": person.name,
                "what": _("Renew the certificate {number}.").format(number=award.number),
                "case": award.holder,
                "until": date_text(until),
                "link": settings.SITE_URL + reverse("holding", args=[award.number]),
            }
            queue_mail(mail="reminder", to=person.email, language=language, values=values)
    return len(people)

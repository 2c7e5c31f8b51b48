"""The visit as a file for calendars (RFC 5545): one event a slot of the agenda, or one of whole days without agenda."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from clustermark.web.cases.models import AgendaSlot, Case
from clustermark.web.cases.queries.visits import Plan

if TYPE_CHECKING:
    from icalendar import Event


def visit_calendar(case: Case, plan: Plan) -> bytes:
    """The calendar file. Times are local times of the place (RFC 5545, 3.3.5, form 1), as on the page."""
    from icalendar import Calendar  # noqa: PLC0415 - only this file needs it

    out = Calendar()
    out.add("prodid", "-//Clustermark//visit//EN")
    out.add("version", "2.0")
    out.add("x-wr-calname", _("Visit: {cluster}").format(cluster=case.cluster.name))
    slots = [slot for _day, of_day in plan.days for slot in of_day]
    for slot in slots:
        out.add_component(_event(case, plan, slot))
    if not slots:
        out.add_component(_event(case, plan, None))
    return bytes(out.to_ical())


def _event(case: Case, plan: Plan, slot: AgendaSlot | None) -> Event:
    from icalendar import Event  # noqa: PLC0415 - see visit_calendar

    visit = plan.visit
    assert visit.starts_on is not None and visit.ends_on is not None  # noqa: S101, PT018 - a plan has dates
    event = Event()
    event.add("uid", f"{case.reference}-{slot.pk if slot else 'visit'}@clustermark")
    event.add("dtstamp", case.state_since)
    if slot is None:
        event.add("dtstart", visit.starts_on)
        event.add("dtend", visit.ends_on + timedelta(days=1))
        event.add("summary", _("Visit: {cluster}").format(cluster=case.cluster.name))
    else:
        event.add("dtstart", timezone.localtime(slot.starts_at).replace(tzinfo=None))
        event.add("dtend", timezone.localtime(slot.ends_at).replace(tzinfo=None))
        event.add("summary", f"{slot.subject} · {case.cluster.name}")
        if slot.with_whom:
            event.add("description", _("With: {people}").format(people=slot.with_whom))
    event.add("location", visit.place)
    event.add("url", f"{settings.SITE_URL}/cases/{case.reference}/visit/")
    return event

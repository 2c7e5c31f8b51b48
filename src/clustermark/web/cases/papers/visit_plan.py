"""The plan of the visit as PDF in the house style."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from clustermark.ground.texts import current_language, date_text, local
from clustermark.reports.pdf import typeset
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import AgendaSlot, Case
from clustermark.web.cases.queries.visits import Plan


def visit_pdf(case: Case, plan: Plan) -> bytes:
    """The plan of the visit, tagged, in the reader's language."""
    visit = plan.visit
    when = " – ".join(date_text(day) for day in dict.fromkeys((visit.starts_on, visit.ends_on)) if day)
    facts = [
        (_("Case"), str(case)),
        (_("Scheme"), f"{local(case.edition.title)} {case.edition.version}"),
        (_("Form"), str(case.get_visit_form_display())),
        (_("When"), when),
        (_("Where"), visit.place),
        (_("Experts"), ", ".join(plan.experts)),
        *([(_("Note"), visit.note)] if visit.note else []),
    ]
    sections = [
        {
            "title": date_text(day),
            "header": [_("Time"), _("Subject"), _("With whom"), _("Indicators")],
            "rows": [_row(slot) for slot in slots],
        }
        for day, slots in plan.days
    ]
    if plan.people:
        sections.append(
            {
                "title": _("People met"),
                "header": [_("Name"), _("Organisation"), _("Function"), _("Attendance")],
                "rows": [
                    [one.name, one.organisation, one.function, _("present") if one.present else _("absent")]
                    for one in plan.people
                ],
            }
        )
    data = {
        "kind": _("Plan of the visit"),
        "title": case.cluster.name,
        "author": "Clustermark",
        "language": current_language(),
        "facts": [{"label": label, "text": text} for label, text in facts],
        "sections": sections,
        "foot": _("Times are local times of the place."),
        "example_legend": "",
        "words": {"page_of": _("Page {page} of {pages}")},
    }
    return typeset("paper.typ", data, day=today())


def _row(slot: AgendaSlot) -> list[str]:
    times = (timezone.localtime(at).strftime("%H:%M") for at in (slot.starts_at, slot.ends_at))
    return ["–".join(times), slot.subject, slot.with_whom, ", ".join(slot.indicators)]

"""The visit of a case: its plan as page, PDF and calendar file; planned by the secretariat or the experts."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clustermark.web.cases.domain.visiting import OPEN_IN, note_people, plan_visit
from clustermark.web.cases.forms.visit import MetRows, PlanForm, SlotRows
from clustermark.web.cases.papers.visit_calendar import visit_calendar
from clustermark.web.cases.papers.visit_plan import visit_pdf
from clustermark.web.cases.queries.visits import Plan, plan_of
from clustermark.web.cases.views.page import CasePage, case_page, problems_in
from clustermark.web.site.numbers import whole_number

MORE_ROWS = 3


@login_required
def visit(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The plan of the visit and, afterwards, who was met."""
    page = case_page(request, reference, "visit.view", tab="visit")
    context = {
        "page": page,
        "case": page.case,
        "plan": plan_of(page.case),
        "may_plan": page.case.state in OPEN_IN and page.may("visit.plan"),
        "acts": page.acts_named("finish_visit"),
    }
    return render(request, "cases/visit.html", context)


@login_required
def visit_file(request: HttpRequest, reference: uuid.UUID, kind: str) -> HttpResponse:
    """The plan as PDF or as a file for calendars, in the reader's language."""
    page = case_page(request, reference, "visit.view", tab="visit")
    plan = plan_of(page.case)
    if plan is None or plan.visit.starts_on is None:
        raise Http404
    made = {"pdf": visit_pdf, "ics": visit_calendar}
    types = {"pdf": "application/pdf", "ics": "text/calendar; charset=utf-8"}
    if kind not in made:
        raise Http404
    response = HttpResponse(made[kind](page.case, plan), content_type=types[kind])
    response["Content-Disposition"] = f'attachment; filename="visit-{page.case.number}.{kind}"'
    return response


@login_required
def plan(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Set dates, place and agenda."""
    page = case_page(request, reference, "visit.plan", tab="visit")
    known = plan_of(page.case)
    codes = frozenset(one.code for one in page.scheme.document.indicators)
    more = "more" in request.POST
    data = _with_more_rows(request, "slots") if more else request.POST or None
    form = PlanForm(None if data is None else data, initial=_plan_initial(page, known))
    rows = SlotRows(data, prefix="slots", initial=_slots_initial(known), form_kwargs={"codes": codes})
    if request.method == "POST" and not more and form.is_valid() and rows.is_valid():
        slots = [slot for row in rows.forms if row not in rows.deleted_forms and (slot := row.slot())]
        with problems_in(page, form):
            plan_visit(case=page.case, by=page.by, slots=slots, **form.cleaned_data)
            messages.success(request, _("The visit is planned; the cluster and the experts are told."))
            return redirect("visit", page.case.reference)
    return _form_page(request, page, "cases/visit_plan.html", more=more, form=form, rows=rows)


@login_required
def people(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Write down who was met and who was absent."""
    page = case_page(request, reference, "visit.plan", tab="visit")
    known = plan_of(page.case)
    more = "more" in request.POST
    data = _with_more_rows(request, "people") if more else request.POST or None
    initial = [
        {
            "name": one.name,
            "organisation": one.organisation,
            "function": one.function,
            "absent": not one.present,
        }
        for one in (known.people if known else ())
    ]
    rows = MetRows(data, prefix="people", initial=initial)
    if request.method == "POST" and not more and rows.is_valid():
        met = [one for row in rows.forms if row not in rows.deleted_forms and (one := row.met())]
        with problems_in(page):
            note_people(case=page.case, by=page.by, people=met)
            messages.success(request, _("The people met are noted."))
            return redirect("visit", page.case.reference)
    return _form_page(request, page, "cases/visit_people.html", more=more, rows=rows)


def _form_page(
    request: HttpRequest, page: CasePage, template: str, *, more: bool, **parts: Any
) -> HttpResponse:
    wrong = request.method == "POST" and not more
    if more:  # nothing is complained of before it is saved
        for form in [*parts["rows"].forms, *([parts["form"]] if "form" in parts else [])]:
            form.errors.clear()
    context = {"page": page, "case": page.case, "open": page.case.state in OPEN_IN, **parts}
    return render(request, template, context, status=422 if wrong else 200)


def _with_more_rows(request: HttpRequest, prefix: str) -> Any:
    """What was typed, with room for more rows."""
    data = request.POST.copy()
    name = f"{prefix}-TOTAL_FORMS"
    total = data.get(name, "")
    data[name] = str(whole_number(total) + MORE_ROWS)
    return data


def _plan_initial(page: CasePage, known: Plan | None) -> dict[str, Any]:
    if known is None:
        return {"visit_form": page.case.visit_form}
    visit = known.visit
    return {
        "visit_form": page.case.visit_form,
        "starts_on": visit.starts_on,
        "ends_on": visit.ends_on,
        "place": visit.place,
        "note_text": visit.note,
    }


def _slots_initial(known: Plan | None) -> list[dict[str, Any]]:
    return [
        {
            "day": day,
            "starts": timezone.localtime(slot.starts_at).time(),
            "ends": timezone.localtime(slot.ends_at).time(),
            "subject": slot.subject,
            "with_whom": slot.with_whom,
            "indicators": ", ".join(slot.indicators),
        }
        for day, slots in (known.days if known else ())
        for slot in slots
    ]

"""The start page: what is mine to do, by when; what has happened; where the own cases are."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from clustermark.casework.policy import Role
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.reading import read_notices
from clustermark.web.cases.queries.board import late_cases
from clustermark.web.cases.queries.milestones import milestones_of
from clustermark.web.cases.queries.notices import notices_for
from clustermark.web.cases.queries.tasks import in_order, own_cases, tasks_for
from clustermark.web.cases.views.page import by_of
from clustermark.web.register.queries.tasks import certificate_tasks
from clustermark.web.site.numbers import whole_number

SHOWN = 40


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """What is mine to do, by when."""
    by, day = by_of(request), today()
    tasks = in_order([*tasks_for(by), *certificate_tasks(by)])
    notices = notices_for(by.user, page=request.GET.get("news"))
    context = {
        "tasks": tasks[:SHOWN],
        "more": max(0, len(tasks) - SHOWN),
        "late": sum(task.due_on is not None and task.due_on < day for task in tasks),
        "notices": notices,
        "unread": sum(notice.read_at is None for notice in notices),
        "roads": [(case, milestones_of(case)) for case in own_cases(by)],
        "late_cases": late_cases() if by.actor.is_(Role.SECRETARIAT) and by.actor.strong else None,
    }
    return render(request, "site/start.html", context)


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one notice, or all of them, as read."""
    one = request.POST.get("notice", "")
    read_notices(user=by_of(request).user, notice=whole_number(one, None))
    return redirect("start")

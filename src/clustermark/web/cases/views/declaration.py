"""The declaration of a proposed expert: only public facts are shown, nothing of the dossier."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clustermark.web.cases.domain.panel import declare
from clustermark.web.cases.forms.declaration import FREE, DeclarationForm
from clustermark.web.cases.models import Seat
from clustermark.web.cases.views.page import case_page, problems_in

OPEN_IN = ("panel", "declaring")


@login_required
def declaration(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Declare to have no interest, or which one."""
    page = case_page(request, reference, "panel.declare")
    seats = list(
        Seat.objects.filter(case=page.case).exclude(state=Seat.State.VACATED).select_related("expert")
    )
    seat = next((one for one in seats if one.expert_id == page.by.user.pk), None)
    if seat is None:
        raise Http404
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        free = form.cleaned_data["declared"] == FREE
        with problems_in(page, form):
            declare(seat=seat, free=free, by=page.by, interest=form.cleaned_data["interest"])
            messages.success(request, _("Your declaration is on record."))
            return redirect("expert-home")
    context = {
        "page": page,
        "case": page.case,
        "seat": seat,
        "others": [one.expert for one in seats if one is not seat],
        "open": page.case.state in OPEN_IN and seat.declared == Seat.Declared.NONE,
        "form": form,
    }
    return render(request, "cases/declaration.html", context, status=422 if form.errors else 200)

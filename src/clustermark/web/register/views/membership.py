"""Proof that a participant belonged to a cluster on a day, confirmed by both and signed by the register."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clustermark.certificates.credential import MEDIA_TYPE
from clustermark.ground.problems import ProblemsError
from clustermark.web.register.caching import public
from clustermark.web.register.domain.participating import confirm_participation
from clustermark.web.register.forms.membership import MembershipForm
from clustermark.web.register.models import Participation
from clustermark.web.register.queries.membership import membership_statement
from clustermark.web.register.queries.whole import marks, notice_of


@require_safe
@public()
def membership(request: HttpRequest) -> HttpResponseBase:
    """Ask for the proof of one participation on one day."""
    asked = bool(request.GET.keys() - {"lang"})
    form = MembershipForm(request.GET if asked else None)
    signed, problems = None, []
    if asked and form.is_valid():
        try:
            signed = membership_statement(**form.cleaned_data)
        except ProblemsError as error:
            problems = [problem.message for problem in error.problems]
    context = {"form": form, "signed": signed, "problems": problems, "notice": notice_of(marks())}
    return render(
        request, "register/membership.html", context, status=422 if problems or form.errors else 200
    )


@require_safe
@public(frame=False)
def statement_file(request: HttpRequest) -> HttpResponseBase:
    """The statement as a signed credential (VC-JWT), which `clustermark verify` accepts."""
    form = MembershipForm(request.GET)
    if not form.is_valid():
        raise Http404
    try:
        signed = membership_statement(**form.cleaned_data)
    except ProblemsError as error:
        text = "\n".join(problem.message for problem in error.problems)
        return HttpResponse(f"{text}\n", status=422, content_type="text/plain; charset=utf-8")
    response = HttpResponse(signed.token, content_type=f"application/{MEDIA_TYPE}")
    response.headers["Content-Disposition"] = 'attachment; filename="membership.jwt"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """The participant's own page: confirm that it belongs, or belonged, to the cluster."""
    row = Participation.objects.select_related("cluster").filter(token=token).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        confirm_participation(token=token)
        messages.success(request, _("Thank you: the participation is confirmed as of today."))
        return redirect("membership-confirm", token)
    response = render(request, "register/membership_confirm.html", {"row": row})
    response.headers["Cache-Control"] = "private, no-store"
    return response

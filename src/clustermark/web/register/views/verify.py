"""The page on which anyone checks a certificate: a file, an address, a number."""

from __future__ import annotations

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clustermark.certificates.verdict import Verdict
from clustermark.ground.problems import ProblemsError
from clustermark.web.register.caching import public
from clustermark.web.register.forms.verify import VerifyForm
from clustermark.web.register.models import Award
from clustermark.web.register.queries.checking import MOST, check, number_in, too_large

MULTIPART_EXTRA = 300_000
"""What a form adds to the bytes of its file."""


@csrf_exempt  # nothing is changed, and the page must be the same for everybody so that it can be cached
@require_http_methods(["GET", "HEAD", "POST"])
@public()
def verify_page(request: HttpRequest) -> HttpResponseBase:
    """Check what was brought, in memory, and forget it."""
    if request.method != "POST":
        return render(request, "register/verify.html", {"form": VerifyForm()})
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    form = VerifyForm()
    try:
        if length > MOST + MULTIPART_EXTRA:
            raise too_large()
        # nothing touches the disk: what does not fit in memory is not taken
        request.upload_handlers = [MemoryFileUploadHandler(request)]
        form = VerifyForm(request.POST, request.FILES)
        if not form.is_valid():
            return _page(request, form, 422)
        text = form.cleaned_data["text"]
        file = form.cleaned_data["file"]
        number = number_in(text) if text and not file else None
        if number is not None and Award.objects.filter(number=number).exists():
            return redirect("certificate", number)
        if number is not None:
            form.add_error("text", _("The register has no certificate with this number."))
        elif not text and not file:
            form.add_error(None, _("Choose a file, or enter a number, an address or a credential."))
        else:
            data = file.read() if file else text.strip().encode()
            return _page(request, VerifyForm(), 200, check(data, now=timezone.now()))
    except ProblemsError as error:
        if not form.is_bound:
            form = VerifyForm({})
        for problem in error.problems:
            form.add_error(None, f"{problem.message} {problem.allowed or ''}".strip())
    return _page(request, form, 422)


def _page(
    request: HttpRequest, form: VerifyForm, status: int, verdict: Verdict | None = None
) -> HttpResponse:
    response = render(request, "register/verify.html", {"form": form, "verdict": verdict}, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response

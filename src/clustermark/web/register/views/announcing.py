"""The draft of a release about a certificate: on the page, as HTML and as a Word file."""

from __future__ import annotations

from typing import get_args

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import Language, current_language
from clustermark.web.accounts.people import today
from clustermark.web.cases.views.page import by_of
from clustermark.web.files.names import disposition
from clustermark.web.register.domain.acting import require, subject_of_award
from clustermark.web.register.models import Award
from clustermark.web.register.queries.announcing import announcement_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
def announcement(request: HttpRequest, number: str, form: str = "") -> HttpResponse:
    """The draft in the language asked for; every figure leads to its computation."""
    award = get_object_or_404(Award.objects.select_related("cluster", "case"), number=number)
    require(by_of(request), "certificate.manage", subject_of_award(award))
    asked = request.GET.get("in", "")
    language: Language = next((one for one in get_args(Language) if one == asked), current_language())
    try:
        drafted = announcement_of(award, as_of=today(), language=language)
    except ProblemsError as error:
        context = {"award": award, "problems": [problem.message for problem in error.problems]}
        return render(request, "register/office/announcement.html", context, status=422)
    draft = drafted.draft
    if form == "html":
        from clustermark.reports.announcement_page import announcement_page  # noqa: PLC0415 - loads jinja2

        return _download(announcement_page(draft), "text/html; charset=utf-8", f"{number}-{language}.html")
    if form == "docx":
        from clustermark.reports.announcement_word import announcement_word  # noqa: PLC0415 - loads python-docx

        return _download(announcement_word(draft, as_of=today()), WORD, f"{number}-{language}.docx")
    if form:
        raise Http404
    context = {"award": award, "draft": draft, "language": language, "no_peers": drafted.no_peers}
    return render(request, "register/office/announcement.html", context)


def _download(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = disposition(name, inline=False)
    return response

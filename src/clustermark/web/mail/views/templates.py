"""The texts of mails, for the secretariat."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clustermark.casework.policy import Subject
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import Language
from clustermark.web.accounts.access import require, signed_in
from clustermark.web.accounts.forms.people import add_problems
from clustermark.web.mail.domain.templates import use_shipped, write_template
from clustermark.web.mail.models import MailTemplate
from clustermark.web.mail.wording import PLACEHOLDERS, SAMPLE, Text, text_of, unknown_places, words_for

MAILS = Subject(kind="mail")


class TextForm(forms.Form):
    """Subject and body."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 14}))


@login_required
def texts(request: HttpRequest) -> HttpResponse:
    """Every mail in every language, and which texts are the secretariat's own."""
    require(request, "mail.manage", MAILS)
    own = set(MailTemplate.objects.values_list("name", "language"))
    rows = [
        (
            name,
            words_for(name),
            [(code, language, (name, code) in own) for code, language in settings.LANGUAGES],
        )
        for name in PLACEHOLDERS
    ]
    return render(request, "mail/texts.html", {"rows": rows})


@login_required
def edit(request: HttpRequest, name: str, language: Language) -> HttpResponse:
    """Write one text, with a preview of it filled."""
    require(request, "mail.manage", MAILS)
    if name not in PLACEHOLDERS or language not in dict(settings.LANGUAGES):
        raise Http404
    if "reset" in request.POST:
        use_shipped(name=name, language=language, actor=signed_in(request))
        messages.success(request, _("The text that came along is in force again."))
        return redirect("mail-text", name=name, language=language)
    now = text_of(name, language)
    form = TextForm(request.POST or None, initial={"subject": now.subject, "body": now.body})
    shown = now
    if request.method == "POST" and form.is_valid():
        shown = Text(form.cleaned_data["subject"], form.cleaned_data["body"])
        if "save" in request.POST:
            try:
                write_template(name=name, language=language, actor=signed_in(request), **form.cleaned_data)
            except ProblemsError as error:
                add_problems(form, error)
            else:
                messages.success(request, _("The text was saved."))
                return redirect("mail-text", name=name, language=language)
    unknown = unknown_places(name, shown.subject + shown.body)
    context = {
        "name": name,
        "words": words_for(name),
        "language": dict(settings.LANGUAGES)[language],
        "code": language,
        "form": form,
        "places": sorted(PLACEHOLDERS[name]),
        "unknown": unknown,
        "preview": None if unknown else shown.filled(SAMPLE),
        "own": MailTemplate.objects.filter(name=name, language=language).exists(),
    }
    return render(request, "mail/text.html", context)

"""The secretariat's texts of mails and, while developing, the mails written."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from clustermark.web.mail.views.outbox import outbox
from clustermark.web.mail.views.templates import edit, texts

urlpatterns = [
    path("mail/texts/", texts, name="mail-texts"),
    path("mail/texts/<slug:name>/<slug:language>/", edit, name="mail-text"),
]
if settings.DEBUG:
    urlpatterns.append(path("dev/mail/", outbox, name="dev-mail"))

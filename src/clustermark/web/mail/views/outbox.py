"""The mails written, while developing: nothing leaves the machine."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clustermark.web.mail.models import Outbox


def outbox(request: HttpRequest) -> HttpResponse:
    """The last fifty of the outbox, and the files that were sent into the folder."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", settings.HOME / "mail"))
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:50]
    sent = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    mails = [{"to": mail["To"], "subject": mail["Subject"], "body": mail.get_content()} for mail in sent]
    return render(request, "mail/outbox.html", {"rows": Outbox.objects.all()[:50], "files": mails})

"""Mails: written with the act, sent after it, in three languages, in the secretariat's words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.models import Organisation
from clustermark.web.mail.domain.outbox import queue_mail, send
from clustermark.web.mail.domain.templates import use_shipped, write_template
from clustermark.web.mail.models import Outbox
from clustermark.web.mail.wording import PLACE, PLACEHOLDERS, Text, shipped, text_of
from tests.web.conftest import MakePerson, SignIn

VALUES = {
    "name": "Anna",
    "what": "answer",
    "case": "Oka {until}",
    "until": "1 May",
    "link": "https://x.example",
}


def queued() -> Outbox:
    with transaction.atomic():
        return queue_mail(mail="reminder", to="anna@example.org", language="en", values=VALUES)


@pytest.mark.parametrize("name", PLACEHOLDERS)
@pytest.mark.parametrize("language", ["en", "ru", "de"])
def test_every_text_fills_its_places_and_no_others(name: str, language: Any) -> None:
    text = shipped(name, language)
    assert set(PLACE.findall(text.subject + text.body)) == PLACEHOLDERS[name]


def test_values_are_not_filled_twice_and_a_subject_is_one_line() -> None:
    text = Text("{case}\nBcc: x", "{case}").filled({"case": "{name}\r\nBcc: y"})
    assert text == Text("{name} Bcc: y Bcc: x", "{name}\r\nBcc: y")


@pytest.mark.django_db
def test_a_mail_is_written_with_the_act_and_sent_once() -> None:
    row = queued()
    assert row.subject == "Oka {until}: answer, until 1 May"
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[row.pk]]
    assert mail.outbox == []
    assert (send(row.pk), send(row.pk)) == (None, None)
    assert [(message.to, message.subject) for message in mail.outbox] == [(["anna@example.org"], row.subject)]
    row.refresh_from_db()
    assert (row.attempts, row.error, row.sent_at is not None) == (1, "", True)


def test_outside_a_transaction_no_mail_is_written() -> None:
    with pytest.raises(RuntimeError, match="transaction of its act"):
        queue_mail(mail="reminder", to="a@example.org", language="en", values=VALUES)


@pytest.mark.django_db
def test_without_the_act_there_is_no_mail() -> None:
    with transaction.atomic():
        queue_mail(mail="reminder", to="a@example.org", language="en", values=VALUES)
        transaction.set_rollback(True)
    assert (Outbox.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_server_that_does_not_answer_is_tried_again_ever_later(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    row = queued()
    assert [send(row.pk) for _attempt in range(3)] == [timedelta(minutes=n) for n in (4, 16, 64)]
    row.refresh_from_db()
    assert (row.attempts, row.sent_at) == (3, None)
    assert "refused" in row.error


def test_the_secretariats_words_come_first_until_taken_back(make_person: MakePerson) -> None:
    sven = make_person("Sven", "secretariat")
    write_template(name="notice", language="en", subject="News: {case}", body="{what} {link}", actor=sven)
    assert text_of("notice", "en") == Text("News: {case}", "{what} {link}")
    assert text_of("notice", "de") == shipped("notice", "de")
    use_shipped(name="notice", language="en", actor=sven)
    assert text_of("notice", "en") == shipped("notice", "en")


def test_places_that_cannot_be_filled_are_refused(make_person: MakePerson) -> None:
    with pytest.raises(ProblemsError) as refused:
        write_template(
            name="notice",
            language="en",
            subject="{sum}",
            body="{until}",
            actor=make_person("S", "secretariat"),
        )
    assert [(p.place.field, p.message) for p in refused.value.problems] == [
        ("subject", "This mail cannot fill these places: {sum}."),
        ("body", "This mail cannot fill these places: {until}."),
    ]


def test_the_page_previews_saves_and_resets(make_person: MakePerson, sign_in: SignIn) -> None:
    client = sign_in(make_person("Sven", "secretariat"))
    assert client.get("/mail/texts/").status_code == 200
    path = "/mail/texts/notice/en/"
    data = {"subject": "Hear, {name}", "body": "{what} <b>"}
    page = client.post(path, {**data, "preview": "1"}).content.decode()
    assert "Hear, Maria Keller" in page
    assert "<b>" not in page.split("<main")[1]
    assert text_of("notice", "en") == shipped("notice", "en")
    assert client.post(path, {**data, "save": "1"}).status_code == 302
    assert text_of("notice", "en").subject == "Hear, {name}"
    assert client.post(path, {"reset": "1"}).status_code == 302
    assert text_of("notice", "en") == shipped("notice", "en")
    assert client.get("/mail/texts/nothing/en/").status_code == 404


def test_only_the_secretariat_writes(make_person: MakePerson, sign_in: SignIn, oka: Organisation) -> None:
    anna = sign_in(make_person("Anna", "manager", organisation=oka))
    assert anna.get("/mail/texts/notice/en/").status_code == 403

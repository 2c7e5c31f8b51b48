"""Mails about accounts: through the outbox, in the secretariat's words, in the reader's language; links that work."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clustermark.web.accounts.mails import MAILS
from clustermark.web.accounts.models import User
from clustermark.web.mail.domain.outbox import forget_account_mails
from clustermark.web.mail.domain.templates import write_template
from clustermark.web.mail.models import Outbox
from tests.web.conftest import MakePerson, SignIn
from tests.web.jobs.working import work

NEVER = {
    "login_code": "nobody signs in by a code",
    "password_reset_code": "passwords are reset by a link",
    "account_already_exists": "nobody signs up",
    # told only where ACCOUNT_EMAIL_NOTIFICATIONS is on
    **dict.fromkeys(
        [
            "account_connected",
            "account_disconnected",
            "email_changed",
            "email_confirm",
            "email_deleted",
            "password_changed",
            "password_reset",
            "password_set",
            "recovery_codes_generated",
            "totp_activated",
            "totp_deactivated",
            "webauthn_added",
            "webauthn_removed",
        ],
        "changes are not mailed",
    ),
}
"""allauth's mails that this site never sends, and why."""


@pytest.fixture
def anna(make_person: MakePerson) -> User:
    user = make_person("Anna")
    user.language = "de"
    user.save()
    return user


def path_in(body: str) -> str:
    """The path of the one link in a mail; it leads to this site, whatever the browser called it."""
    (link,) = re.findall(r"https?://\S+", body)
    assert link.startswith(settings.SITE_URL + "/")
    return str(link.removeprefix(settings.SITE_URL))


def test_every_mail_of_allauth_is_ours_or_is_never_sent() -> None:
    folder = Path(allauth.__file__).parent
    theirs = {path.name.removesuffix("_subject.txt") for path in folder.rglob("*_subject.txt")}
    ours = {prefix.rpartition("/")[2] for prefix in MAILS}
    assert theirs - ours - NEVER.keys() == set(), "say in accounts/mails.py what becomes of these"
    assert ours | NEVER.keys() <= theirs
    assert not hasattr(settings, "ACCOUNT_EMAIL_NOTIFICATIONS")


def test_a_new_password_by_a_link_in_the_readers_language(anna: User) -> None:
    browser = Client(headers={"Accept-Language": "ru"})
    browser.post("/account/password/reset/", {"email": "anna@example.org"})
    row = Outbox.objects.get()
    assert (row.mail, row.language, row.to) == ("password_reset", "de", "anna@example.org")
    assert row.subject == "Ihr neues Passwort für Clustermark"
    assert row.body.startswith("Guten Tag Anna,")
    assert mail.outbox == []
    work()
    assert [one.to for one in mail.outbox] == [["anna@example.org"]]
    key = browser.get(path_in(row.body), follow=True).redirect_chain[-1][0]
    changed = browser.post(key, {"password1": "seven grey storks", "password2": "seven grey storks"})
    assert changed.headers["Location"] == "/account/password/reset/key/done/"
    anna.refresh_from_db()
    assert anna.check_password("seven grey storks")
    again = Client().get(path_in(row.body), follow=True)
    assert "password1" not in again.content.decode(), "the link can be used once"


def test_a_stranger_gets_our_words_in_the_language_of_the_page(db: None) -> None:
    Client(headers={"Accept-Language": "ru"}).post("/account/password/reset/", {"email": "x@example.org"})
    row = Outbox.objects.get()
    assert (row.mail, row.language) == ("unknown_account", "ru")
    assert "x@example.org" in row.body
    assert path_in(row.body) == "/account/login/"


def test_nobody_learns_whether_there_is_an_account(anna: User) -> None:
    """The answer, its page and what it costs the database to make it are the same."""
    answers = []
    for email in ("anna@example.org", "nobody@example.org"):
        browser = Client()
        cache.clear()  # attempts from this address were none, or the second asker would find the first one's count
        with CaptureQueriesContext(connection) as asked:
            answer = browser.post("/account/password/reset/", {"email": email})
        written = [query["sql"].split()[0:3] for query in asked if query["sql"].startswith("INSERT")]
        page = browser.get(answer.headers["Location"]).content.decode()
        answers.append((answer.status_code, answer.headers["Location"], page.split("<main")[1], written))
    assert answers[0] == answers[1]
    assert len(answers[0][3]) >= 2


def test_a_new_address_is_confirmed_by_a_link(anna: User, sign_in: SignIn) -> None:
    client = sign_in(anna)
    client.post("/account/email/", {"email": "new@example.org", "action_add": ""})
    row = Outbox.objects.get()
    assert (row.mail, row.language, row.to) == ("confirm_address", "de", "new@example.org")
    assert "new@example.org" in row.body
    page = client.get(path_in(row.body))
    assert page.status_code == 200
    client.post(path_in(row.body))
    assert EmailAddress.objects.get(user=anna, email="new@example.org").verified


def test_the_secretariats_words_are_used(anna: User, make_person: MakePerson) -> None:
    sven = make_person("Sven", "secretariat")
    write_template(name="password_reset", language="de", subject="Hallo", body="{name} {link}", actor=sven)
    Client().post("/account/password/reset/", {"email": "anna@example.org"})
    row = Outbox.objects.get()
    assert row.subject == "Hallo"
    assert row.body.startswith("Anna http")


def test_mails_about_accounts_are_forgotten_and_others_are_not(anna: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=8)):
        Client().post("/account/password/reset/", {"email": "anna@example.org"})
        Outbox.objects.create(to="a@example.org", mail="notice", language="en", subject="s", body="b")
    Client().post("/account/password/reset/", {"email": "nobody@example.org"})
    assert forget_account_mails() == 1
    assert sorted(Outbox.objects.values_list("mail", flat=True)) == ["notice", "unknown_account"]

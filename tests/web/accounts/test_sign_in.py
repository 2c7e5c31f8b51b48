"""Signing in: password, second factor, and nothing said of who has an account."""

from __future__ import annotations

import hmac
import struct
import time
from base64 import b32decode
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory

from clustermark.web.accounts.browsers import in_words
from clustermark.web.accounts.domain.people import create_person
from clustermark.web.accounts.models import User
from clustermark.web.accounts.queries.actor import signed_in_strongly
from clustermark.web.accounts.seen import EVERY
from clustermark.web.mail.models import Outbox
from clustermark.web.seeding import address
from clustermark.web.site.views.sample_people import sample_people
from tests.web.conftest import PASSWORD, MakePerson, SignIn


def code(secret: str) -> str:
    """The authenticator's code of this moment (RFC 6238)."""
    digest = hmac.new(b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1").digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def sign_in_by_page(client: Client, email: str, password: str = PASSWORD) -> str:
    answer = client.post("/account/login/", {"login": email, "password": password})
    return answer.headers.get("Location", "")


def test_mail_and_password_open_the_site(make_person: MakePerson) -> None:
    make_person("Anna", "manager")
    client = Client()
    assert sign_in_by_page(client, "ANNA@example.org") == "/"
    assert client.get("/").status_code == 200


def test_passwords_are_kept_with_argon2(make_person: MakePerson) -> None:
    assert make_person("Anna").password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("role", ["expert", "decider", "secretariat", "admin"])
def test_roles_of_weight_set_up_a_second_factor_before_anything_else(
    role: str, make_person: MakePerson, sign_in: SignIn
) -> None:
    client = sign_in(make_person("Vera", role), strong=False)
    for path in ("/", "/account/", "/account/people/", "/account/data/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/account/2fa/"), path
    assert client.get("/account/2fa/").status_code == 200


def test_after_an_authenticator_is_set_up_the_next_sign_in_asks_for_it(make_person: MakePerson) -> None:
    make_person("Vera", "secretariat")
    client = Client()
    sign_in_by_page(client, "vera@example.org")
    page = client.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert "<svg" in page.content.decode()
    answer = client.post("/account/2fa/totp/activate/", {"code": code(secret)})
    assert answer.status_code == 302
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}

    another = Client()
    assert sign_in_by_page(another, "vera@example.org") == "/account/2fa/authenticate/"
    assert another.get("/").headers["Location"].startswith("/account/login/")
    cache.clear()  # a code is taken once; the test does not wait for the next
    assert another.post("/account/2fa/authenticate/", {"code": code(secret)}).headers["Location"] == "/"
    assert another.get("/account/people/").status_code == 200


@pytest.mark.parametrize(("kind", "strong"), [("totp", True), ("webauthn", True), ("recovery_codes", False)])
def test_setting_up_a_factor_makes_the_session_strong(
    kind: str, strong: bool, make_person: MakePerson, sign_in: SignIn, rf: RequestFactory
) -> None:
    vera = make_person("Vera", "secretariat")
    request = rf.get("/")
    request.user, request.session = vera, sign_in(vera, strong=False).session
    assert not signed_in_strongly(request)
    made = Authenticator.objects.create(user=vera, type=kind, data={})
    authenticator_added.send(sender=Authenticator, request=request, user=vera, authenticator=made)
    assert signed_in_strongly(request) is strong


def test_the_same_is_said_whether_an_account_exists(make_person: MakePerson) -> None:
    make_person("Anna")

    def said(email: str) -> str:
        page = Client().post("/account/login/", {"login": email, "password": "wrong wrong wrong"})
        return page.content.decode().split("error-summary")[1].split("</ul>")[0]

    assert said("anna@example.org") == said("nobody@example.org")
    for email in ("anna@example.org", "nobody@example.org"):
        answer = Client().post("/account/password/reset/", {"email": email})
        assert answer.headers["Location"] == "/account/password/reset/done/"
    assert mail.outbox == [], "mails go through the outbox"
    assert sorted((one.to, one.mail) for one in Outbox.objects.all()) == [
        ("anna@example.org", "password_reset"),
        ("nobody@example.org", "unknown_account"),
    ]


def test_attempts_are_limited(make_person: MakePerson) -> None:
    make_person("Anna")
    for _attempt in range(10):
        sign_in_by_page(Client(), "anna@example.org", "wrong wrong wrong")
    assert sign_in_by_page(Client(), "anna@example.org") == ""


FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0"
)


def test_sessions_are_listed_in_plain_words_and_ended(make_person: MakePerson) -> None:
    make_person("Anna")
    here, there, elsewhere = (Client(headers={"user-agent": one}) for one in (FIREFOX, PHONE, EDGE))
    for client in (here, there, elsewhere):
        assert sign_in_by_page(client, "anna@example.org") == "/"
    shown = here.get("/account/sessions/").context["sessions"]
    assert [words for _session, words, _current in shown] == [
        "Firefox on Windows",
        "Edge on macOS",
        "Safari on iPhone",
    ]
    assert [current for _session, _words, current in shown] == [True, False, False]
    assert here.get("/account/sessions/").content.decode().count("this one") == 1
    assert here.post("/account/sessions/", {"session": shown[2][0].pk}).status_code == 302
    assert there.get("/").headers["Location"] == "/account/login/?next=/"
    assert elsewhere.get("/").status_code == 200
    # neither this session nor somebody else's is ended by its number
    assert here.post("/account/sessions/", {"session": shown[0][0].pk}).status_code == 404
    make_person("Boris")
    assert sign_in_by_page(there, "boris@example.org") == "/"
    others = there.get("/account/sessions/").context["sessions"][0][0].pk
    assert here.post("/account/sessions/", {"session": others}).status_code == 404
    here.post("/account/sessions/")
    assert elsewhere.get("/").headers["Location"] == "/account/login/?next=/"
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 200)


@pytest.mark.django_db
def test_who_signs_in_by_a_button_of_the_sample_sees_that_session_too() -> None:
    olga = create_person(email=address("manager"), name="Olga", password=PASSWORD)
    request = RequestFactory().post(
        "/dev/people/", {"email": address("manager")}, headers={"user-agent": EDGE}
    )
    SessionMiddleware(lambda _request: HttpResponse()).process_request(request)
    request.user = AnonymousUser()
    assert sample_people(request).status_code == 302
    found = UserSession.objects.get()
    assert (found.user, found.session_key) == (olga, request.session.session_key)
    assert in_words(found.user_agent) == "Edge on macOS"


def test_the_last_use_of_a_session_is_noted_now_and_then(
    make_person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person("Anna")
    client = Client()
    sign_in_by_page(client, "anna@example.org")
    UserSession.objects.update(last_seen_at=datetime(2020, 1, 1, tzinfo=UTC))
    client.get("/account/", REMOTE_ADDR="198.51.100.7")
    assert UserSession.objects.get().ip == "127.0.0.1"
    later = time.monotonic() + EVERY
    monkeypatch.setattr("clustermark.web.accounts.seen.time.monotonic", lambda: later)
    client.get("/account/", REMOTE_ADDR="198.51.100.7")
    found = UserSession.objects.get()
    assert (found.ip, found.last_seen_at.year > 2020) == ("198.51.100.7", True)


@pytest.mark.parametrize(
    ("said", "words"), [("", "Unknown browser"), ("curl/8", "Unknown browser"), ("X (Linux)", "Linux")]
)
def test_a_browser_that_says_little_is_told_as_it_is(said: str, words: str) -> None:
    assert in_words(said) == words


def test_an_account_without_proven_address_gets_a_mail_first(make_person: MakePerson) -> None:
    user = make_person("Anna")
    EmailAddress.objects.filter(user=user).update(verified=False)
    assert sign_in_by_page(Client(), user.email) == "/account/confirm-email/"
    assert User.objects.count() == 1

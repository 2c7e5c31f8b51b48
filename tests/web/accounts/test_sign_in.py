"""Signing in: password, second factor, and nothing said of who has an account."""

from __future__ import annotations

import hmac
import struct
import time
from base64 import b32decode

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory

from clustermark.web.accounts.models import User
from clustermark.web.accounts.queries.actor import signed_in_strongly
from clustermark.web.mail.models import Outbox
from tests.web.conftest import PASSWORD, MakePerson, SignIn


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    cache.clear()


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


def test_sessions_are_listed_and_ended(make_person: MakePerson) -> None:
    make_person("Anna")
    here, there = Client(), Client()
    for client in (here, there):
        assert sign_in_by_page(client, "anna@example.org") == "/"
        client.get("/")
    assert here.get("/account/sessions/").content.decode().count("<tr>") == 3
    here.post("/account/sessions/")
    assert here.get("/").status_code == 200
    assert there.get("/").headers["Location"] == "/account/login/?next=/"


def test_an_account_without_proven_address_gets_a_mail_first(make_person: MakePerson) -> None:
    user = make_person("Anna")
    EmailAddress.objects.filter(user=user).update(verified=False)
    assert sign_in_by_page(Client(), user.email) == "/account/confirm-email/"
    assert User.objects.count() == 1

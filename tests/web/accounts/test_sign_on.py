"""Single sign-on, through a real provider over HTTP: who is joined, who never is, and what may go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clustermark.web.accounts.models import User
from clustermark.web.sign_on import providers_from
from tests.openid_provider import Provider, providing
from tests.web.conftest import MakePerson, SignIn

LEAVE = "/account/oidc/sso/login/"
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - of an authenticator that lives for one test


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with providing("http://testserver") as one:
        yield one


@pytest.fixture
def provider(running: Provider, settings: Any, db: None) -> Provider:
    """The provider, which this site uses."""
    settings.SOCIALACCOUNT_PROVIDERS = providers_from(running.environment)
    return running


def leave(client: Client, query: str = "") -> str:
    """Press the button on the page of sign-in; where the browser is sent."""
    page = client.post(LEAVE + query)
    assert page.status_code == 200
    refresh = page.headers["Refresh"]
    assert refresh.startswith("0;url=")
    return refresh.removeprefix("0;url=")


def sign_on(client: Client, provider: Provider, who: str, query: str = "") -> Any:
    """There and back, as `who`."""
    return client.get(provider.agree(leave(client, query), who))


def test_the_page_of_sign_in_leads_there_by_a_form_of_our_own(provider: Provider) -> None:
    page = Client().get("/account/login/?next=/account/data/").content.decode()
    assert f'action="{LEAVE}?process=login&amp;next=%2Faccount%2Fdata%2F"' in page
    assert "Sign in with Valley ID" in page
    # a link from elsewhere begins nothing: the page asks first
    asked = Client().get(LEAVE)
    assert (asked.status_code, "Refresh" in asked.headers) == (200, False)


def test_an_account_with_the_same_proven_address_is_joined(
    provider: Provider, make_person: MakePerson
) -> None:
    anna = make_person("Anna", "manager")
    provider.knows("anna-1", email="Anna@example.org", email_verified=True, name="Anna")
    client = Client()
    answer = sign_on(client, provider, "anna-1", "?process=login&next=/account/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/")
    assert client.get("/account/").context["user"] == anna
    assert list(SocialAccount.objects.values_list("user_id", "uid")) == [(anna.pk, "anna-1")]
    anna.refresh_from_db()
    assert anna.has_usable_password()
    # from now on by the provider's number, also when the address there has changed
    provider.knows("anna-1", email="anna@elsewhere.example", email_verified=False)
    again = Client()
    assert sign_on(again, provider, "anna-1").headers["Location"] == "/"
    assert again.get("/account/").context["user"] == anna


@pytest.mark.parametrize("verified", [False, None, "false", "true", 1])
def test_an_address_that_the_provider_has_not_proven_joins_nobody(
    verified: object, provider: Provider, make_person: MakePerson
) -> None:
    make_person("Anna", "manager")
    who = f"stranger-{verified}"
    claims = {} if verified is None else {"email_verified": verified}
    provider.knows(who, email="anna@example.org", **claims)
    client = Client()
    refused(sign_on(client, provider, who), client)


def test_an_address_that_is_not_proven_here_joins_nobody(provider: Provider, make_person: MakePerson) -> None:
    """Mallory adds Anna's address to an account of her own and waits for Anna to come."""
    mallory = make_person("Mallory", "manager")
    EmailAddress.objects.create(user=mallory, email="anna@example.org", verified=False)
    provider.knows("anna-2", email="anna@example.org", email_verified=True)
    client = Client()
    refused(sign_on(client, provider, "anna-2"), client)


def test_a_new_person_has_to_be_invited_and_learns_nothing_of_others(
    provider: Provider, make_person: MakePerson
) -> None:
    make_person("Anna")
    provider.knows("new", email="new@example.org", email_verified=True, name="New")
    provider.knows("like-anna", email="anna@example.org", email_verified=False)
    pages = []
    for who in ("new", "like-anna"):
        client = Client()
        pages.append(refused(sign_on(client, provider, who), client))
    assert pages[0] == pages[1]
    assert User.objects.count() == 1


def refused(answer: HttpResponse, client: Client) -> str:
    """Nobody is signed in or joined; the page says what to do."""
    assert answer.status_code == 200
    text = answer.content.decode().split("<main")[1]
    assert "Accounts are made by invitation." in text
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()
    return text


@pytest.mark.parametrize("role", ["expert", "decider", "secretariat", "admin"])
def test_who_needs_a_second_factor_needs_it_here_too(
    role: str, provider: Provider, make_person: MakePerson
) -> None:
    vera = make_person("Vera", role)
    provider.knows(f"vera-{role}", email="vera@example.org", email_verified=True)
    client = Client()
    sign_on(client, provider, f"vera-{role}")
    assert client.get("/").headers["Location"] == "/account/2fa/"
    # and whoever has one shows it before being signed in
    Authenticator.objects.create(user=vera, type="totp", data={"secret": SECRET})
    another = Client()
    answer = sign_on(another, provider, f"vera-{role}")
    assert answer.headers["Location"] == "/account/2fa/authenticate/"
    assert another.get("/").headers["Location"].startswith("/account/login/")


def test_a_cancelled_sign_in_says_so(provider: Provider) -> None:
    client = Client()
    back = client.get(provider.deny(leave(client)))
    assert back.headers["Location"] == reverse("socialaccount_login_cancelled")
    page = client.get(back.headers["Location"]).content.decode()
    assert "Sign-in cancelled" in page
    assert 'href="/account/login/"' in page


def test_an_answer_is_taken_once_and_only_by_the_browser_that_asked(
    provider: Provider, make_person: MakePerson
) -> None:
    make_person("Anna", "manager")
    provider.knows("anna-3", email="anna@example.org", email_verified=True)
    client, victim = Client(), Client()
    back = provider.agree(leave(client), "anna-3")
    state = back.split("state=")[1].split("&")[0]
    leave(victim)  # has a sign-in of its own under way
    for browser, address in [(victim, back), (client, back.replace(state, "A" * len(state)))]:
        answer = browser.get(address)
        assert answer.status_code == 401
        assert "Begin anew" in answer.content.decode()
        assert "_auth_user_id" not in browser.session
    assert client.get(back).headers["Location"] == "/"
    assert client.get(back).status_code == 401


def test_a_code_is_worth_nothing_without_the_proof_of_who_asked(
    provider: Provider, make_person: MakePerson
) -> None:
    make_person("Anna", "manager")
    provider.knows("anna-4", email="anna@example.org", email_verified=True)
    theirs, ours = Client(), Client()
    stolen = provider.agree(leave(theirs), "anna-4").split("code=")[1].split("&")[0]
    back = provider.agree(leave(ours), "anna-4")
    answer = ours.get(back.replace(back.split("code=")[1].split("&")[0], stolen))
    assert answer.status_code == 401
    assert "_auth_user_id" not in ours.session


def test_somebody_signed_in_connects_and_disconnects_their_own(
    provider: Provider, make_person: MakePerson, sign_in: SignIn
) -> None:
    anna = make_person("Anna", "manager")
    provider.knows("anna-5", email="private@example.net", email_verified=False)
    client = sign_in(anna)
    answer = sign_on(client, provider, "anna-5", "?process=connect")
    assert answer.headers["Location"] == reverse("socialaccount_connections")
    account = SocialAccount.objects.get(user=anna)
    assert sign_on(Client(), provider, "anna-5").headers["Location"] == "/"
    client.post(reverse("socialaccount_connections"), {"account": account.pk})
    assert not SocialAccount.objects.exists()


def test_a_provider_that_does_not_answer_is_told_of(provider: Provider, settings: Any) -> None:
    client = Client()
    back = provider.agree(leave(client), "nobody")
    away = replace(provider, url="http://localhost:9")
    settings.SOCIALACCOUNT_PROVIDERS = providers_from(away.environment)
    for answer in (client.post(LEAVE), client.get(back)):
        assert answer.status_code == 503
        assert "does not answer" in answer.content.decode()


def test_a_site_without_a_provider_offers_none() -> None:
    assert providers_from({}) == {}
    with pytest.raises(KeyError, match="CLUSTERMARK_OIDC_CLIENT"):
        providers_from({"CLUSTERMARK_OIDC_ISSUER": "https://id.example.org"})

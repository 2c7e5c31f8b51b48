"""The pages of the sign-in library speak our words, and each button acts on the address it stands beside."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from clustermark.web.accounts.models import User
from tests.web.conftest import MakePerson, SignIn

pytestmark = pytest.mark.django_db
PAGES = (
    "login",
    "password/reset",
    "password/change",
    "email",
    "reauthenticate",
    "2fa/totp/activate",
    "2fa/webauthn/add",
)


def test_every_form_that_is_named_is_there() -> None:
    named = [*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()]
    assert len({import_string(path).__qualname__ for path in named}) == len(named)


@pytest.mark.parametrize("page", PAGES)
def test_no_field_says_its_label_twice_and_none_is_left_in_english(
    page: str, make_person: MakePerson, sign_in: SignIn
) -> None:
    anna = make_person("Anna")
    User.objects.update(language="ru")
    client = Client() if page in {"login", "password/reset"} else sign_in(anna)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    text = client.get(f"/account/{page}/").content.decode()
    main = re.sub(
        r"<(script|style).*?</\1>", "", text[text.index("<main") : text.index("</main>")], flags=re.DOTALL
    )
    labels = [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<label[^>]*>(.*?)</label>", main)]
    assert labels
    assert all(re.search("[а-я]", label) for label in labels), labels
    assert "placeholder" not in main


def test_an_address_is_added_made_the_main_one_and_removed(make_person: MakePerson, sign_in: SignIn) -> None:
    anna = make_person("Anna")
    client = sign_in(anna)
    assert client.post("/account/email/", {"action_add": "", "email": "a@example.net"}).status_code == 302
    page = client.get("/account/email/").content.decode()
    # the main address has no buttons; the new one is to be confirmed first
    assert page.count('name="action_remove"') == page.count('name="action_send"') == 1
    assert 'name="action_primary"' not in page
    EmailAddress.objects.filter(email="a@example.net").update(verified=True)
    page = client.get("/account/email/").content.decode()
    assert page.count('name="action_primary"') == 1
    assert 'name="action_send"' not in page
    client.post("/account/email/", {"action_primary": "", "email": "a@example.net"})
    assert EmailAddress.objects.get(user=anna, primary=True).email == "a@example.net"
    client.post("/account/email/", {"action_remove": "", "email": "anna@example.org"})
    assert list(EmailAddress.objects.filter(user=anna).values_list("email", flat=True)) == ["a@example.net"]


def test_a_link_that_is_not_whole_leads_to_a_new_one() -> None:
    page = Client().get("/account/password/reset/key/1-nothing/").content.decode()
    assert "This link is used up" in page
    assert 'href="/account/password/reset/"' in page

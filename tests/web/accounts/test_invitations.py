"""Invitations: the only way to an account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.domain.invitations import (
    accept_invitation,
    invitation_of,
    invite,
    token_of,
    withdraw_invitation,
)
from clustermark.web.accounts.models import Grant, Invitation, Organisation, User
from clustermark.web.log.checking import verify_log
from clustermark.web.log.models import LogRow
from clustermark.web.mail.models import Outbox
from tests.web.conftest import PASSWORD, MakePerson, SignIn


def invited(oka: Organisation, *, email: str = "New@Example.org", **more: object) -> Invitation:
    return invite(email=email, name="Nina New", role="team", organisation=oka, actor=None, **more)  # type: ignore[arg-type]


def test_an_invitation_becomes_an_account_once(oka: Organisation) -> None:
    invitation = invited(oka)
    mail = Outbox.objects.get()
    assert (mail.to, mail.subject) == ("new@example.org", "Your invitation to Clustermark")
    link = re.search(r"http\S+", mail.body)
    assert link is not None
    path = link[0].removeprefix("http://127.0.0.1:8000")

    client = Client()
    assert client.get(path).status_code == 200
    answer = client.post(path, {"name": "Nina New", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    nina = User.objects.get(email="new@example.org")
    assert [(g.role, g.organisation) for g in nina.grants.all()] == [("team", oka)]
    assert client.get("/account/").status_code == 200
    assert Client().get(path).status_code == 410
    with pytest.raises(ProblemsError, match="no longer valid"):
        accept_invitation(invitation=invitation, password=PASSWORD)
    acts = list(LogRow.objects.values_list("act", flat=True))
    assert acts == ["invitation.send", "person.create", "grant.give", "invitation.accept"]
    assert list(verify_log()) == []


def test_links_that_were_made_up_or_are_over_are_refused(oka: Organisation, make_person: MakePerson) -> None:
    invitation = invited(oka)
    assert invitation_of(token_of(invitation)) == invitation
    assert invitation_of(token_of(invitation)[:-1] + "x") is None
    assert invitation_of(str(invitation.reference)) is None
    assert invitation_of(signing.dumps(str(invitation.reference), salt="another")) is None
    late = invited(oka, email="late@example.org", valid_for=timedelta(0))
    assert invitation_of(token_of(late)) is None
    withdraw_invitation(invitation=invitation, actor=make_person("Ada", "admin"))
    assert invitation_of(token_of(invitation)) is None


def test_a_weak_password_makes_no_account(oka: Organisation) -> None:
    path = f"/account/invitation/{token_of(invited(oka))}/"
    page = Client().post(path, {"name": "Nina", "password": "short"}).content.decode()
    assert "at least 12 characters" in page
    assert 'aria-describedby="id_password_helptext id_password_error"' in page
    assert '<a href="#id_password">' in page
    assert not User.objects.filter(email="new@example.org").exists()


def test_somebody_known_takes_a_role_only_when_signed_in(
    oka: Organisation, make_person: MakePerson, sign_in: SignIn
) -> None:
    anna, eve = make_person("Anna"), make_person("Eve")
    path = f"/account/invitation/{token_of(invited(oka, email=anna.email))}/"
    Client().post(path, {"name": "Anna", "password": PASSWORD})
    sign_in(eve).post(path)
    assert not Grant.objects.exists()
    assert sign_in(anna).post(path).headers["Location"] == "/"
    assert [(g.user, g.role) for g in Grant.objects.all()] == [(anna, "team")]


@pytest.mark.django_db
def test_nobody_signs_up_unasked() -> None:
    page = Client().post("/account/signup/", {"email": "eve@example.org", "password1": PASSWORD})
    assert page.status_code == 200
    assert not User.objects.exists()


def test_the_invitation_speaks_the_language_of_the_invited(oka: Organisation) -> None:
    invited(oka, language="de")
    mail = Outbox.objects.get()
    assert mail.subject == "Ihre Einladung zu Clustermark"
    until = timezone.localdate() + timedelta(days=14)
    assert f"{until.day}. " in mail.body
    assert "Clusterteam" in mail.body

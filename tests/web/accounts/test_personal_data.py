"""A person's data: shown, taken along, erased, with the log still whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.domain.erasure import erase_due, erase_person
from clustermark.web.accounts.domain.grants import end_grant, grant_role
from clustermark.web.accounts.domain.invitations import accept_invitation, invite
from clustermark.web.accounts.models import Organisation
from clustermark.web.log.checking import verify_log
from clustermark.web.log.models import LogText
from tests.web.conftest import PASSWORD, MakePerson, SignIn


def test_erasure_leaves_the_reference_and_a_whole_log(
    make_person: MakePerson, sign_in: SignIn, oka: Organisation
) -> None:
    ada, anna = make_person("Ada", "admin"), make_person("Anna", "admin")
    grant_role(user=ada, role="team", organisation=oka, actor=anna, reason="Anna's own words")
    client = sign_in(anna)
    reference = anna.reference
    erase_person(user=anna, actor=ada, actor_role="admin")
    anna.refresh_from_db()
    assert (anna.reference, anna.name, anna.is_active) == (reference, "–", False)
    assert anna.email == f"{reference}@erased.invalid"
    assert not LogText.objects.filter(text="Anna's own words").exists()
    assert list(verify_log()) == []
    assert client.get("/").status_code == 302


def test_the_last_administrator_is_not_erased(make_person: MakePerson) -> None:
    ada = make_person("Ada", "admin")
    with pytest.raises(ProblemsError, match="last administrator"):
        erase_person(user=ada)
    ada.refresh_from_db()
    assert ada.name == "Ada"


def test_a_wish_waits_thirty_days_and_can_be_taken_back(make_person: MakePerson, sign_in: SignIn) -> None:
    anna = make_person("Anna", "manager")
    client = sign_in(anna)
    client.post("/account/erasure/")
    anna.refresh_from_db()
    today = timezone.localdate()
    assert anna.erase_on == today + timedelta(days=30)
    assert erase_due(today + timedelta(days=29)) == 0
    client.post("/account/erasure/", {"keep": "1"})
    assert erase_due(today + timedelta(days=30)) == 0
    client.post("/account/erasure/")
    assert erase_due(today + timedelta(days=30)) == 1
    anna.refresh_from_db()
    assert anna.erased_at is not None


def test_ones_own_data_come_as_a_file(make_person: MakePerson, sign_in: SignIn) -> None:
    anna = make_person("Anna", "manager")
    answer = sign_in(anna).get("/account/data/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    kept = answer.json()
    assert kept["email"] == "anna@example.org"
    assert kept["roles"] == [
        {"role": "manager", "organisation": "Label secretariat", "from": "2020-01-01", "until": None}
    ]


def test_the_profile_is_saved(make_person: MakePerson, sign_in: SignIn) -> None:
    anna = make_person("Anna")
    answer = sign_in(anna).post("/account/", {"name": " Anna S. ", "country": "de", "language": "de"})
    assert answer.status_code == 302
    anna.refresh_from_db()
    assert (anna.name, anna.country, anna.language) == ("Anna S.", "DE", "de")


def test_nothing_is_left_of_interests_former_addresses_and_what_others_wrote(
    make_person: MakePerson, oka: Organisation
) -> None:
    ada = make_person("Ada", "admin")
    invitation = invite(email="nina@example.org", name="Nina New", role="expert", organisation=oka, actor=ada)
    nina = accept_invitation(invitation=invitation, password=PASSWORD)
    nina.email = "nina@elsewhere.example"
    nina.save()
    end_grant(grant=nina.grants.get(), actor=ada, reason="Nina moved to Oslo.")
    erase_person(user=nina, actor=ada, actor_role="admin")
    invitation.refresh_from_db()
    assert (invitation.email, invitation.name) == (f"{nina.reference}@erased.invalid", "–")
    assert not LogText.objects.filter(text="Nina moved to Oslo.").exists()
    assert list(verify_log()) == []

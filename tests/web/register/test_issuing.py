"""Issuing a certificate of a decided case."""

from __future__ import annotations

import json
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client

from clustermark.certificates import jws
from clustermark.certificates.did import document_address
from clustermark.certificates.number import read_number
from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.models import Tie
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.sealed import content_of, latest
from clustermark.web.files.store import BlobStore
from clustermark.web.log.models import LogRow
from clustermark.web.register.domain.issuing import issue_certificate, missing_for_issue
from clustermark.web.register.models import Award, IssuedFile, IssuerKeys, LeafEntry
from clustermark.web.register.queries.signing import issuer_of_site
from clustermark.web.seeding import Sample

STATES = ("decided",)


def test_the_certificate_says_what_was_sealed(award: Award, decided: Case) -> None:
    sealed = latest(decided, "decision")
    assert sealed is not None
    content = content_of(sealed)
    number = read_number(award.number)
    assert (number.country, number.year, number.serial) == ("RU", today().year, 1)
    assert (award.level, award.holder) == ("silver", content["cluster"]["name"])
    assert award.valid_until is not None
    assert award.valid_until.isoformat() == content["valid_until"]
    record = json.loads(award.files.get().record)
    assert record["decision_digest"] == sealed.digest
    assert record["dossier_digest"] == content["sealed"]["dossier"]
    assert record["summary"]["significantly_above"] == content["summary"]["significantly_above"]
    assert record["notice"]["en"].startswith("Not endorsed")
    with BlobStore().open(award.files.get().pdf_id) as pdf:
        assert pdf.read(5) == b"%PDF-"


def test_issuing_is_logged_and_entered(award: Award) -> None:
    row = LogRow.objects.get(act="certificate_issue")
    assert row.subject == f"certificate:{award.number}"
    assert row.facts == {"case": award.case.number, "conditional": False, "immediately": True}  # type: ignore[union-attr] # it has a case
    entry = json.loads(LeafEntry.objects.get(index=0).entry)
    assert entry["certificate"] == award.number
    assert [(span.first, span.state) for span in award.spans.all()][1] == (award.valid_from, "valid")


def test_nothing_is_issued_while_the_cluster_can_appeal(
    sample: Sample, decided: Case, keys: IssuerKeys
) -> None:
    with pytest.raises(ProblemsError) as caught:
        issue_certificate(case=decided, by=sample.by("secretariat"))
    assert "can appeal until" in str(caught.value)
    with pytest.raises(ProblemsError, match="reason"):
        issue_certificate(case=decided, by=sample.by("secretariat"), immediately=True)
    assert not Award.objects.exists()
    assert not IssuedFile.objects.exists()


def test_after_the_term_it_is_issued_without_more(
    sample: Sample, decided: Case, keys: IssuerKeys, time_machine: Any
) -> None:
    last = decided.decisions.get().appeal_until
    assert last is not None
    time_machine.move_to(last + timedelta(days=1))
    assert missing_for_issue(decided) == []


def test_a_case_is_issued_once(sample: Sample, award: Award, decided: Case) -> None:
    with pytest.raises(ProblemsError, match="issued already"):
        issue_certificate(
            case=decided, by=sample.by("secretariat"), immediately=True, reason="Once more, please."
        )


def test_without_keys_nothing_is_issued(sample: Sample, decided: Case) -> None:
    missing = [one.part for one in missing_for_issue(decided, immediately=True)]
    assert missing == ["keys"]


def test_only_the_secretariat_issues(sample: Sample, decided: Case, keys: IssuerKeys) -> None:
    for who in ("manager", "expert-a", "decider", "agency", "admin"):
        with pytest.raises(PermissionDenied):
            issue_certificate(case=decided, by=sample.by(who), immediately=True, reason="I would like to.")


def test_somebody_tied_to_the_cluster_does_not_issue(sample: Sample, decided: Case, keys: IssuerKeys) -> None:
    Tie.objects.create(
        user=sample.people["secretariat"],
        cluster=decided.cluster,
        kind=Tie.Kind.choices[0][0],
        starts_on=today(),
    )
    with pytest.raises(PermissionDenied, match="tied"):
        issue_certificate(
            case=decided, by=sample.by("secretariat"), immediately=True, reason="I know them well."
        )


def test_what_was_entered_is_never_changed(award: Award) -> None:
    tables = {
        "register_award": "id",
        "register_awardact": "id",
        "register_leafentry": "entry",
        "register_issuedfile": "id",
    }
    for table, column in tables.items():
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:9000", "http://localhost:9000"),
        ("https://127.0.0.1:8443", "https://127.0.0.1:8443"),
        ("http://label.example", "https://label.example"),
        ("https://label.example:8443", "https://label.example:8443"),
    ],
)
def test_addresses_in_certificates_are_https_but_on_a_machine_of_ones_own(
    settings: Any, site: str, address: str
) -> None:
    settings.SITE_URL = site
    issuer = issuer_of_site({"en": "Label Secretariat"})
    assert issuer.check_address == f"{address}/register/"
    # where the key document of that issuer is looked for; a DID names no scheme, so TLS on localhost is not known
    found = document_address(issuer.id)
    assert found.removeprefix("https").removeprefix("http") == f"{address}/.well-known/did.json".removeprefix(
        "https"
    ).removeprefix("http")


def test_code_snippet_and_status_lead_to_the_address_of_the_site(award: Award, settings: Any) -> None:
    site = settings.SITE_URL
    assert site.startswith("http://127.0.0.1")
    file = award.files.get()
    payload = jws.read(file.token).payload
    assert payload["id"] == f"{site}/register/{award.number}"
    assert {one["statusListCredential"] for one in payload["credentialStatus"]} == {
        f"{site}/status/{purpose}" for purpose in ("revocation", "suspension")
    }
    page = Client().get(f"/register/{award.number}/").content.decode()
    assert f"{site}/badge/{award.number}.svg" in unescape(page)
    assert site.replace("http://", "https://") not in page

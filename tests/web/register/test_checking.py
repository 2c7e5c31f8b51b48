"""Checking what strangers bring: certificates, numbers, and hostile files."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clustermark.certificates import fetching, jws
from clustermark.web.files.store import BlobStore
from clustermark.web.register.domain.living import withdraw_award
from clustermark.web.register.models import Award
from clustermark.web.register.queries import checking
from clustermark.web.seeding import Sample

STATES = ("decided",)


def bring(data: bytes, name: str = "certificate.pdf") -> Any:
    return Client(enforce_csrf_checks=True).post("/verify/", {"file": SimpleUploadedFile(name, data)})


def pdf_of(award: Award) -> bytes:
    with BlobStore().open(award.files.get().pdf_id) as kept:
        return kept.read()


def test_a_genuine_certificate_is_told_from_a_changed_and_a_withdrawn_one(
    award: Award, sample: Sample
) -> None:
    pdf = pdf_of(award)
    answer = bring(pdf)
    assert answer.status_code == 200
    assert "The certificate is genuine and valid." in answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"
    changed = pdf.replace(b"/Type", b"/Tyqe", 1)
    assert "This is not a genuine certificate" in bring(changed).content.decode()
    token = award.files.get().token
    assert "genuine and valid" in Client().post("/verify/", {"text": token}).content.decode()
    withdraw_award(award=award, by=sample.by("secretariat"), reason="It was obtained with false papers.")
    assert "The certificate was withdrawn." in bring(pdf).content.decode()
    api = Client().post("/api/verify", {"file": SimpleUploadedFile("x.jwt", token.encode())})
    assert (api.status_code, api.json()["standing"]) == (200, "revoked")


def test_numbers_and_addresses_lead_to_the_page(award: Award) -> None:
    for text in (award.number, award.number.lower(), f"https://label.example/register/{award.number}/"):
        answer = Client().post("/verify/", {"text": text})
        assert answer.headers["Location"] == f"/register/{award.number}/", text
    swapped = award.number[:-2] + award.number[-1] + award.number[-2]
    assert "check digits" in Client().post("/verify/", {"text": swapped}).content.decode()
    unknown = Client().post("/verify/", {"text": "DE-2017-10-0042-44"})
    assert unknown.status_code == 422
    assert Client().post("/verify/", {}).status_code == 422


@pytest.mark.django_db
def test_hostile_things_end_as_verdicts(monkeypatch: pytest.MonkeyPatch, keys: None) -> None:
    asked: list[str] = []
    monkeypatch.setattr(fetching, "fetch", lambda address, **_options: asked.append(address))
    header = jws.base64url(json.dumps({"alg": "none", "typ": "vc+jwt"}).encode())
    payload = jws.base64url(
        json.dumps({"iss": "did:web:169.254.169.254", "id": "http://127.0.0.1/"}).encode()
    )
    things = (
        b"",
        b"\x00" * 1000,
        b"%PDF-1.7\n" + b"(" * 200_000,
        b"%PDF-1.7\n" + gzip.compress(b"\x00" * 50_000_000),
        f"{header}.{payload}.".encode(),
        f"{jws.base64url(b'[' * 100_000)}.{payload}.x".encode(),
        b"<svg onload=alert(1)>",
    )
    for thing in things:
        answer = bring(thing)
        assert answer.status_code in {200, 422}, thing[:20]
        text = answer.content.decode()
        assert "genuine and valid" not in text
        assert "onload=alert" not in text
    assert asked == []  # the site asks nobody, whatever address a file names


@pytest.mark.django_db
def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    answer = bring(b"%PDF-" + b"x" * 3_000_000)
    assert answer.status_code == 422
    assert "larger than a certificate can be" in answer.content.decode()
    api = Client().post("/api/verify", {"file": SimpleUploadedFile("x.pdf", b"x" * 2_600_000)})
    assert api.status_code == 413


@pytest.mark.django_db
def test_only_so_many_pdfs_are_read_at_once(monkeypatch: pytest.MonkeyPatch, award: Award) -> None:
    monkeypatch.setattr(checking, "WAIT", 0.01)
    pdf = pdf_of(award)
    for _reader in range(checking.READERS):
        assert checking._READERS.acquire(timeout=1)
    try:
        assert "Too many files are being checked" in bring(pdf).content.decode()
    finally:
        for _reader in range(checking.READERS):
            checking._READERS.release()
    assert "genuine and valid" in bring(pdf).content.decode()

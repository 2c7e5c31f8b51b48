"""Keys in an encrypted file, keys behind a program, the key document, and time stamps."""

from __future__ import annotations

import base64
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.timestamps import DummyTimeStamper, TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from clustermark.certificates.did import KeyDocument, did_document, document_address, read_key_document
from clustermark.certificates.issuing import issue
from clustermark.certificates.keys import new_keys, open_signer, read_issuer
from clustermark.certificates.pdf_reading import inspect_pdf
from clustermark.certificates.signer import CommandFile, FileSigner, KeyFile
from clustermark.certificates.signing import authority
from clustermark.ground.problems import ProblemsError
from tests.certificates.material import (
    ISSUER,
    NOW,
    PASSPHRASE,
    PLACE,
    checked,
    documents,
    lists,
    record,
    signer,
)  # fmt: skip
from tests.certificates.time_stamps import answering, authority_certificate


def key_file() -> KeyFile:
    return new_keys(ISSUER, key="2026-9", passphrase=PASSPHRASE, at=NOW)


def test_the_private_keys_are_encrypted_and_open_only_by_the_passphrase() -> None:
    text = key_file().model_dump_json()
    assert text.count("BEGIN ENCRYPTED PRIVATE KEY") == 2
    assert isinstance(open_signer(text, file="keys.json", passphrase=PASSPHRASE), FileSigner)
    for wrong in (None, "", PASSPHRASE + "x"):
        with pytest.raises(ProblemsError, match="does not open"):
            open_signer(text, file="keys.json", passphrase=wrong)
    with pytest.raises(ProblemsError, match="at least 12"):
        new_keys(ISSUER, key="2026-9", passphrase="short", at=NOW)  # noqa: S106 - it is refused


def test_a_file_whose_parts_do_not_belong_together_is_refused() -> None:
    mixed = key_file().model_copy(update={"public_key": key_file().public_key})
    with pytest.raises(ProblemsError, match="do not belong"):
        open_signer(mixed.model_dump_json(), file="keys.json", passphrase=PASSPHRASE)
    for text in ("{}", "x", '{"format": "clustermark-signer/1"}'):
        with pytest.raises(ProblemsError, match="not a file of keys"):
            open_signer(text, file="keys.json")
    with pytest.raises(ProblemsError, match="does not describe an issuer"):
        read_issuer('{"id": "did:key:z6Mk"}', file="issuer.json")


PROGRAM = """
import base64, json, sys
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
asked = json.load(sys.stdin)
private = load_pem_private_key(open(f"{sys.argv[1]}/{asked['key']}.pem", "rb").read(), None)
data = base64.b64decode(asked["data"])
more = {"EdDSA": (), "ES256": (ECDSA(SHA256()),)}[asked["algorithm"]]
print(json.dumps({"signature": base64.b64encode(private.sign(data, *more)).decode()}))
"""


def command_file(folder: Path, signing: FileSigner, *, stated: FileSigner) -> str:
    """A program that signs with the keys of `signing`, and a file that names it and the public keys of `stated`."""
    (folder / "sign.py").write_text(PROGRAM, encoding="utf-8")
    for name, key in (("credential", signing.credential_key), ("document", signing.document_key)):
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (folder / f"{name}.pem").write_bytes(pem)
    return CommandFile(
        issuer=ISSUER,
        key=stated.key,
        public_key=base64.urlsafe_b64encode(stated.public_key).rstrip(b"=").decode(),
        certificates=[base64.b64encode(part).decode() for part in stated.certificates],
        command=[sys.executable, str(folder / "sign.py"), str(folder)],
    ).model_dump_json()


def file_signer(key: str = "2026-1") -> FileSigner:
    found = signer(key)
    assert isinstance(found, FileSigner)
    return found


def test_a_program_that_holds_the_keys_signs_as_well_as_a_file(tmp_path: Path) -> None:
    remote = open_signer(command_file(tmp_path, file_signer(), stated=file_signer()), file="signer.json")
    assert remote.keys() == signer().keys()
    made = issue(record(), remote, status=PLACE, issued_at=NOW)
    assert checked(made.pdf).ok
    assert checked(made.token).ok


def test_a_program_that_fails_or_signs_with_another_key_is_told(tmp_path: Path) -> None:
    other = open_signer(
        command_file(tmp_path, file_signer("2026-2"), stated=file_signer()), file="signer.json"
    )
    for sign in (other.sign_credential, other.sign_document):
        with pytest.raises(ProblemsError, match="another key"):
            sign(b"data")
    (tmp_path / "sign.py").write_text("print('{}')", encoding="utf-8")
    with pytest.raises(ProblemsError, match="did not sign"):
        other.sign_credential(b"data")
    (tmp_path / "sign.py").write_text("raise SystemExit(3)", encoding="utf-8")
    with pytest.raises(ProblemsError, match="did not sign"):
        other.sign_document(b"data")


def test_a_key_document_is_read_back_and_served_where_the_method_says() -> None:
    (document,) = documents(signer(), signer("2026-2"))
    changed = document.rotated((), at=NOW).withdrawn(f"{ISSUER.id}#2026-1", since=NOW)
    assert read_key_document(changed.to_json(), file="did.json") == changed
    methods = did_document(changed)["verificationMethod"]
    assert [("revoked" in method, "expires" in method) for method in methods] == [(True, True)] * 2 + [
        (False, True)
    ] * 2
    assert document_address("did:web:label.example%3A8443:a:b") == "https://label.example:8443/a/b/did.json"
    for wrong in ("did:key:z6Mk", "did:web:", "did:web:a/b", "did:web:a@b", "did:web:a:..%2f", "did:web:a?b"):
        with pytest.raises(ValueError, match="did:web"):
            document_address(wrong)
    with pytest.raises(ProblemsError, match="no such key"):
        document.withdrawn(f"{ISSUER.id}#x", since=NOW)


def test_a_key_document_that_is_none_is_refused() -> None:
    good = json.loads(documents()[0].to_json())
    method = good["verificationMethod"][0]
    for changes in (
        {"id": "did:web:other.example"},
        {"id": 5},
        {"verificationMethod": [method] * 2},
        {"verificationMethod": [method] * 300},
        {"verificationMethod": [{**method, "publicKeyJwk": {**method["publicKeyJwk"], "x": "AAAA"}}]},
        {"verificationMethod": [{**method, "revoked": "2026"}]},
        {"verificationMethod": [{**method, "controller": "did:web:other.example"}]},
        {"verificationMethod": None},
    ):
        with pytest.raises(ProblemsError, match="not the key document"):
            read_key_document(json.dumps({**good, **changes}), file="did.json")
    for text in ("", "[]", "[" * 100_000, " " * 600_000):
        with pytest.raises(ProblemsError, match="not the key document"):
            read_key_document(text, file="did.json")


def test_a_key_that_may_not_assert_signs_nothing() -> None:
    text = json.dumps({**json.loads(documents()[0].to_json()), "assertionMethod": []})
    assert read_key_document(text, file="did.json") == KeyDocument(ISSUER.id, ())


def test_a_time_stamp_is_carried_and_its_changes_are_found() -> None:
    key, certificate = authority_certificate()
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(certificate),
        asn1_keys.PrivateKeyInfo.load(key),
        SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # pyHanko's, untyped
        fixed_dt=NOW + timedelta(seconds=2),
    )
    made = issue(record(), signer(), status=PLACE, issued_at=NOW, timestamper=stamper)
    assert made.stamped
    assert inspect_pdf(made.pdf).stamped_at == (NOW + timedelta(seconds=2)).isoformat()
    assert checked(made.pdf).ok
    token = certificate[:40].hex().upper().encode()
    assert made.pdf.count(token) == 1
    for place in (60, 400):
        start = made.pdf.index(token) - place
        changed = made.pdf[:start] + bytes([made.pdf[start] ^ 1]) + made.pdf[start + 1 :]
        assert not checked(changed).ok


def test_an_authority_on_the_network_stamps_and_one_that_does_not_is_done_without(tmp_path: Path) -> None:
    """By HTTP, with the answers of OpenSSL; then with nonsense, a refusal, and nobody there."""
    with answering(tmp_path) as server:
        stamper = authority(server.address)
        made = issue(record(), signer(), status=PLACE, issued_at=NOW, timestamper=stamper)
        assert made.stamped
        stamped_at = inspect_pdf(made.pdf).stamped_at
        assert stamped_at is not None
        assert abs(datetime.now(UTC) - datetime.fromisoformat(stamped_at)) < timedelta(minutes=2)
        assert checked(made.pdf).ok
        assert server.asked >= 1
        # PKIStatusInfo alone, "rejection" (RFC 3161, section 2.4.2)
        for answer in (b"nonsense", b"", bytes.fromhex("30053003020102")):
            server.answer = answer
            made = issue(
                record(), signer(), status=PLACE, issued_at=NOW, timestamper=authority(server.address)
            )
            assert not made.stamped, answer
            assert checked(made.pdf).ok
        address = server.address
    made = issue(record(), signer(), status=PLACE, issued_at=NOW, timestamper=authority(address))
    assert not made.stamped
    assert checked(made.pdf).ok


class _NoAuthority(DummyTimeStamper):
    async def async_request_tsa_response(self, req: object) -> object:  # noqa: ARG002 - as its base has it
        raise TimestampRequestError("nobody there")


def test_without_an_answer_of_the_authority_the_certificate_is_issued_all_the_same() -> None:
    key, certificate = authority_certificate()
    stamper = _NoAuthority(asn1_x509.Certificate.load(certificate), asn1_keys.PrivateKeyInfo.load(key))
    made = issue(record(), signer(), status=PLACE, issued_at=NOW, timestamper=stamper)
    assert not made.stamped
    assert checked(made.pdf, status_lists=lists()).ok


@pytest.mark.skipif(os.name != "posix", reason="limits and programs as on POSIX")
def test_languages_are_one_or_two() -> None:
    for wrong in ((), ("en", "en"), ("en", "ru", "de")):
        with pytest.raises(ProblemsError, match="one language or in two"):
            issue(record(), signer(), status=PLACE, issued_at=NOW, languages=wrong)

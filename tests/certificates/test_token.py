"""Keys in a security token: SoftHSM here, behind the same interface (PKCS#11) as a card or a hardware module."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_der_x509_certificate

from clustermark.certificates.did import KeyDocument, did_document, read_key_document
from clustermark.certificates.issuing import issue
from clustermark.certificates.keys import open_signer, secret_of
from clustermark.certificates.signer import TokenFile
from clustermark.certificates.token import TokenSigner, open_token, token_file
from clustermark.ground.problems import ProblemsError
from tests.certificates.material import ISSUER, NOW, PLACE, checked, lists, record, signer
from tests.certificates.soft_token import CREDENTIAL, DOCUMENT, LABEL, PIN, library
from tests.certificates.test_other_verifiers import by_joserfc, by_pyjwt

__all__ = ["library"]  # a fixture


def stated(library: str, *, credential_key: str = CREDENTIAL, document_key: str = DOCUMENT) -> TokenFile:
    token = open_token(library, LABEL, pin=PIN)
    return token_file(
        token, ISSUER, key="2026-t", credential_key=credential_key, document_key=document_key, at=NOW
    )


def opened(file: TokenFile, pin: str = PIN) -> TokenSigner:
    found = open_signer(file.model_dump_json(), file="token.json", pin=pin)
    assert isinstance(found, TokenSigner)
    return found


def test_what_the_token_signed_is_accepted_by_us_and_by_others(library: str) -> None:
    used = opened(stated(library))
    made = issue(record(), used, status=PLACE, issued_at=NOW, languages=("de", "en"))
    document = read_key_document(KeyDocument(ISSUER.id, used.keys()).to_json(), file="did.json")
    at_hand = {"documents": [document], "status_lists": lists(by=used)}
    for data in (made.pdf, made.token):
        assert checked(data, **at_hand).standing == "valid"
    # nobody else's key will do, and the file key's document does not accept the token's
    assert checked(made.pdf).standing == "not_genuine"
    others = {"documents": [KeyDocument(ISSUER.id, signer().keys())], "status_lists": lists()}
    assert checked(made.token, **others).standing == "not_genuine"
    for verifier in (by_pyjwt, by_joserfc):
        assert (
            verifier(made.token, document=did_document(document))["jti"]
            == ISSUER.check_address + record().number
        )


def test_its_certificate_is_signed_by_the_key_in_the_token(library: str) -> None:
    (der,) = (base64.b64decode(part) for part in stated(library).certificates)
    certificate = load_der_x509_certificate(der)
    certificate.verify_directly_issued_by(certificate)
    public = certificate.public_key()
    assert isinstance(public, EllipticCurvePublicKey)
    signature = opened(stated(library)).sign_document(b"data")
    public.verify(signature, b"data", ECDSA(SHA256()))


def test_a_file_says_what_opens_it_and_holds_no_pin(library: str) -> None:
    text = stated(library).model_dump_json()
    assert secret_of(text) == "pin"
    assert secret_of('{"format": "clustermark-signer/1"}') is None
    assert secret_of('{"format": "clustermark-keys/1"}') == "passphrase"
    assert PIN not in text
    assert PIN not in repr(opened(stated(library)))


def logged_out(library: str) -> None:
    """End every session of this process, as when the token was pulled out and put back."""
    import pkcs11  # noqa: PLC0415 - after `module` has looked

    pkcs11.lib(library).reinitialize()


def test_a_token_that_was_away_meanwhile_signs_again(library: str) -> None:
    used = opened(stated(library))
    used.sign_credential(b"data")
    logged_out(library)
    used.sign_credential(b"data")
    # keys before these in the same token, in the same process
    opened(stated(library)).sign_document(b"data")


def test_a_wrong_pin_is_tried_once(library: str) -> None:
    """Most tokens lock themselves for good after a few wrong ones, and a site signs whenever somebody asks."""
    import pkcs11  # noqa: PLC0415 - after `module` has looked

    file, later = stated(library), "8204 calm"
    wrong = opened(file, pin=later)
    logged_out(library)
    with pytest.raises(ProblemsError, match="PinIncorrect") as caught:
        wrong.sign_credential(b"data")
    assert later not in str(caught.value)
    token = pkcs11.lib(library).get_token(token_label=LABEL)
    with token.open(user_pin=PIN, rw=True) as session:
        session.set_pin(PIN, later)
    try:
        # it would be right now; it is not asked again
        with pytest.raises(ProblemsError, match="PinIncorrect"):
            wrong.sign_credential(b"data")
        opened(file, pin=later).sign_credential(b"data")
    finally:
        with token.open(rw=True) as session:
            session.set_pin(later, PIN)


def test_what_is_missing_or_of_another_kind_is_told(library: str, tmp_path: Path) -> None:
    file = stated(library)
    for changes, words in (
        ({"module": str(tmp_path / "none.so")}, "did not sign"),
        ({"token": "another"}, "NoSuchToken"),
        ({"credential_key": "none"}, "NoSuchKey"),
        ({"credential_key": DOCUMENT}, "did not sign"),
    ):
        with pytest.raises(ProblemsError, match=words):
            opened(file.model_copy(update=changes)).sign_credential(b"data")
    with pytest.raises(ProblemsError, match="another key"):
        opened(file.model_copy(update={"document_key": "documents-2027"})).sign_document(b"data")
    for changes in (
        {"credential_key": DOCUMENT},
        {"document_key": CREDENTIAL},
        {"document_key": "another-curve"},
    ):
        with pytest.raises(ProblemsError, match="another kind"):
            stated(library, **changes)
    with pytest.raises(ProblemsError, match="wants its PIN"):
        opened(file, pin="")


def test_without_the_extra_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(ProblemsError, match=r"clustermark\[pkcs11\]"):
        open_token("/usr/lib/none.so", LABEL, pin=PIN)


FORKED = """
import os, sys
from clustermark.certificates.keys import open_signer
used = open_signer(open(sys.argv[1]).read(), file="token.json", pin=sys.argv[2])
used.sign_credential(b"data")
child = os.fork()
used.sign_credential(b"data")
used.sign_document(b"data")
if child == 0:
    os._exit(7)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_a_forked_process_opens_the_token_for_itself(library: str, tmp_path: Path) -> None:
    (tmp_path / "token.json").write_text(stated(library).model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-c", FORKED, str(tmp_path / "token.json"), PIN]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - as written here
    assert done.returncode == 7, done.stderr

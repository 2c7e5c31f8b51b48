"""Verifiers that we did not write, on our credentials: two npm libraries and two Python libraries, and JSON-LD.

The npm ones are installed from the committed lock file into a folder of their own; where that is not possible the test
is skipped and says what was missing.
"""

from __future__ import annotations

import base64
import gzip
import json
import shutil
import subprocess
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from joserfc import jwk, jws
from joserfc.errors import JoseError

from clustermark.certificates.did import did_document
from clustermark.certificates.times import day_ends
from tests.certificates.material import ISSUER, NOW, PLACE, documents, issued, lists, parts, record, signer

HERE = Path(__file__).parent / "npm"
DOCUMENT: dict[str, Any] = did_document(documents()[0])
AFTER = day_ends(record().valid_until) + timedelta(seconds=1)


def public_jwk(token: str, document: dict[str, Any]) -> dict[str, Any]:
    """The key that the token names, from the DID document as any reader finds it; raises StopIteration."""
    key_id = jwt.get_unverified_header(token)["kid"]
    methods = [method for method in document["verificationMethod"] if method["id"] == key_id]
    found: dict[str, Any] = next(iter(methods))["publicKeyJwk"]
    return found


def by_pyjwt(token: str, now: datetime = NOW, document: dict[str, Any] = DOCUMENT) -> dict[str, Any]:
    key = jwt.PyJWK(public_jwk(token, document), "EdDSA")
    # its own clock decides on nbf and exp, so they are asked of the payload here
    payload: dict[str, Any] = jwt.decode(
        token, key, algorithms=["EdDSA"], issuer=ISSUER.id,
        options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
    )  # fmt: skip
    if not payload.get("nbf", 0) <= now.timestamp() <= payload["exp"]:
        raise jwt.ExpiredSignatureError
    return payload


def by_joserfc(token: str, now: datetime = NOW, document: dict[str, Any] = DOCUMENT) -> dict[str, Any]:
    with warnings.catch_warnings():
        # it prefers the newer name Ed25519 (RFC 9864), which most verifiers do not know yet
        warnings.simplefilter("ignore")
        key = jwk.OKPKey.import_key(public_jwk(token, document))
        payload: dict[str, Any] = json.loads(
            jws.deserialize_compact(token, key, algorithms=["EdDSA"]).payload
        )
    if payload["iss"] != ISSUER.id or not payload.get("nbf", 0) <= now.timestamp() <= payload["exp"]:
        raise ValueError("another issuer or another time")
    return payload


REFUSED = (jwt.PyJWTError, JoseError, ValueError, StopIteration, KeyError)
verifiers = pytest.mark.parametrize("verifier", [by_pyjwt, by_joserfc])


def tampered() -> dict[str, tuple[str, datetime]]:
    """Each way of tampering, with the moment at which the token is shown."""
    whole = parts()
    other = signer("2026-1", "did:web:other.example")
    index = PLACE.model_copy(update={"index": 3}).entries()
    header = {**whole.header, "kid": f"{ISSUER.id}#unknown"}
    foreign = {**whole.payload, "iss": other.issuer.id, "issuer": {"id": other.issuer.id}}
    return {
        "payload": (str(replace(whole, payload={**whole.payload, "name": "Gold"})), NOW),
        "status index": (str(replace(whole, payload={**whole.payload, "credentialStatus": index})), NOW),
        "header": (str(replace(whole, header={**whole.header, "cty": "x"})), NOW),
        "key id": (str(replace(whole, header=header)), NOW),
        "key": (whole.signed_again(other), NOW),
        "other issuer": (replace(whole, payload=foreign).signed_again(other), NOW),
        "alg none": (str(replace(whole, header={**whole.header, "alg": "none"}, signature="")), NOW),
        "expired": (issued().token, AFTER),
    }


@verifiers
def test_python_libraries_accept_the_credential_and_the_lists(
    verifier: Callable[..., dict[str, Any]],
) -> None:
    assert verifier(issued().token)["decisionRecord"]["holder"]["name"] == record().holder.name
    for token in lists(revoked=True):
        payload = verifier(token)
        bits = gzip.decompress(
            base64.urlsafe_b64decode(payload["credentialSubject"]["encodedList"][1:] + "==")
        )
        marked = bool(bits[PLACE.index // 8] & (128 >> PLACE.index % 8))
        assert marked == (payload["credentialSubject"]["statusPurpose"] == "revocation")


@verifiers
@pytest.mark.parametrize("way", tampered())
def test_python_libraries_refuse_every_tampering(verifier: Callable[..., dict[str, Any]], way: str) -> None:
    token, now = tampered()[way]
    with pytest.raises(REFUSED):
        verifier(token, now)


@pytest.fixture(scope="session")
def npm_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the npm verifiers installed as the lock file says."""
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    folder = tmp_path_factory.mktemp("npm")
    for file in HERE.iterdir():
        shutil.copy(file, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=90, check=False)  # noqa: S603 - as written here
    except subprocess.TimeoutExpired:
        pytest.skip("the registry of npm did not answer within 90 seconds")
    if done.returncode != 0:
        pytest.skip(f"npm could not install the verifiers: {done.stderr.strip().splitlines()[-1:]}")
    return folder


def by_npm(folder: Path, token: str, now: datetime = NOW) -> dict[str, Any]:
    request = {"token": token, "document": DOCUMENT, "now": int(now.timestamp())}
    done = subprocess.run(
        ["node", "verify.mjs"],  # noqa: S607 - found on the path on purpose
        cwd=folder, input=json.dumps(request), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.slow
def test_npm_libraries_accept_the_credential_and_refuse_every_tampering(npm_folder: Path) -> None:
    told = by_npm(npm_folder, issued().token)
    address = ISSUER.check_address + record().number
    assert told == {
        name: {"ok": True, "id": address, "name": "Cluster Label: Silver"} for name in ("jose", "did-jwt")
    }
    assert all(one["ok"] for one in by_npm(npm_folder, lists()[0]).values())
    for way, (token, now) in tampered().items():
        told = by_npm(npm_folder, token, now)
        assert not any(one["ok"] for one in told.values()), (way, told)


REGISTERED = ("iss", "jti", "sub", "iat", "nbf", "exp")
"""What the token says to readers of JWT (RFC 7519, section 4.1), beside the credential that JSON-LD describes."""
OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
VC = "https://www.w3.org/2018/credentials#"


def by_json_ld(folder: Path, payload: dict[str, Any]) -> dict[str, Any]:
    credential = {name: value for name, value in payload.items() if name not in REGISTERED}
    done = subprocess.run(
        ["node", "expand.mjs"],  # noqa: S607 - found on the path on purpose
        cwd=folder, input=json.dumps(credential), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.slow
def test_every_term_is_one_of_w3c_or_of_open_badges(npm_folder: Path) -> None:
    """By the JSON-LD processor of others in its strict mode: a term that no context defines would be refused."""
    (expanded,) = by_json_ld(npm_folder, parts().payload)["expanded"]
    assert expanded["@type"] == [f"{VC}VerifiableCredential", f"{OB}OpenBadgeCredential"]
    (subject,) = expanded[f"{VC}credentialSubject"]
    (achievement,) = subject[f"{OB}achievement"]
    assert achievement["@type"] == [f"{OB}Achievement"]
    assert achievement[f"{OB}achievementType"] == [{"@value": "Certification"}]
    assert subject[f"{OB}identifier"][0][f"{OB}identityHash"] == [{"@value": record().holder.name}]
    assert expanded[f"{VC}issuer"][0]["@id"] == ISSUER.id
    assert [one["@type"] for one in expanded[f"{VC}credentialStatus"]] == [
        ["https://www.w3.org/ns/credentials/status#BitstringStatusListEntry"]
    ] * 2
    (inside,) = expanded[f"{ISSUER.check_address}terms#decisionRecord"]
    assert inside == {"@type": "@json", "@value": parts().payload["decisionRecord"]}
    for token in lists():
        (listed,) = by_json_ld(npm_folder, parts(token).payload)["expanded"]
        assert listed["@type"] == [
            f"{VC}VerifiableCredential",
            "https://www.w3.org/ns/credentials/status#BitstringStatusListCredential",
        ]


@pytest.mark.slow
def test_a_term_that_no_context_defines_or_a_type_of_nobody_is_refused(npm_folder: Path) -> None:
    payload = parts().payload
    subject = payload["credentialSubject"]
    wrong = {
        "points": {**payload, "points": 91},
        "medal": {**payload, "credentialSubject": {**subject, "medal": "gold"}},
        None: {**payload, "type": [*payload["type"], "ClusterCredential"]},
    }
    for term, changed in wrong.items():
        told = by_json_ld(npm_folder, changed)
        assert not told["ok"]
        assert told["about"] == term
    assert (
        "https://other.example/v1"
        in by_json_ld(npm_folder, {**payload, "@context": ["https://other.example/v1"]})["error"]
    )


def test_the_lock_file_names_no_host() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all(
        "resolved" not in entry and entry["integrity"].startswith("sha512-") for entry in packages.values()
    )

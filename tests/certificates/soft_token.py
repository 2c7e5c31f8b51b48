"""A security token in software (SoftHSM) with both keys of an issuer: what a hardware token is to the operator."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")
LABEL, PIN = "label-secretariat", "7319 calm"
CREDENTIAL, DOCUMENT = "credentials-2026", "documents-2026"
ED25519 = bytes.fromhex("06032b6570")
P256 = bytes.fromhex("06082a8648ce3d030107")
P384 = bytes.fromhex("06052b81040022")
"""Curves by their object identifiers, DER."""


def module() -> str:
    """The module of SoftHSM; skips the test, saying what is missing."""
    if importlib.util.find_spec("pkcs11") is None:
        pytest.skip("the Python package python-pkcs11 is not installed")
    found = next((path for path in MODULES if Path(path).exists()), None)
    program = shutil.which("softhsm2-util")
    if found is None or program is None:
        pytest.skip(f"the package softhsm2 is not here: none of {', '.join(MODULES)}, or no softhsm2-util")
    return found


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The module of a token that was made for this file of tests."""
    with pytest.MonkeyPatch.context() as patch:
        yield make_token(tmp_path_factory.mktemp("token"), patch)


def make_token(folder: Path, patch: pytest.MonkeyPatch) -> str:
    """Make the token in `folder`, and keys of three kinds in it; gives the module."""
    import pkcs11  # noqa: PLC0415 - after `module` has looked

    library = module()
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(
        f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n",
        encoding="utf-8",
    )
    patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
    command = [
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        LABEL,
        "--pin",
        PIN,
        "--so-pin",
        "office",
    ]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - as written here
    used = pkcs11.lib(library)
    used.reinitialize()
    with used.get_token(token_label=LABEL).open(user_pin=PIN, rw=True) as session:
        for kind, curve, label in (
            (pkcs11.KeyType.EC_EDWARDS, ED25519, CREDENTIAL),
            (pkcs11.KeyType.EC, P256, DOCUMENT),
            (pkcs11.KeyType.EC, P256, "documents-2027"),
            (pkcs11.KeyType.EC, P384, "another-curve"),
        ):
            domain = session.create_domain_parameters(kind, {pkcs11.Attribute.EC_PARAMS: curve}, local=True)
            domain.generate_keypair(store=True, label=label)
    return library

"""Keys that the site signs with: made by itself, in a security token, and those of somebody else."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from clustermark.certificates.keys import new_keys
from clustermark.certificates.token import open_token, token_file
from clustermark.certificates.verify import verify
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import LocalText
from clustermark.web.log.models import LogRow
from clustermark.web.register.domain.keys import use_keys
from clustermark.web.register.models import Award, IssuerKeys
from clustermark.web.register.queries.signing import issuer_of_site, key_document, signer
from tests.certificates.soft_token import CREDENTIAL, DOCUMENT, LABEL, PIN, library
from tests.web.register.conftest import AT, PASSPHRASE

__all__ = ["library"]  # a fixture

NAME: LocalText = {"en": "Label Secretariat (sample)"}


def test_keys_in_a_security_token_sign_for_the_site(award: Award, library: str, settings: Any) -> None:
    """What the keys before signed, `award`, stays good; the PIN is nowhere but in the environment."""
    file = token_file(
        open_token(library, LABEL, pin=PIN), issuer_of_site(NAME), key="token-1",
        credential_key=CREDENTIAL, document_key=DOCUMENT, at=AT,
    )  # fmt: skip
    settings.KEY_PIN = PIN
    later = timezone.now() + timedelta(minutes=1)
    path = use_keys(text=file.model_dump_json(), file="token.json", passphrase="", pin=PIN, now=later)
    assert path == Path(settings.HOME) / "keys" / "token-1.json"
    assert signer().key_id.endswith("#token-1")
    signer().sign_credential(b"data")
    document = key_document()
    assert document is not None
    assert [key.expires is None for key in document.keys] == [False, False, True, True]
    issued = award.files.get()
    verdict = verify(issued.token.encode(), documents=[document], now=issued.issued_at)
    assert next(check for check in verdict.checks if check.name == "credential_signature").outcome == "passed"
    rows = [
        *IssuerKeys.objects.values_list("document", flat=True),
        *LogRow.objects.values_list("facts", flat=True),
    ]
    assert PIN not in json.dumps([*map(str, rows), path.read_text(encoding="utf-8")])


def test_keys_of_another_issuer_or_that_do_not_sign_are_refused(keys: IssuerKeys, library: str) -> None:
    other = issuer_of_site(NAME).model_copy(update={"check_address": "https://other.example/register/"})
    foreign = new_keys(other, key="other", passphrase=PASSPHRASE, at=AT).model_dump_json()
    stated = token_file(
        open_token(library, LABEL, pin=PIN), issuer_of_site(NAME), key="token-2",
        credential_key=CREDENTIAL, document_key=DOCUMENT, at=AT,
    )  # fmt: skip
    wrong = stated.model_copy(update={"document_key": "documents-2027"}).model_dump_json()
    for text, words in ((foreign, "another issuer than this site"), (wrong, "another key")):
        with pytest.raises(ProblemsError, match=words):
            use_keys(text=text, file="x.json", passphrase=PASSPHRASE, pin=PIN, now=AT)
    assert IssuerKeys.objects.get() == keys

"""A decided case, keys to sign with, and a certificate made of both."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from clustermark.certificates.keys import new_keys, open_signer
from clustermark.web.cases.models import Case
from clustermark.web.register.domain.issuing import issue_certificate
from clustermark.web.register.models import Award, IssuerKeys
from clustermark.web.register.queries.signing import issuer_of_site
from clustermark.web.seeding import Sample, sample_case, seed

OKA = Path(__file__).parents[3] / "examples" / "oka-valley"
PASSPHRASE = "nine calm herons wade"  # noqa: S105 - of keys that live for one run
AT = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def key_file() -> str:
    """An encrypted file of keys; making it is slow by design, so it is made once."""
    issuer = issuer_of_site({"en": "Label Secretariat (sample)"})
    return new_keys(issuer, key="test", passphrase=PASSPHRASE, at=AT).model_dump_json()


@pytest.fixture
def keys(db: None, settings: Any, key_file: str) -> IssuerKeys:
    """Keys in use."""
    settings.KEY_PASSPHRASE = PASSPHRASE
    folder = Path(settings.HOME) / "keys"
    folder.mkdir()
    (folder / "test.json").write_text(key_file, encoding="utf-8")
    from clustermark.certificates.did import KeyDocument  # noqa: PLC0415 - beside its only use

    used = open_signer(key_file, file="test.json", passphrase=PASSPHRASE)
    document = KeyDocument(used.issuer.id, used.keys())
    return IssuerKeys.objects.create(file="test.json", document=document.to_json(), changed_at=AT)


@pytest.fixture
def sample(db: None) -> Sample:
    """The sample site without a case."""
    return seed(OKA)


@pytest.fixture
def decided(sample: Sample) -> Case:
    """A case whose decision is to award silver, while the cluster can still appeal."""
    return sample_case(sample, to="decided")


@pytest.fixture
def award(sample: Sample, decided: Case, keys: IssuerKeys) -> Award:
    """The certificate of that case, in English."""
    return issue_certificate(
        case=decided,
        by=sample.by("secretariat"),
        languages=("en",),
        immediately=True,
        reason="The cluster waived its right to appeal.",
    )

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
from clustermark.web.seeding import Sample
from tests.web.cases.conftest import evidence_in, home_of_site, prepared, sample, seeded, site
from tests.web.cases.site import Site

__all__ = ["home_of_site", "prepared", "sample", "seeded", "site"]  # fixtures of the tests of cases

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


@pytest.fixture(autouse=True)
def _evidence_of_site(_site: None, settings: Any, home_of_site: Path) -> None:
    """Evidence is where the site was seeded; keys are in a folder of the test."""
    settings.STORAGES = {**settings.STORAGES, "evidence": evidence_in(home_of_site)}


@pytest.fixture
def decided(site: Site) -> Case:
    """A case whose decision is to award silver, while the cluster can still appeal."""
    return site.case("decided")


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

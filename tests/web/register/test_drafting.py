"""Files are made while the register is free; what changed meanwhile makes them anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.db import connection
from django.utils import timezone

from clustermark.certificates.issuing import issue
from clustermark.certificates.number import read_number
from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.sealed import content_of, latest
from clustermark.web.register.domain import drafting, living
from clustermark.web.register.domain.issuing import certificate_from, decision_record, issue_certificate
from clustermark.web.register.domain.keys import make_keys
from clustermark.web.register.domain.recording import enter, recording
from clustermark.web.register.models import (
    Award,
    AwardAct,
    IssuedFile,
    IssuerKeys,
    LeafEntry,
    RegisterHead,
    StatusPlace,
)
from clustermark.web.register.queries.signing import issuer_of_site
from clustermark.web.seeding import Sample
from tests.web.register.conftest import PASSPHRASE

STATES = ("decided",)
Meanwhile = Callable[[Callable[[int], None]], list[int]]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Calls what others do while a file is typeset, with the number of the time; gives how deep in transactions."""
    real = issue

    def begin(others: Callable[[int], None]) -> list[int]:
        depths: list[int] = []

        def watched(*parts: Any, **named: Any) -> Any:
            depths.append(len(connection.savepoint_ids))
            others(len(depths))
            return real(*parts, **named)

        monkeypatch.setattr(drafting, "issue", watched)
        return depths

    return begin


def issued(sample: Sample, case: Case) -> Award:
    return issue_certificate(
        case=case, by=sample.by("secretariat"), languages=("de",), immediately=True, reason="Nobody appeals."
    )


def entered() -> list[int]:
    return [model.objects.count() for model in (Award, AwardAct, IssuedFile, StatusPlace, LeafEntry)]


def nothing(_time: int) -> None:
    pass


def test_typesetting_and_signing_hold_no_transaction(
    sample: Sample, decided: Case, keys: IssuerKeys, meanwhile: Meanwhile
) -> None:
    free = len(connection.savepoint_ids)
    depths = meanwhile(nothing)
    award = issued(sample, decided)
    assert depths == [free]
    living.renew_award(award=award, by=sample.by("secretariat"), reason="Applied in time.")
    assert depths == [free, free]
    assert award.files.count() == 2
    with recording():
        # the measure measures
        assert len(connection.savepoint_ids) > free


def test_keys_that_are_replaced_meanwhile_sign_nothing(
    sample: Sample, decided: Case, keys: IssuerKeys, meanwhile: Meanwhile
) -> None:
    def replace(time: int) -> None:
        if time in {1, 3}:
            issuer = issuer_of_site({"en": "Label Secretariat (sample)"})
            make_keys(issuer=issuer, name=f"new-{time}", passphrase=PASSPHRASE, now=timezone.now())

    depths = meanwhile(replace)
    award = issued(sample, decided)
    assert len(depths) == 2
    living.renew_award(award=award, by=sample.by("secretariat"), reason="Applied in time.")
    assert len(depths) == 4
    heads = [jwt.get_unverified_header(file.token)["kid"] for file in award.files.order_by("pk")]
    assert [head.partition("#")[2] for head in heads] == ["new-1", "new-3"]
    assert [row.kind for row in award.acts.all()] == ["issue", "renew"]


def test_a_number_that_is_taken_meanwhile_is_left(
    sample: Sample, decided: Case, keys: IssuerKeys, meanwhile: Meanwhile
) -> None:
    """Somebody else's award of the same country and month is entered while the file is typeset."""
    sealed = latest(decided, "decision")
    assert sealed is not None
    content = content_of(sealed)
    record = decision_record(content, sealed.digest, scheme_of(decided.edition).document)

    def take(time: int) -> None:
        if time == 1:
            with recording():
                enter(certificate_from(record, content, applied_on=None), [])

    depths = meanwhile(take)
    award = issued(sample, decided)
    assert len(depths) == 2
    assert [read_number(number).serial for number in (record.number, award.number)] == [1, 2]
    assert json.loads(award.files.get().record)["number"] == award.number
    assert jwt.decode(award.files.get().token, options={"verify_signature": False})["jti"].endswith(
        award.number
    )


def test_whoever_is_always_overtaken_is_told_and_nothing_is_entered(
    sample: Sample, decided: Case, keys: IssuerKeys, meanwhile: Meanwhile
) -> None:
    def busy(_time: int) -> None:
        row = IssuerKeys.objects.first()
        assert row is not None
        IssuerKeys.objects.create(file=row.file, document=row.document, changed_at=row.changed_at)

    depths = meanwhile(busy)
    before = entered()
    with pytest.raises(ProblemsError, match="changed by others"):
        issued(sample, decided)
    assert len(depths) == drafting.TRIES
    assert entered() == before == [0, 0, 0, 0, 0]
    assert not RegisterHead.objects.filter(version__gt=0).exists()


def test_an_act_that_may_not_follow_is_refused_before_anything_is_typeset(
    sample: Sample, award: Award, meanwhile: Meanwhile
) -> None:
    by = sample.by("secretariat")
    living.withdraw_award(award=award, by=by, reason="Decided.")
    depths = meanwhile(nothing)
    for reason in ("", "Applied in time."):
        with pytest.raises(ProblemsError):
            living.renew_award(award=award, by=by, reason=reason)
        with pytest.raises(ProblemsError):
            living.extend_award(award=award, by=by, until=today() + timedelta(days=9), reason=reason)
    assert depths == []

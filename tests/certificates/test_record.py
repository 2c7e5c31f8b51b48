"""The sealed record: what it refuses, and what its digest covers."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clustermark import assess
from clustermark.certificates.record import DecisionRecord, public_summary, read_record
from clustermark.ground.problems import ProblemsError
from tests.builders import AS_OF, met, mini
from tests.certificates.material import record


def test_a_record_is_read_back_with_the_same_digest() -> None:
    again = read_record(record().to_json(), file="record.json")
    assert again == record()
    assert again.digest == record().digest
    assert again.digest != record(decision_reference="Case 2025-115").digest


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"valid_until": "2026-02-19"}, None, "end before it begins"),
        ({"number": "DE-2026-02-0007-08"}, "number", "check digits"),
        ({"decided_on": "2026-03-01"}, None, "month of the decision"),
        (
            {"scheme": {"id": "x", "version": "1", "digest": "sha256:0", "title": {"en": "X"}}},
            "scheme.digest",
            "",
        ),
        ({"level_title": {"de": "Silber"}}, None, "English"),
        ({"sector": {"en": ""}}, None, "English"),
        ({"holder": {"name": "X", "country": "Russia"}}, "holder.country", ""),
        ({"unknown": 1}, "unknown", ""),
        (
            {"summary": {"indicators": 3, "significantly_above": 5, "with_required_value": 3, "share": None}},
            None,
            "More indicators",
        ),
    ],
)
def test_what_a_record_refuses_is_told_with_its_field(
    changes: dict[str, Any], field: str, words: str
) -> None:
    text = json.dumps({**json.loads(record().to_json()), **changes})
    with pytest.raises(ProblemsError) as caught:
        read_record(text, file="record.json")
    (problem,) = caught.value.problems
    assert problem.place.file == "record.json"
    assert problem.place.field == field
    assert words in problem.message


def test_broken_json_and_a_huge_file_are_told() -> None:
    for text in ("{", "[]", " " * 300_000):
        with pytest.raises(ProblemsError):
            read_record(text, file="record.json")


def test_the_public_summary_holds_points_only_with_consent() -> None:
    card = assess(met(2, 3), mini(), as_of=AS_OF)
    summary = public_summary(card)
    assert summary.published_points is None
    assert summary.indicators == len(card.indicators)
    assert summary.significantly_above == card.significantly_above.count
    assert summary.share == card.significantly_above.share
    shown = public_summary(card, consented_on=date(2026, 1, 5)).published_points
    assert shown is not None
    assert (shown.points, shown.max_points) == (card.points, card.max_points)


def test_numbers_keep_their_digits() -> None:
    assert '"share": 73.3' in record().to_json()
    assert DecisionRecord.model_validate_json(record().to_json()).summary.share == Decimal("73.3")

"""What differs between two schemes, in words; nothing exactly when the digests are equal."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from clustermark.schemes.diff import compare
from clustermark.schemes.document import SchemeDocument
from clustermark.schemes.scheme import Scheme, document_digest, shipped
from tests.schemes.scheme_material import SMALL, document, stated_schemes

GATE = (
    "any of: committed >= 15; (all of: smes >= 5; committed >= 10); (at least {n} of: smes >= 9; smes >= 8)"
)
BEFORE = Scheme.from_text(SMALL).document


def after(*edits: tuple[str, str]) -> SchemeDocument:
    text = SMALL
    for old, new in edits:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return Scheme.from_text(text).document


@pytest.mark.parametrize(
    ("old", "new", "group", "words"),
    [
        ("required: 35", "required: 40", "Indicators", "required value: 35 → 40"),
        ("bands: [0.1, 35", "bands: [0.2, 35", "Indicators", "bands: 0.1, 35, 50.25 → 0.2, 35, 50.25"),
        ("{en: three}", "{en: drei}", "Indicators", "rating 3 (en): three → drei"),
        ("mark: reported, source", "mark: example, source", "Indicators",
         "origin of required value: reported, source own (Seen once.) → example, source own (Seen once.)"),
        ("when: smes >= 1", "when: smes >= 2", "Indicators", "checklist, has_smes: rule: smes >= 1 → smes >= 2"),
        ("minimum: true", "minimum: false", "Indicators", "minimum that blocks the level: yes → no"),
        ("committed and sme)", "sme)", "Facts",
         "formula: count(*) filter (where committed and sme) → count(*) filter (where sme)"),
        ("at_least: 1", "at_least: 2", "Gates",
         f"rule: {GATE.format(n=1)} → {GATE.format(n=2)}"),
        ("first_years: 2", "first_years: 3", "Validity", "years of a first award: 2 → 3"),
        ("min_peers: 5", "min_peers: 8", "Disclosure", "fewest peers shown: 5 → 8"),
        ("amount: 1650.5", "amount: 1700", "Fees", "amount: 1,650.5 → 1,700"),
        ("evidence: [{en: Register}, ", "evidence: [{en: List}, ", "Indicators",
         "evidence asked for 1 (en): Register → List"),
    ],
)  # fmt: skip
def test_one_change_is_one_difference_in_words(old: str, new: str, group: str, words: str) -> None:
    [found] = compare(BEFORE, after((old, new)))
    assert (found.group, str(found)) == (group, words)


def test_things_added_and_removed_are_named() -> None:
    more = after(
        ("dimensions:\n", 'dimensions:\n  - {code: "9", title: {en: Results}}\n'),
        ("validity: {first_years: 2, renewal_years: 3, origin: {all: {mark: example, source: own}}}\n", ""),
    )
    assert [(d.group, d.subject, str(d)) for d in compare(BEFORE, more)] == [
        ("Dimensions", "9 Results", "added"),
        ("Validity", "", "removed"),
    ]
    assert [str(d) for d in compare(more, BEFORE)] == ["removed", "added"]


def test_another_order_of_levels_is_a_difference() -> None:
    turned = BEFORE.model_copy(update={"levels": BEFORE.levels[::-1]})
    assert [(d.group, str(d)) for d in compare(BEFORE, turned)] == [
        ("Levels", "order: bronze, silver → silver, bronze")
    ]


@pytest.mark.parametrize("name", shipped())
def test_a_scheme_does_not_differ_from_itself(name: str) -> None:
    scheme = Scheme.load(name).document
    assert compare(scheme, scheme) == []


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(stated_schemes(), stated_schemes())
def test_nothing_differs_exactly_when_the_digests_are_equal(one: dict[str, Any], two: dict[str, Any]) -> None:
    first = document(one)
    # one part from the other scheme: a small difference, or none
    for part, stated in two.items():
        second = document({**one, part: stated})
        assert (compare(first, second) == []) == (document_digest(first) == document_digest(second)), part

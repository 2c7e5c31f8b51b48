"""Reading schemes: all problems with their lines, digests, YAML 1.2, and extends."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from clustermark.ground.problems import Problem, ProblemsError
from clustermark.ground.yaml12 import parse_yaml
from clustermark.schemes.scheme import Scheme
from tests.builders import MINI, mini, mini_text


def problems(text: str) -> list[Problem]:
    with pytest.raises(ProblemsError) as caught:
        Scheme.from_text(text)
    return list(caught.value.problems)


def line_of(text: str, piece: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if piece in line)


def test_whitespace_comments_order_and_defaults_do_not_change_the_digest() -> None:
    reordered = yaml.safe_dump(dict(reversed(yaml.safe_load(MINI).items())), allow_unicode=True)
    commented = "# a comment\n" + MINI.replace(
        "    unit: percent", "    unit:     percent  # note\n    direction: up\n    decimals: 4"
    )
    assert {Scheme.from_text(text).digest for text in (MINI, reordered, commented)} == {mini().digest}


@pytest.mark.parametrize(
    ("name", "value"),
    [("required", "required: 36"), ("bands", "[20, 35, 50, 65, 80.1]"), ("title", "title: {en: Mini Label}"), ("measure", "101 * contacted / committed")],
)  # fmt: skip
def test_any_number_or_word_changes_the_digest(name: str, value: str) -> None:
    assert mini(**{name: value}).digest != mini().digest


def test_a_number_written_longer_is_the_same_number() -> None:
    assert mini(bands="[20.0, 35, 50.00, 6.5e1, 80]").digest == mini().digest


def test_every_problem_is_told_at_once_with_its_line() -> None:
    text = mini_text(
        committed="evil(*)", unit="unit: percant", bands="[20, 35.12345, 30]", rule="{all: [minimum_met]}"
    )
    found = {(problem.code, problem.place.field, problem.place.row) for problem in problems(text)}
    assert found == {
        ("expression", "facts.committed.value", line_of(text, "evil")),
        ("unit-unknown", "indicators[0].unit", line_of(text, "percant")),
        ("bands", "indicators[0].bands", line_of(text, "bands:")),
        ("decimals", "indicators[0].bands", line_of(text, "bands:")),
        ("name-unknown", "levels[0].when.all[0]", line_of(text, "minimum_met")),
    }


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("required: 35\n    minimum: true", "minimum: true", "minimum", "indicators[0]"),
        ("    minimum: true\n", "    minimum: true\n    points: [0, 1, 2]\n", "points", "indicators[0].points"),
        ("    minimum: true\n", "    minimum: true\n    points: [0, 1, 2, 4, 3, 5]\n", "points", "indicators[0].points"),
        ("{all: {mark: example, source: test}}\nlevels", "{bands: {mark: example, source: test}}\nlevels", "origin-missing", "indicators[0].origin"),
        ("mark: example, source: test}}\nlevels", "mark: example, source: nobody}}\nlevels", "source-unknown", "indicators[0].origin.all"),
        ("from: contacts", "from: contact", "source-unknown", "facts.contacted.from"),
        ("documented and", "documentd and", "name-unknown", "facts.contacted.value"),
        ('dimension: "2"', 'dimension: "3"', "dimension-unknown", "indicators[0].dimension"),
        ("measure: 100 * contacted / committed", "measure: contacted > 1", "expression", "indicators[0].measure"),
        ("points >= 3", "points", "expression", "levels[0].when.all[1]"),
        ("points >= 3", "value('9') >= 3", "indicator-unknown", "levels[0].when.all[1]"),
        ("{all: [minimums_met, points >= 3]}", "{at_least: 3, of: [minimums_met, points >= 3]}", "rule", "levels[0].when"),
        ("languages: [en]", "languages: [en, de]", "translation-missing", "title"),
        ("level: silver", "level: committed", "name-twice", None),
        ("    measure: 100 * contacted / committed\n", "    rubric: [{en: a}, {en: b}]\n", "rubric", "indicators[0].rubric"),
        ("    measure: 100 * contacted / committed\n", "", "scheme-shape", "indicators[0]"),
        ('version: "1"', "version: 1", "scheme-shape", "version"),
        ("mark: example, source: test}}\nlevels", "mark: official, source: test}}\nlevels", "scheme-shape", "indicators[0].origin.all.mark"),
        ("    unit: percent\n", "    unit: percent\n    weight: 3\n", "scheme-shape", "indicators[0].weight"),
        ("levels:\n", "levls:\n", "scheme-shape", "levels"),
        ("required: 35", "required: .nan", "scheme-shape", "indicators[0].required"),
        ("required: 35", "required: 35.12345678901234567", "scheme-shape", "indicators[0].required"),
    ],
)  # fmt: skip
def test_what_a_scheme_must_mean(old: str, new: str, code: str, field: str | None) -> None:
    assert MINI.count(old) == 1
    found = problems(MINI.replace(old, new))
    assert (code, field) in [(problem.code, problem.place.field) for problem in found], found


def test_no_is_norway_and_decimals_are_exact() -> None:
    document = parse_yaml("country: NO\nshare: 0.1\ncount: 010\nquoted: '7'\nnothing: ~\n", file="x.yaml")
    assert document.data["country"] == "NO"
    assert str(document.data["share"]) == "0.1"
    assert (document.data["count"], document.data["quoted"], document.data["nothing"]) == (10, "7", None)


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("a: 1\na: 2\n", "yaml-key-twice", 2),
        ("a: &x [1]\nb: *x\n", "yaml-alias", 1),
        ("a: &x {b: *x}\n", "yaml-alias", 1),
        ("a: [1\nb: 2\n", "yaml-malformed", 2),
        ("", "yaml-empty", None),
        ("? [a]\n: 1\n", "yaml-key", 1),
    ],
)
def test_malformed_yaml_is_told_with_its_line(text: str, code: str, row: int | None) -> None:
    with pytest.raises(ProblemsError) as caught:
        parse_yaml(text, file="x.yaml")
    assert [(problem.code, problem.place.row) for problem in caught.value.problems] == [(code, row)]


@settings(max_examples=60)
@given(st.text(max_size=200), st.integers(0, len(MINI)), st.integers(0, 40))
def test_a_damaged_file_is_told_never_a_traceback(junk: str, at: int, cut: int) -> None:
    for text in (junk, MINI[:at] + junk + MINI[at + cut :]):
        try:
            Scheme.from_text(text)
        except ProblemsError as error:
            assert all(problem.message for problem in error.problems)


CHILD = """\
scheme: mini-child
version: "1"
title: {en: Child}
summary: {en: Takes the indicators of the mini label.}
owner: {name: Test owner}
notice: {en: Example values only.}
languages: [en]
sources: {}
extends:
  scheme: PARENT
  digest: DIGEST
  changes:
    - {indicator: "2.5", set: {required: 50}, reason: {en: Stricter here.}}
levels:
  - level: silver
    title: {en: Silver}
    when: minimums_met
    origin: {all: {mark: example, source: test}}
disclosure: {min_peers: 5, origin: {all: {mark: example, source: test}}}
"""


@pytest.fixture
def parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scheme:
    """The mini scheme as a file `mini.yaml` in the working folder."""
    monkeypatch.chdir(tmp_path)
    Path("mini.yaml").write_text(MINI)
    return Scheme.load("mini.yaml")


def child(parent: Scheme, **replaced: str) -> str:
    text = CHILD.replace("PARENT", "mini").replace("DIGEST", parent.digest)
    for old, new in replaced.items():
        text = text.replace({"fifty": "required: 50", "code": 'indicator: "2.5"'}[old], new)
    return text


def test_a_child_takes_the_parent_with_its_stated_changes(parent: Scheme) -> None:
    taken = Scheme.from_text(child(parent)).indicator("2.5")
    assert taken.required == 50
    assert taken.model_copy(update={"required": parent.indicator("2.5").required}) == parent.indicator("2.5")


def test_a_parent_that_changed_is_refused(parent: Scheme) -> None:
    text = child(parent)
    Path("mini.yaml").write_text(mini_text(required="required: 36"))
    found = problems(text)
    assert [(problem.code, problem.found) for problem in found] == [("extends-digest", parent.digest)]


def test_a_change_to_an_unknown_indicator_is_refused(parent: Scheme) -> None:
    found = problems(child(parent, code='indicator: "2.6"'))
    assert [(problem.code, problem.found, problem.allowed) for problem in found] == [
        ("extends-unknown", "2.6", "2.5")
    ]


def test_a_child_may_group_anew_and_keeps_no_empty_group(parent: Scheme) -> None:
    own = 'dimensions: [{code: "A", title: {en: Own group}}]\n'
    moved = Scheme.from_text(child(parent, fifty='dimension: "A"') + own)
    assert [item.code for item in moved.document.dimensions] == ["A"]
    assert moved.indicator("2.5").dimension == "A"
    added = Scheme.from_text(child(parent) + own)
    assert [item.code for item in added.document.dimensions] == ["2", "A"]


def test_an_inherited_group_stays_for_the_indicators_of_the_child(parent: Scheme) -> None:
    item = MINI.split("indicators:\n")[1].split("levels:")[0].replace('code: "2.5"', 'code: "2.6"')
    own = 'dimensions: [{code: "A", title: {en: Own group}}]\nindicators:\n' + item
    document = Scheme.from_text(child(parent, fifty='dimension: "A"') + own).document
    assert [item.code for item in document.dimensions] == ["2", "A"]
    assert [(item.code, item.dimension) for item in document.indicators] == [("2.5", "A"), ("2.6", "2")]


def test_redefining_silently_is_refused(parent: Scheme) -> None:
    own = "indicators:\n" + MINI.split("indicators:\n")[1].split("levels:")[0]
    found = problems(child(parent) + own)
    assert [(problem.code, problem.place.field) for problem in found] == [("extends-silent", "indicators[0]")]


def test_problems_of_a_child_point_into_its_own_file(parent: Scheme) -> None:
    own = "indicators:\n" + MINI.split("indicators:\n")[1].split("levels:")[0].replace(
        '"2.5"', '"2.9"'
    ).replace("percent", "percant")
    text = child(parent) + own
    found = problems(text)
    assert [(p.code, p.place.field, p.place.row) for p in found] == [
        ("unit-unknown", "indicators[0].unit", line_of(text, "percant"))
    ]


def test_an_unknown_scheme_names_the_shipped_ones() -> None:
    with pytest.raises(ProblemsError) as caught:
        Scheme.load("ecei-platinum")
    assert caught.value.problems[0].code == "scheme-unknown"
    assert "ecei-gold-2013" in (caught.value.problems[0].allowed or "")

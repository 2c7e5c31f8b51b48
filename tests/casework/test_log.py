"""The chain of the log: whatever is done to it is found and the entry named."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from clustermark.casework.log import GENESIS, LogEntry, instant, read_log, salted_digest, verify_chain
from clustermark.ground.problems import Problem

Chain = list[tuple[LogEntry, str]]
FIELDS = ("number", "at", "actor", "role", "act", "subject", "reason", "before", "after", "facts", "previous")
DIGESTS = ["sha256:" + digit * 64 for digit in "0123"]
OTHERS: dict[str, Any] = {
    "number": lambda old: old + 7,
    "at": lambda _old: "2031-01-01T00:00:00.000001Z",
    "actor": lambda old: old + "x",
    "role": lambda old: old + "x",
    "act": lambda old: old + "x",
    "subject": lambda old: old + "x",
    "reason": lambda _old: DIGESTS[0],
    "before": lambda _old: DIGESTS[0],
    "after": lambda _old: DIGESTS[0],
    "facts": lambda old: {**old, "added": 1},
    "previous": lambda _old: "f" * 64,
}


@st.composite
def chains(draw: st.DrawFn, least: int = 1) -> Chain:
    names = st.text("abcdefgh_", min_size=1, max_size=8)
    facts = st.dictionaries(
        names, st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=5)), max_size=3
    )
    digests = st.sampled_from([None, *DIGESTS[1:]])
    made: Chain = []
    previous = GENESIS
    for number in range(1, draw(st.integers(least, 8)) + 1):
        entry = LogEntry(
            number=number,
            at=f"2026-01-01T00:00:{number:02}.000000Z",
            actor="user:" + draw(names),
            role=draw(names),
            act=draw(names),
            subject="case:" + draw(names),
            reason=draw(digests),
            before=draw(digests),
            after=draw(digests),
            facts=draw(facts),
            previous=previous,
        )
        previous = entry.hash
        made.append((entry, previous))
    return made


def found(chain: Chain, ends_with: str | None = None) -> list[Problem]:
    return list(verify_chain(chain, file="log", ends_with=ends_with))


def rows(problems: list[Problem]) -> set[int]:
    return {problem.place.row for problem in problems if problem.place.row is not None}


@given(chains())
def test_a_sound_chain_has_no_fault(chain: Chain) -> None:
    assert found(chain, ends_with=chain[-1][1]) == []


@given(chains(), st.data())
def test_a_changed_field_is_found_in_its_entry(chain: Chain, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(chain) - 1))
    field = data.draw(st.sampled_from(FIELDS))
    entry, stored = chain[at]
    changed = entry.model_copy(update={field: OTHERS[field](getattr(entry, field))})
    problems = found([*chain[:at], (changed, stored), *chain[at + 1 :]])
    assert changed.number in rows([one for one in problems if one.code == "log-changed"])


@given(chains(least=2), st.data())
def test_a_changed_field_with_its_hash_made_anew_is_found_at_the_next_entry(
    chain: Chain, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(chain) - 2))
    entry, _stored = chain[at]
    changed = entry.model_copy(update={"act": entry.act + "x"})
    problems = found([*chain[:at], (changed, changed.hash), *chain[at + 1 :]])
    assert [(one.code, one.place.row) for one in problems] == [("log-broken", entry.number + 1)]


@given(chains(least=2), st.data())
def test_a_removed_entry_is_named(chain: Chain, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(chain) - 2))
    problems = found([*chain[:at], *chain[at + 1 :]])
    missing = [one for one in problems if one.code == "log-missing"]
    assert [one.message for one in missing] == [f"Entry {at + 1} is missing."]


@given(chains(least=3), st.data())
def test_several_removed_entries_are_named(chain: Chain, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(chain) - 3))
    problems = found([*chain[:start], *chain[start + 2 :]])
    assert f"Entries from {start + 1} are missing." in [one.message for one in problems]


@given(chains(), st.data())
def test_an_inserted_entry_is_named(chain: Chain, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(chain) - 1))
    before = chain[at - 1][1] if at else GENESIS
    forged = chain[at][0].model_copy(update={"act": chain[at][0].act + "x", "previous": before})
    problems = found([*chain[:at], (forged, forged.hash), *chain[at:]])
    assert at + 1 in rows([one for one in problems if one.code in ("log-order", "log-broken")])


@given(chains(least=2), st.data())
def test_two_entries_in_another_order_are_named(chain: Chain, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(chain) - 2))
    second = data.draw(st.integers(first + 1, len(chain) - 1))
    mixed = list(chain)
    mixed[first], mixed[second] = mixed[second], mixed[first]
    problems = found(mixed)
    assert {first + 1, second + 1} & rows(problems)
    assert {one.code for one in problems} & {"log-order", "log-missing"}


@given(chains(least=2), st.data())
def test_a_cut_end_is_seen_by_who_knows_the_head(chain: Chain, data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(chain) - 1))
    assert found(chain[:kept]) == []
    problems = found(chain[:kept], ends_with=chain[-1][1])
    assert [(one.code, one.place.row) for one in problems] == [("log-cut", kept)]


@given(chains())
def test_an_export_says_the_same(chain: Chain) -> None:
    lines = [entry.to_line() for entry, _hash in chain]
    assert list(read_log(lines, file="log.jsonl")) == chain


@given(chains(), st.data())
def test_any_changed_value_of_an_exported_line_is_found(chain: Chain, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(chain) - 1))
    line = json.loads(chain[at][0].to_line())
    key = data.draw(st.sampled_from(sorted(line)))
    value = data.draw(
        st.one_of(st.none(), st.text(max_size=4), st.integers(), st.booleans(), st.just("f" * 64))
    )
    assume((type(value), value) != (type(line[key]), line[key]))
    lines = [entry.to_line() for entry, _hash in chain]
    lines[at] = json.dumps({**line, key: value})
    read = list(read_log(lines, file="log.jsonl"))
    unreadable = [one for one in read if isinstance(one, Problem)]
    assert [one.place.row for one in unreadable] in ([], [at + 1])
    assert (
        unreadable
        or at + 1 in rows(found([one for one in read if not isinstance(one, Problem)]))
        or key == "number"
    )
    assert unreadable or found([one for one in read if not isinstance(one, Problem)])


@pytest.mark.parametrize("line", ["{", "[]", "1", "{}", '{"hash": "0"}', "nothing"])
def test_a_line_that_is_no_entry_is_named(line: str) -> None:
    read = list(read_log(["", line], file="log.jsonl"))
    assert [(one.code, one.place.row, one.found) for one in read if isinstance(one, Problem)] == [
        ("log-unreadable", 2, line)
    ]


def test_the_hash_is_that_of_the_canonical_form() -> None:
    """Worked out by hand with another tool: sha256sum over the members sorted, without blanks."""
    import hashlib  # noqa: PLC0415 - the oracle of this test alone

    entry = LogEntry(
        number=1, at="2026-01-01T00:00:00.000000Z", actor="system", role="system", act="start",
        subject="case:1", facts={"b": 1, "a": True, "ö": None}, previous=GENESIS,
    )  # fmt: skip
    text = (
        '{"act":"start","actor":"system","after":null,"at":"2026-01-01T00:00:00.000000Z","before":null,'
        '"facts":{"a":true,"b":1,"ö":null},"format":"clustermark-log/1","number":1,"previous":"'
        + "0"
        * 64
        + '",'
        '"reason":null,"role":"system","subject":"case:1"}'
    )
    assert entry.hash == hashlib.sha256(text.encode()).hexdigest()


def test_moments_are_utc_to_the_microsecond() -> None:
    east = timezone(timedelta(hours=3))
    assert instant(datetime(2026, 6, 1, 2, 0, 0, 5, tzinfo=east)) == "2026-05-31T23:00:00.000005Z"
    assert instant(datetime(2026, 6, 1, tzinfo=UTC)) == "2026-06-01T00:00:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime(2026, 6, 1))  # noqa: DTZ001 - the fault of this test


def test_words_are_kept_out_of_the_log() -> None:
    """Without the salt the same words cannot be tried out; with it they are proved."""
    one, other = salted_digest("He is ill.", "a"), salted_digest("He is ill.", "b")
    assert one != other
    assert one == salted_digest("He is ill.", "a")
    assert one.startswith("sha256:")


@pytest.mark.parametrize(
    ("field", "value"),
    [("number", 0), ("at", "2026-01-01"), ("reason", "He is ill."), ("previous", "x"), ("facts", {"a": [1]})],
)
def test_what_is_no_entry(field: str, value: object) -> None:
    fields: dict[str, Any] = {
        "number": 1, "at": "2026-01-01T00:00:00.000000Z", "actor": "system", "role": "system", "act": "x",
        "subject": "case:1", "previous": GENESIS,
    }  # fmt: skip
    LogEntry(**fields)
    with pytest.raises(ValidationError):
        LogEntry(**{**fields, field: value})

"""Checkpoints by the published example of signed notes, the monitor, and proofs as documents."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from clustermark.ground.problems import ProblemsError
from clustermark.transparency.checkpoint import (
    Checkpoint,
    VerifierKey,
    open_note,
    read_checkpoint,
    read_key,
    sign_checkpoint,
    sign_note,
)
from clustermark.transparency.log import prove_consistency, prove_inclusion, read_entries
from clustermark.transparency.merkle import Tree
from clustermark.transparency.monitor import watch

# the example of the package sumdb/note of Go, which C2SP signed-note describes
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SEED = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = (
    TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = VerifierKey("register.example/log", SECRET.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
ENTRIES = [f'{{"entry":{n}}}'.encode() for n in range(20)]


def checkpoint_of(entries: list[bytes], origin: str = "register.example/log") -> Checkpoint:
    return Checkpoint(origin, len(entries), Tree(entries).root())


def code(error: pytest.ExceptionInfo[ProblemsError]) -> str:
    (problem,) = error.value.problems
    return problem.code


def test_the_published_note_opens_and_is_made_byte_for_byte() -> None:
    key = read_key(PETER)
    assert str(key) == PETER
    assert open_note(NOTE, key) == TEXT
    assert sign_note(TEXT, key, Ed25519PrivateKey.from_private_bytes(PETER_SEED).sign) == NOTE


@pytest.mark.parametrize("end", range(0, len(PETER), 7))
def test_a_cut_key_is_refused(end: int) -> None:
    with pytest.raises(ProblemsError) as error:
        read_key(PETER[:end])
    assert code(error) == "log-key"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (NOTE.replace("cryptography", "cryptographY"), "note-signature"),
        (NOTE.replace("PeterNeumann", "EnochRoot"), "note-unsigned"),
        (NOTE.replace("x08go", "y08go"), "note-unsigned"),
        (NOTE.replace("JnAM=", "JnAN="), "note-form"),
        (NOTE.rstrip("\n"), "note-form"),
        (NOTE.replace("— ", "- "), "note-form"),
        (TEXT, "note-form"),
        (NOTE.replace("answer", "answer\r"), "note-form"),
        (TEXT + "x" * 70_000 + NOTE, "note-form"),
        (NOTE + "— a YWJjZGVm\n" * 100, "note-form"),
        ("", "note-form"),
    ],
)
def test_a_broken_note_is_refused(note: str, expected: str) -> None:
    with pytest.raises(ProblemsError) as error:
        open_note(note, read_key(PETER))
    assert code(error) == expected


def test_a_note_may_bear_signatures_of_strangers() -> None:
    assert open_note(NOTE + "— witness.example YWJjZGVm\n", read_key(PETER)) == TEXT


def test_every_signature_of_the_key_must_be_genuine() -> None:
    false = NOTE.splitlines()[-1].replace("ZJku", "ZJkv") + "\n"
    for note in (NOTE + false, NOTE.replace("\n— ", "\n" + false + "— ")):
        with pytest.raises(ProblemsError) as error:
            open_note(note, read_key(PETER))
        assert code(error) == "note-signature"


def test_a_checkpoint_comes_back() -> None:
    point = checkpoint_of(ENTRIES)
    note = sign_checkpoint(point, KEY, SECRET.sign)
    assert read_checkpoint(note, KEY) == point
    extended = sign_note(point.text() + "extension\n", KEY, SECRET.sign)
    assert read_checkpoint(extended, KEY) == point


@pytest.mark.parametrize(
    "text", ["log\n1\n", "log\n01\n" + "A" * 43 + "=\n", "log\n-1\n" + "A" * 43 + "=\n", "log\n1\nAAAA\n"]
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ProblemsError) as error:
        read_checkpoint(sign_note(text, KEY, SECRET.sign), KEY)
    assert code(error) == "checkpoint-form"


def test_a_text_that_no_note_can_hold_is_not_signed() -> None:
    for text in ("no end", "tab\t\n"):
        with pytest.raises(ValueError, match="lines of text"):
            sign_note(text, KEY, SECRET.sign)


def test_the_monitor_lets_a_log_grow() -> None:
    finding = watch(checkpoint_of(ENTRIES[:13]), checkpoint_of(ENTRIES), ENTRIES)
    assert finding.sound
    assert finding.message == "The history stands as it was; 7 entries were added."
    assert watch(checkpoint_of([]), checkpoint_of(ENTRIES), ENTRIES).sound


@given(st.integers(1, 19), st.integers(0, 18))
def test_the_monitor_names_the_first_entry_that_was_rewritten(size: int, changed: int) -> None:
    now = [*ENTRIES]
    now[changed] = b"{}"
    finding = watch(checkpoint_of(ENTRIES[:size]), checkpoint_of(now), now, kept=ENTRIES)
    if changed < size:
        assert (finding.verdict, finding.first) == ("rewritten", changed)
    else:
        assert finding.sound


def test_without_a_true_copy_the_monitor_names_no_entry() -> None:
    now = [b"{}", *ENTRIES[1:]]
    for kept in (None, now, ENTRIES[:3]):
        finding = watch(checkpoint_of(ENTRIES[:13]), checkpoint_of(now), now, kept=kept)
        assert (finding.verdict, finding.first) == ("rewritten", None)


def test_the_monitor_sees_other_wrongs() -> None:
    ten, all_of_them = checkpoint_of(ENTRIES[:10]), checkpoint_of(ENTRIES)
    assert watch(all_of_them, ten, ENTRIES).verdict == "shorter"
    assert watch(ten, all_of_them, ENTRIES[:19]).verdict == "incomplete"
    assert watch(ten, all_of_them, [*ENTRIES[:19], b"{}"]).verdict == "not_the_log"
    assert watch(ten, checkpoint_of(ENTRIES, "other.example/log"), ENTRIES).verdict == "other_log"


def test_proofs_are_documents_that_hold() -> None:
    tree = Tree(ENTRIES)
    there = prove_inclusion(tree, 5)
    assert there.holds()
    assert not there.model_copy(update={"index": 6}).holds()
    further = prove_consistency(tree, 7)
    assert further.holds()
    assert type(further).model_validate_json(further.model_dump_json()) == further
    assert not further.model_copy(update={"earlier": 6}).holds()


def test_a_log_file_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"".join(entry + b"\n" for entry in ENTRIES))
    assert read_entries(path) == ENTRIES
    path.write_bytes(b'{"entry":0}\n\n{"entry":1}')
    with pytest.raises(ProblemsError) as error:
        read_entries(path)
    assert [(item.code, item.place.row) for item in error.value.problems] == [
        ("log-cut", 3),
        ("log-line-empty", 2),
    ]
    with pytest.raises(ProblemsError) as error:
        read_entries(tmp_path / "none")
    assert code(error) == "file-unreadable"

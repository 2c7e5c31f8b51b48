"""Status lists, decoded by a few lines of another make."""

from __future__ import annotations

import base64
import gzip
import tracemalloc
import zlib
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustermark.certificates import jws
from clustermark.certificates.number import CertificateNumber
from clustermark.certificates.status import (
    MAX_BITS,
    MIN_BITS,
    Bits,
    StatusList,
    decode_bits,
    read_status_list,
    status_list_token,
)
from clustermark.certificates.status_file import StatusFile, read_status_file
from clustermark.ground.problems import ProblemsError
from tests.certificates.material import ISSUER, NOW, parts, signer

ADDRESS = "https://label.example/status/revocation"
indices = st.frozensets(st.integers(0, MIN_BITS - 1), max_size=60)


def bits_of(encoded: str) -> str:
    """The bits as text, index 0 first; written after the specification without a look at our code."""
    assert encoded[0] == "u"
    raw = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "==="))
    return bin(int.from_bytes(b"\x01" + raw, "big"))[3:]


@settings(max_examples=25)
@given(indices)
def test_another_reader_finds_the_same_bits(marked: frozenset[int]) -> None:
    encoded = StatusList("revocation", ADDRESS, marked).encoded()
    bits = bits_of(encoded)
    assert len(bits) == MIN_BITS
    assert {place for place, bit in enumerate(bits) if bit == "1"} == marked
    assert decode_bits(encoded) == (marked, MIN_BITS)


def test_marks_are_set_and_cleared_and_the_same_list_gives_the_same_text() -> None:
    empty = StatusList("suspension", ADDRESS)
    some = empty.with_marks(add=[0, 8, MIN_BITS - 1])
    assert 8 in some
    assert 9 not in some
    assert some.with_marks(remove=[0, 8, MIN_BITS - 1]) == empty
    assert some.encoded() == empty.with_marks(add=[8, MIN_BITS - 1, 0]).encoded()
    for wrong in (-1, MIN_BITS):
        with pytest.raises(ValueError, match="outside"):
            empty.with_marks(add=[wrong])
        with pytest.raises(ValueError, match="outside"):
            _ = wrong in empty
    with pytest.raises(ValueError, match="131,072"):
        StatusList("suspension", ADDRESS, length=MIN_BITS - 8)


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "encoded",
    [
        packed(gzip.compress(bytes(MIN_BITS // 8 - 1))),
        packed(gzip.compress(bytes(MAX_BITS // 8 + 1))),
        packed(gzip.compress(bytes(200_000_000), 1)),  # a bomb: 200 MB in 900 kB
        packed(gzip.compress(bytes(MIN_BITS // 8))[:-9]),
        packed(gzip.compress(bytes(MIN_BITS // 8)) + b"more"),
        packed(zlib.compress(bytes(MIN_BITS // 8))),
        packed(b"")[1:],
        "z" + packed(gzip.compress(bytes(MIN_BITS // 8)))[1:],
        "u****",
    ],
    ids=["short", "long", "bomb", "cut", "more", "zlib", "bare", "base58", "no base64"],
)
def test_short_long_broken_and_bursting_lists_are_refused(encoded: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own words
        decode_bits(encoded)


def test_a_published_list_says_how_long_it_is_good() -> None:
    marks = StatusList("revocation", ADDRESS, frozenset({5}))
    token = status_list_token(marks, signer(), issued_at=NOW, life=timedelta(hours=6))
    payload = parts(token).payload
    assert payload["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert payload["issuer"] == ISSUER.id
    assert (payload["validFrom"], payload["validUntil"]) == ("2026-03-02T09:30:00Z", "2026-03-02T15:30:00Z")
    assert payload["credentialSubject"]["ttl"] == 6 * 3600 * 1000
    assert payload["exp"] - payload["iat"] == 6 * 3600
    assert read_status_list(jws.read(token).payload) == marks


NUMBERS = [str(CertificateNumber("DE", 2026, 1, serial)) for serial in (1, 2, 3)]


def test_a_file_of_states_draws_places_and_marks_lists() -> None:
    states = StatusFile(revocation_list=ADDRESS, suspension_list=ADDRESS + "-s")
    for number in NUMBERS:
        states = states.with_new(number)
    places = [states.place(number).index for number in NUMBERS]
    assert len(set(places)) == 3
    states = states.with_state(NUMBERS[0], "suspended").with_state(NUMBERS[1], "revoked")
    revoked, suspended = states.lists()
    assert (revoked.marked, suspended.marked) == ({places[1]}, {places[0]})
    assert states.with_state(NUMBERS[0], "valid").lists()[1].marked == frozenset()
    assert read_status_file(states.to_json(), file="status.json") == states


def test_a_file_of_states_refuses_what_cannot_be() -> None:
    states = StatusFile(revocation_list=ADDRESS, suspension_list=ADDRESS).with_new(NUMBERS[0])
    with pytest.raises(ProblemsError, match="issued already"):
        states.with_new(NUMBERS[0])
    with pytest.raises(ProblemsError, match="No certificate"):
        states.with_state(NUMBERS[1], "revoked")
    with pytest.raises(ProblemsError, match="for good"):
        states.with_state(NUMBERS[0], "revoked").with_state(NUMBERS[0], "valid")
    with pytest.raises(ProblemsError, match="not a file of states"):
        read_status_file("{}", file="status.json")


def test_a_list_with_every_bit_set_costs_no_more_than_its_bits() -> None:
    """A kilobyte that says that eight million certificates were withdrawn; a set of them would take half a gigabyte."""
    full = packed(gzip.compress(b"\xff" * (MAX_BITS // 8)))
    assert len(full) < 3_000
    tracemalloc.start()
    try:
        whole = parts(status_list_token(StatusList("revocation", ADDRESS), signer(), issued_at=NOW))
        subject = {**whole.payload["credentialSubject"], "encodedList": full}
        found = read_status_list({**whole.payload, "credentialSubject": subject})
        assert 0 in found
        assert MAX_BITS - 1 in found
        assert len(found.marked) == MAX_BITS
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


def test_bits_are_a_set() -> None:
    marked = frozenset({0, 7, 8, 1000, MIN_BITS - 1})
    bits, _length = decode_bits(StatusList("revocation", ADDRESS, marked).encoded())
    assert bits == marked
    assert marked == bits
    assert len(bits) == 5
    assert all(index in bits for index in marked)
    assert not any(index in bits for index in (-1, 1, 9, MIN_BITS, "0"))
    read = StatusList("revocation", ADDRESS, bits)
    assert read == StatusList("revocation", ADDRESS, marked)
    assert read.with_marks(add={1}, remove={0}).marked == (marked | {1}) - {0}
    with pytest.raises(ValueError, match="outside"):
        StatusList("revocation", ADDRESS, Bits(bytes(MIN_BITS // 8 + 1)))

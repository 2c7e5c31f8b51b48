"""What a library raises becomes one error; what we raise stays what it is."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pytest

from clustermark.ground.foreign import ForeignError, each, reading


def test_whatever_a_library_raises_becomes_one_error_with_its_words() -> None:
    with pytest.raises(ForeignError, match="Error -3") as caught, reading():
        zlib.decompress(b"no stream")
    assert isinstance(caught.value.__cause__, zlib.error)
    with pytest.raises(ForeignError, match=r"^KeyError$"), reading():
        raise KeyError


def test_what_is_passed_on_stays_what_it_is() -> None:
    with pytest.raises(LookupError), reading(LookupError):
        raise IndexError


def rows() -> Iterator[int]:
    yield 1
    yield 2
    raise IndexError("no such style")


def test_a_fault_of_who_takes_the_items_is_no_fault_of_the_file() -> None:
    taken: list[int] = []
    with pytest.raises(ForeignError, match="no such style"):
        taken.extend(each(rows()))
    for row in each(rows()):
        with pytest.raises(ZeroDivisionError):
            taken.append(row // 0)
        break
    assert list(each([3, None])) == [3, None]

"""Strangers' files read by libraries that raise more than they document.

zipfile, openpyxl and XML parsers fail on damaged files with errors of many kinds. What a library raises while it reads
becomes a `ForeignError` here and nowhere else; our own code stays outside, so that a fault of ours is never told as a
damaged file. Where a library reads only when it is looked into (pyHanko), the looking is inside, and the tests of
genuine files tell a fault of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

Read = TypeVar("Read")
_END = object()


class ForeignError(Exception):
    """A library could not read a file; the text is its own, or the name of its error."""


@contextmanager
def reading(*passed_on: type[Exception]) -> Iterator[None]:
    """Around calls of a library alone: whatever it raises becomes a `ForeignError`, but for `passed_on`."""
    try:
        yield
    except passed_on:
        raise
    except Exception as error:
        raise ForeignError(str(error) or type(error).__name__) from error


def each(items: Iterable[Read]) -> Iterator[Read]:
    """The items that a library yields; only its own errors become a `ForeignError`, not those of who takes them."""
    source = iter(items)
    while True:
        with reading():
            found = next(source, _END)
        if found is _END:
            return
        yield cast("Read", found)

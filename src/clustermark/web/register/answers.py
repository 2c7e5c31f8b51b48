"""Public answers that were made already, kept in memory; and turns in which new ones are made.

Whoever scrapes the register gets what is kept, at the cost of one query. What has to be made takes turns, so that
scrapers never take all threads of the process and people who work on the site find it ready.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import NamedTuple

from django.http import HttpResponse, HttpResponseBase

from clustermark.web.remembering import Remembered

MOST_BYTES = 64 * 2**20
"""Bytes of all answers that are kept; the one that was not asked for longest goes first. None is larger than a 16th."""
OVERHEAD = 2_000
"""Bytes that an answer takes beside its content, about."""
MAKING = 2
"""Public answers that are made at the same time."""
WAITING = 2
"""Requests that wait for a turn, beside those; together half of the threads of the server (8)."""
REST = 2.0
"""For how many times as long as the making of an answer took nothing is made in its place."""
PATIENCE = 5.0
"""Seconds that a request waits for its turn."""
LIFE = 3600.0
"""Seconds after which an answer is made anew: status lists are signed again from time to time."""


class _Answer(NamedTuple):
    content: bytes
    headers: dict[str, str]
    made_at: float


class Answers:
    """Answers by their tag, which changes with everything that they depend on."""

    def __init__(self, most_bytes: int = MOST_BYTES, life: float = LIFE) -> None:
        self._kept: Remembered[_Answer] = Remembered(most_bytes)
        self._life = life

    def find(self, tag: str) -> HttpResponse | None:
        """A new response with the content and headers of the kept one."""
        found = self._kept.find(tag)
        if found is None or monotonic() - found.made_at > self._life:
            return None
        return HttpResponse(found.content, headers=found.headers)

    def keep(self, tag: str, response: HttpResponseBase) -> None:
        """Keep an answer that is the same for everybody; files that are streamed and what sets cookies are not."""
        if not isinstance(response, HttpResponse) or response.cookies:
            return
        if len(response.content) <= self._kept.most // 16:
            made = _Answer(response.content, dict(response.headers), monotonic())
            self._kept.keep(tag, made, len(made.content) + OVERHEAD)


class Turns:
    """Places at which an answer is made, one at a time; each rests afterwards for as long as the making took, `rest`
    times. Whoever asks less often than that never waits, and however many ask, others find time left."""

    def __init__(self, places: int = MAKING, waiting: int = WAITING, rest: float = REST) -> None:
        self._free = [0.0] * places
        self._waiting, self._rest = waiting, rest
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, patience: float = PATIENCE) -> Iterator[bool]:
        """Whether it is this request's turn now; False where too many wait already, or it would take too long."""
        mine = self._take(monotonic() + patience)
        start = monotonic()
        try:
            yield mine
        finally:
            if mine:
                now = monotonic()
                with self._changed:
                    self._free.append(now + self._rest * (now - start))
                    self._changed.notify()

    def _take(self, until: float) -> bool:
        with self._changed:
            if self._ready() > 0 and not self._wait(until):
                return False
            self._free.remove(min(self._free))
            return True

    def _wait(self, until: float) -> bool:
        """Whether a place came free before `until`; not at once where too many wait."""
        if not self._waiting:
            return False
        self._waiting -= 1
        try:
            while (seconds := self._ready()) > 0 and (left := until - monotonic()) > 0:
                self._changed.wait(min(seconds, left))
            return seconds <= 0
        finally:
            self._waiting += 1

    def _ready(self) -> float:
        """Seconds until a place is free, as far as is known."""
        return min(self._free, default=float("inf")) - monotonic()


ANSWERS = Answers()
TURNS = Turns()

"""What is computed from the same content is computed once in a process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Memory(Generic[Made]):
    """Remembers the last `most` results by what they depend on; threads may share it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._known: OrderedDict[tuple[str, ...], Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, ...], make: Callable[[], Made]) -> Made:
        """What was made for `key`; made now when it was not yet. Two threads may make it at once: it is the same."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = make()
        with self._lock:
            self._known[key] = made
            while len(self._known) > self.most:
                self._known.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known.clear()

"""What was made once, kept in the memory of the process up to a limit."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """Things by key, together no heavier than `most`: what was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> T | None:
        """What is kept under the key, if anything is."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def keep(self, key: Hashable, thing: T, weight: int) -> None:
        """Keep it, in place of what was kept under the key; what is heavier than `most` is not kept."""
        with self._lock:
            self._weight += weight - self._kept.pop(key, (None, 0))[1]
            self._kept[key] = (thing, weight)
            while self._weight > self.most:
                _key, (_thing, lost) = self._kept.popitem(last=False)
                self._weight -= lost

"""Two people edit the same thing: the second is shown both versions, and nothing is lost."""

from __future__ import annotations

from typing import Any


class Conflict(Exception):  # noqa: N818 - not an error of anybody: both versions are shown
    """Somebody saved since; `saved` is the row as it stands now."""

    def __init__(self, saved: Any) -> None:
        self.saved = saved
        super().__init__("Somebody else saved a newer version.")

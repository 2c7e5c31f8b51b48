"""What the files of shipped schemes state, as JSON: reading 136 kB of YAML takes ten times as long.

``library/remembered/ID.json`` holds the SHA-256 of ``library/ID.yaml`` and the plain data that the YAML reader
gives for it; ``python tools/write_docs.py`` makes it and a test holds it against the reader. It answers for those
very bytes only: a file that was changed is read as YAML. Only reading is remembered; every check is made each time.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "library" / "remembered"


def remembered(name: str, content: bytes) -> Any | None:
    """The plain data that the file `name` with this `content` states; None where it is not a shipped one."""
    file = FOLDER / f"{Path(name).stem}.json"
    if not file.is_file():
        return None
    entry = json.loads(file.read_bytes(), parse_float=Decimal)
    return entry["statements"] if entry["sha256"] == hashlib.sha256(content).hexdigest() else None


def to_remember(content: bytes, statements: Any) -> str:
    """The text of the file that remembers `statements` of `content`."""
    entry = {"sha256": hashlib.sha256(content).hexdigest(), "statements": statements}
    return json.dumps(entry, ensure_ascii=False, indent=0, default=_digits) + "\n"


def _digits(value: object) -> float:
    """A decimal as the JSON number with the same digits. Raises ValueError where there is none."""
    number = float(value) if isinstance(value, Decimal) else float("nan")
    if repr(number) != str(value):
        raise ValueError(value)
    return number

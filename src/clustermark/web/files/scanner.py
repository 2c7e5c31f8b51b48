"""A scanner may refuse a file before it is kept: a command of the site's choice, and the test string always."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from django.conf import settings

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The string by which every scanner shows that it is there (EICAR, 2003); in two parts, so this file is not it."""
LONGEST = 120


def refuses(path: Path) -> bool:
    """Whether the file is refused: it begins with the test string, or the site's command ends with another code than 0.

    A command that cannot be run, or runs longer than two minutes, refuses too: what was not scanned is not kept.
    """
    with path.open("rb") as file:
        if EICAR in file.read(256):
            return True
    if not settings.EVIDENCE_SCANNER:
        return False
    command = [*shlex.split(settings.EVIDENCE_SCANNER), str(path)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=LONGEST)  # noqa: S603 - the site's own
    except (OSError, subprocess.TimeoutExpired):
        return True
    return done.returncode != 0

"""Reading a stranger's PDF in a process of its own, with bounded size, memory, processor time and waiting."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from clustermark.certificates.pdf_reading import MAX_PDF, PdfFindings
from clustermark.ground.texts import mark

SECONDS = 30
_IMPORTED_FROM = [str(Path(folder).resolve()) for folder in sys.path if folder]
"""As it was when this was loaded: relative entries mean another folder once the process has changed its own."""


def inspect_bounded(data: bytes) -> PdfFindings:
    """What `inspect_pdf` finds in `data`, or a fault where the file asks for too much of anything."""
    if len(data) > MAX_PDF:
        return PdfFindings(fault=mark("it is too large"))
    try:
        done = subprocess.run(
            # -P: nothing is imported from the folder in which this runs
            [sys.executable, "-P", "-m", "clustermark.certificates.pdf_reading"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(_IMPORTED_FROM)},
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return PdfFindings(fault=mark("it takes too long to read"))
    if done.returncode != 0:
        return PdfFindings(fault=mark("its reader was stopped, for want of memory or time"))
    found = json.loads(done.stdout)
    found["certificates"] = tuple(found["certificates"])
    return PdfFindings(**found)

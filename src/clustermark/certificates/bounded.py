"""Reading a stranger's PDF in a process of its own, with bounded size, memory, processor time and waiting."""

from __future__ import annotations

import json
import subprocess
import sys

from clustermark.certificates.pdf_reading import MAX_PDF, PdfFindings

SECONDS = 30


def inspect_bounded(data: bytes) -> PdfFindings:
    """What `inspect_pdf` finds in `data`, or a fault where the file asks for too much of anything."""
    if len(data) > MAX_PDF:
        return PdfFindings(fault="it is too large")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "clustermark.certificates.pdf_reading"],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return PdfFindings(fault="it takes too long to read")
    if done.returncode != 0:
        return PdfFindings(fault="it asks for too much memory or time to be read")
    found = json.loads(done.stdout)
    found["certificates"] = tuple(found["certificates"])
    return PdfFindings(**found)

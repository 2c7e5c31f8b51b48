"""Whole processes: `assess` against importing what it needs, and the PDF report beside the table."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.table import Row, alternate, print_table

ROOT = Path(__file__).parent.parent
IMPORTS = [sys.executable, "-c", "import duckdb, numpy, pydantic"]
ASSESS = [
    sys.executable,
    "-m",
    "clustermark.cli.app",
    "assess",
    "examples/oka-valley",
    "--scheme",
    "ecei-silver-2017",
]
REPORTS = {"typst", "vl_convert", "docxtpl", "docx", "xlsxwriter", "openpyxl", "scipy", "babel"}
PDF_ALLOWANCE = 1.5
"""Seconds that a PDF report may add to the table."""


def call(arguments: list[str]) -> str:
    """Run one process to its end and return what it prints."""
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def imported() -> set[str]:
    """The top-level modules that `assess` imports when no report is asked for."""
    timed = subprocess.run(
        [ASSESS[0], "-X", "importtime", *ASSESS[1:]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {
        line.rsplit("|", 1)[-1].strip().split(".")[0] for line in timed.stderr.splitlines() if "|" in line
    }


def run() -> list[Row]:
    """The result first, then time."""
    assert "Level     Silver" in call(ASSESS)
    assert not imported() & REPORTS, imported() & REPORTS
    pdf = [*ASSESS, "--report", "build/bench.pdf"]
    (ROOT / "build").mkdir(exist_ok=True)
    table, imports = alternate(lambda: call(ASSESS), lambda: call(IMPORTS), rounds=9)
    report, plain = alternate(lambda: call(pdf), lambda: call(ASSESS))
    return [
        Row(
            "assess the sample, whole process (of importing duckdb, numpy, pydantic)",
            table,
            imports,
            2.5,
            "at most",
        ),
        Row(
            "PDF report: seconds beyond the table, whole process (of 1.5 s)",
            report - plain,
            PDF_ALLOWANCE,
            1,
            "at most",
        ),
    ]


if __name__ == "__main__":
    print_table(run())

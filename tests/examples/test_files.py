"""The committed samples are what the generator writes, and their evidence is real and agrees with the tables."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from clustermark import Dossier
from tests.builders import ROOT

EXAMPLES = ROOT / "examples"
FOLDERS = ("amber-coast", "karst-table", "oka-valley")
MARK = "Fictional sample: cluster, people and companies are invented"
EVIDENCE = [path for folder in FOLDERS for path in sorted((EXAMPLES / folder / "evidence").iterdir())]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All samples, written anew."""
    into = tmp_path_factory.mktemp("examples")
    subprocess.run([sys.executable, EXAMPLES / "build" / "make.py", into], check=True, capture_output=True)  # noqa: S603 - our own generator
    return into


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_generator_writes_what_is_committed(folder: str, written: Path) -> None:
    committed, anew = contents(EXAMPLES / folder), contents(written / folder)
    assert sorted(anew) == sorted(committed)
    changed = [name for name, data in anew.items() if committed[name] != data]
    assert changed == []


@pytest.mark.parametrize("name", ["synthetic-2017.json", "synthetic-2017-case.json"])
def test_the_generator_writes_the_synthetic_register(name: str, written: Path) -> None:
    anew = (written / "register" / name).read_bytes()
    assert anew == (EXAMPLES / "register" / name).read_bytes()
    assert b"synthetic" in anew or name.endswith("case.json")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_sample_opens_without_a_warning_and_says_it_is_fictional(folder: str) -> None:
    dossier = Dossier.open(EXAMPLES / folder)
    assert dossier.warnings == ()
    readme = (EXAMPLES / folder / "README.md").read_text(encoding="utf-8")
    assert "**Fictional sample.**" in readme
    assert "**2025-10-26**" in readme


@pytest.mark.parametrize("path", EVIDENCE, ids=lambda path: path.name)
def test_every_evidence_file_opens_and_bears_the_mark(path: Path) -> None:
    assert text_of(path)
    assert footer_of(path) == {MARK}


def test_the_main_sample_stays_small() -> None:
    sizes = [len(data) for data in contents(EXAMPLES / "oka-valley").values()]
    assert sum(sizes) < 2_500_000
    assert len(list((EXAMPLES / "oka-valley" / "evidence").iterdir())) == 22


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (
            "participants-register.pdf",
            "The register lists 63 participants, of which 60 have a documented commitment",
        ),
        ("organisation-chart.pdf", "Team: 6 persons, 5.0 full-time posts"),
        ("team-qualification.docx", "3.5 of 5.0 posts, 70 %"),
        ("training-records.xlsx", "Sum 5 12"),
        ("contact-log.xlsx", "39 of 60 in the last twelve months"),
        ("budget-and-accounts.xlsx", "Private share of income, % 30"),
        ("controlling-targets-2025-q3.pdf", "10 of 12 output targets are reached"),
        ("press-file.pdf", "12 of them in the twelve months before 26 October 2025"),
        ("member-survey-2025.pdf", "62 participants were asked; 38 answered (61.3 %)"),
        ("member-survey-2025.pdf", "all 76.5 214"),
        ("subsidy-2026.pdf", "Together 23 139 120.50 roubles"),
    ],
)
def test_evidence_agrees_with_what_the_tables_give(file: str, says: str) -> None:
    assert says in text_of(EXAMPLES / "oka-valley" / "evidence" / file)


def test_every_participant_present_stands_in_the_register() -> None:
    register = text_of(EXAMPLES / "oka-valley" / "evidence" / "participants-register.pdf")
    people = [row.values for row in Dossier.open(EXAMPLES / "oka-valley").rows("participants")]
    assert [row["name"] for row in people if str(row["name"]) not in register] == []


def text_of(path: Path) -> str:
    """All text of a PDF, Word or Excel file, single-spaced."""
    data = io.BytesIO(path.read_bytes())
    if path.suffix == ".pdf":
        parts = [page.extract_text() for page in PdfReader(data).pages]
    elif path.suffix == ".docx":
        document = Document(data)
        parts = [paragraph.text for paragraph in document.paragraphs]
    else:
        book = openpyxl.load_workbook(data)
        parts = [
            str(cell)
            for sheet in book
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if cell is not None
        ]
    return " ".join(" ".join(parts).split())


def footer_of(path: Path) -> set[str]:
    """What stands at the foot of the pages."""
    data = io.BytesIO(path.read_bytes())
    if path.suffix == ".pdf":
        return {
            MARK if MARK in " ".join(page.extract_text().split()) else "" for page in PdfReader(data).pages
        }
    if path.suffix == ".docx":
        return {section.footer.paragraphs[0].text for section in Document(data).sections}
    return {sheet.oddFooter.left.text for sheet in openpyxl.load_workbook(data)}

"""The audit as PDF and JSON: tagged, repeatable, honest about its data, and nobody named."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from clustermark.analysis.audit import SchemeAudit, audit_scheme
from clustermark.analysis.demo import synthetic_portfolio
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import Language, use_language
from clustermark.reports.audit_report import build_audit_report, render_audit, write_audit
from clustermark.schemes.scheme import Scheme


def audit_in(language: Language) -> SchemeAudit:
    with use_language(language):
        return audit_scheme(Scheme.load("ecei-gold-2013"), synthetic_portfolio(250, 3))


@pytest.fixture(scope="module")
def audit() -> SchemeAudit:
    return audit_in("en")


@pytest.fixture(scope="module")
def pdf(audit: SchemeAudit) -> bytes:
    return render_audit(build_audit_report(audit, language="en"))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_pdf_is_tagged_and_says_what_it_is(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]  # pypdf types every entry alike
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Audit of Cluster Management Excellence, Gold, 2026"
    assert b"pdfuaid" in pdf


def test_synthetic_data_and_example_values_are_said_on_the_first_page(pdf: bytes) -> None:
    first = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "SYNTHETIC DATA" in first
    assert "†" in first
    assert "not endorsed" in first


def test_every_finding_and_every_part_is_in_it(audit: SchemeAudit, pdf: bytes) -> None:
    text = " ".join(text_of(pdf).split())
    for part in ("Agreement of experts", "Just above the cuts", "What really decides", "Method and limits"):
        assert part in text
    report = build_audit_report(audit, language="en")
    assert sum(len(block.places) for block in report.findings) == len(audit.findings)
    assert audit.scheme_digest[-20:] in text.replace("\u200b", "").replace(" ", "")


def test_no_cluster_is_named(pdf: bytes) -> None:
    text = text_of(pdf)
    assert not [name for name in synthetic_portfolio(250, 3).clusters.tolist() if name in text]


@pytest.mark.slow
def test_what_rests_on_few_clusters_is_hidden_in_the_pdf_too() -> None:
    """Two worlds that differ in the values of the only four clusters that know an indicator give one document."""
    scheme, made = Scheme.load("ecei-gold-2013"), []
    rows = synthetic_portfolio(60, 3)
    rows = rows.of_year(rows.editions[-1])
    for offset in (0, 1):
        values = rows.values.copy()
        column = rows.codes.index("2.5")
        values[:, column] = np.nan
        values[:4, column] = np.array([1, 2, 3, 4]) + offset / 2  # all below the first band
        audit = audit_scheme(scheme, replace(rows, values=values))
        made.append(render_audit(build_audit_report(audit, language="en")))
        assert audit.outliers[[row.code for row in audit.outliers].index("2.5")].n is None
    assert made[0] == made[1]
    assert "hidden" in text_of(made[0])


@pytest.mark.slow
def test_the_same_audit_gives_the_same_bytes(audit: SchemeAudit, pdf: bytes) -> None:
    assert render_audit(build_audit_report(audit, language="en")) == pdf


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"), [("de", "Statistische Prüfung"), ("ru", "Статистический аудит")]
)
def test_other_languages(language: Language, said: str) -> None:
    report = build_audit_report(audit_in(language), language=language)
    assert said in report.words["audit"]
    english = build_audit_report(audit_in("en"), language="en")
    kept = {section.title for section in report.sections} & {section.title for section in english.sections}
    assert not kept
    assert text_of(render_audit(report))


def test_figures_have_their_decimals(audit: SchemeAudit) -> None:
    report = build_audit_report(audit, language="en")
    weights = next(section for section in report.sections if section.title == "What really decides")
    row = weights.tables[0].rows[0]
    assert row[1] == "10.0\u00a0%"
    assert row[2] == f"{audit.dimension_weights[0].main_effect:.2f}"


def test_files(audit: SchemeAudit, pdf: bytes, tmp_path: Path) -> None:
    write_audit(audit, tmp_path / "a.pdf", language="en")
    assert (tmp_path / "a.pdf").read_bytes() == pdf
    write_audit(audit, tmp_path / "a.json", language="en")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["n"] == audit.n
    with pytest.raises(ProblemsError, match=r"\.pdf, \.json"):
        write_audit(audit, tmp_path / "a.docx", language="en")
    with pytest.raises(ProblemsError, match="cannot be written"):
        write_audit(audit, tmp_path / "none" / "a.json", language="en")

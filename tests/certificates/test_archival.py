"""The certificate as PDF/A-3a: what the standard demands of its objects, and that each look finds what is broken."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from pyhanko.sign.signers import PdfSigner

from clustermark.certificates import signing
from clustermark.certificates.pdf import certificate_page
from clustermark.ground.texts import Language
from tests.certificates.archival import LOOKS, faults
from tests.certificates.material import ISSUER, NOW, issued, record, signer


@pytest.mark.parametrize("languages", [("en",), ("ru",), ("de",), ("de", "en"), ("ru", "de")])
def test_the_signed_certificate_breaks_no_clause(languages: tuple[Language, ...]) -> None:
    assert faults(issued(languages).pdf) == []


def without_output_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def with_a_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def with_a_font_left_out(pdf: Pdf) -> None:
    descriptors = [one for one in pdf.objects if isinstance(one, Dictionary) and "/FontFile3" in one]
    del descriptors[0]["/FontFile3"]


def with_letters_nobody_can_copy(pdf: Pdf) -> None:
    fonts = [one for one in pdf.objects if isinstance(one, Dictionary) and "/ToUnicode" in one]
    del fonts[0]["/ToUnicode"]


def with_ink_of_a_printer(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"/Artifact BMC 0 0 0 1 k 0 0 9 9 re f EMC")


def with_untagged_contents(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 9 9 re f")


def with_strange_blending(pdf: Pdf) -> None:
    pdf.pages[0].Resources.ExtGState.g9 = pdf.make_indirect(Dictionary(Type=Name.ExtGState, BM=Name.Strange))


def with_a_file_of_no_relation(pdf: Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


def with_a_note(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents="x")
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def with_another_part(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["pdfaid:part"] = "2"


def without_words_for_the_figure(pdf: Pdf) -> None:
    figures = [one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == Name.Figure]
    del figures[0]["/Alt"]


def with_permissions(pdf: Pdf) -> None:
    pdf.Root.Perms = Dictionary(Other=Dictionary())


BREAKING: dict[str, Callable[[Pdf], None]] = {
    "6.2.3 output intent": without_output_intent,
    "6.4.1, 6.4.2, 6.5, 6.9, 6.10, 6.11 forms, actions, layers": with_a_script,
    "6.2.11 fonts": with_a_font_left_out,
    "6.2.11 fonts: no way": with_letters_nobody_can_copy,
    "6.2.2, 6.2.4 contents and colours": with_ink_of_a_printer,
    "6.7 tags": with_untagged_contents,
    "6.7 tags: a figure": without_words_for_the_figure,
    "6.2.5 to 6.2.10 graphics states and pictures": with_strange_blending,
    "6.8 files inside": with_a_file_of_no_relation,
    "6.3 annotations": with_a_note,
    "6.6 metadata": with_another_part,
    "6.1.12, 6.4.3 signatures": with_permissions,
}


@pytest.mark.parametrize("clause", BREAKING)
def test_what_is_broken_is_found(clause: str) -> None:
    page = certificate_page(
        record(), ISSUER, issued().token, languages=("en",), issued_at=NOW, certificate=b"c"
    )
    assert faults(page) == []
    with Pdf.open(BytesIO(page)) as pdf:
        BREAKING[clause](pdf)
        output = BytesIO()
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    found = faults(output.getvalue())
    assert any(one.startswith(clause.split(":", maxsplit=1)[0]) for one in found), found


def test_a_file_that_is_locked_changed_or_called_pdf_2_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    page = certificate_page(
        record(), ISSUER, issued().token, languages=("en",), issued_at=NOW, certificate=b"c"
    )
    monkeypatch.setattr(signing, "_pdf_signer_class", lambda: PdfSigner)
    assert any("PDF /2.0" in one for one in faults(signing.sign_pdf(page, signer(), number="x")))
    monkeypatch.undo()
    assert any("after the end" in one for one in faults(issued().pdf + b"x"))
    assert any("cover the file" in one for one in faults(issued().pdf + b"\n%%EOF\n"))
    with Pdf.open(BytesIO(page)) as pdf:
        output = BytesIO()
        pdf.save(output, encryption=pikepdf.Encryption(owner="o", user=""))
    assert any("encrypted" in one for one in faults(output.getvalue()))


def test_every_look_was_shown_to_find_something() -> None:
    shown = {clause.split(":")[0] for clause in BREAKING} | {"6.1.2, 6.1.3 file"}
    # of streams, only filters that no writer here knows how to make
    assert set(LOOKS) - shown == {"6.1.7 streams"}


def test_programs_of_poppler_and_qpdf_find_no_fault(tmp_path: Path) -> None:
    missing = [name for name in ("pdfinfo", "pdffonts") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"programs of the package poppler-utils are not here: {', '.join(missing)}")
    (tmp_path / "c.pdf").write_bytes(issued(("de", "en")).pdf)
    fonts, about = (
        subprocess.run([name, "c.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout  # noqa: S603 - as above
        for name in ("pdffonts", "pdfinfo")
    )
    rows = [row.split()[-5:-2] for row in fonts.splitlines()[2:]]
    assert len(rows) >= 5
    # embedded, a subset, with a way to Unicode
    assert all(row == ["yes", "yes", "yes"] for row in rows), fonts
    said = dict(line.split(":", 1) for line in about.splitlines())
    for name, value in {"Tagged": "yes", "JavaScript": "no", "Encrypted": "no", "PDF version": "1.7"}.items():
        assert said[name].strip() == value, name
    with Pdf.open(tmp_path / "c.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []

"""The certificate's PDF: what others find in it, that its signature is accepted, and that every change is found."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
import vl_convert
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from clustermark.certificates.pdf import certificate_page, qr_code, signature_box
from clustermark.certificates.pdf_reading import inspect_pdf
from clustermark.certificates.signing import sign_pdf
from clustermark.ground.texts import Language
from tests.certificates.material import (
    ISSUER,
    NOW,
    PLACE,
    checked,
    documents,
    issued,
    lists,
    outcome,
    record,
    signer,
)  # fmt: skip


def test_pyhanko_accepts_the_signature_as_one_that_allows_no_change() -> None:
    signature = PdfFileReader(BytesIO(issued().pdf), strict=True).embedded_signatures[0]
    assert str(signature.sig_object["/SubFilter"]) == "/ETSI.CAdES.detached"
    context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    assert status.bottom_line
    assert status.coverage is not None
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.docmdp_ok
    assert int(signature.docmdp_level.value) == 1


def test_pdfsig_of_poppler_accepts_the_signature(tmp_path: Path) -> None:
    program = shutil.which("pdfsig")
    if program is None:
        pytest.skip("the program pdfsig (package poppler-utils) is not here")
    for content, words in (
        (issued().pdf, "Signature is Valid."),
        (flipped(issued().pdf, 5000), "Digest Mismatch"),
    ):
        (tmp_path / "certificate.pdf").write_bytes(content)
        told = subprocess.run(  # noqa: S603 - a program of the machine, on a file of ours
            [program, "-nocert", str(tmp_path / "certificate.pdf")],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        assert words in told
    assert "ETSI.CAdES.detached" in told


def test_another_reader_finds_the_page_and_both_files_inside() -> None:
    reader = pypdf.PdfReader(BytesIO(issued().pdf))
    assert len(reader.pages) == 1
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (round(width * 25.4 / 72), round(height * 25.4 / 72)) == (297, 210)
    assert reader.attachments["credential.jwt"] == [issued().token.encode()]
    summary = json.loads(reader.attachments["scorecard-summary.json"][0])
    assert summary["summary"] == {
        "indicators": 30, "significantly_above": 22, "with_required_value": 30, "share": 73.3,
    }  # fmt: skip
    metadata = reader.xmp_metadata
    assert metadata is not None
    said = metadata.stream.get_data()
    assert re.search(rb"pdfaid:part[>=\"]*3", said)
    assert re.search(rb"pdfaid:conformance[>=\"]*A", said)
    text = reader.pages[0].extract_text()
    for words in ("Oka Valley Pharma Cluster", "Silver", record().number, "29 February 2028", "Sample"):
        assert words in text


@pytest.mark.parametrize("languages", [("ru",), ("de",), ("de", "en"), ("ru", "de")])
def test_each_language_and_two_together(languages: tuple[Language, ...]) -> None:
    certificate = issued(languages)
    reader = pypdf.PdfReader(BytesIO(certificate.pdf))
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    for language in languages:
        assert record().level_title[language] in text
    assert checked(certificate.pdf).ok
    assert str(reader.root_object["/Lang"]) == languages[0]


@pytest.mark.parametrize("languages", [("en",), ("de", "en")])
@pytest.mark.parametrize("resolution", [72, 200])
def test_the_code_on_the_page_leads_to_the_address_of_the_check(
    languages: tuple[Language, ...], resolution: int, tmp_path: Path
) -> None:
    """As a telephone sees it: on a screen, where a dot of the code is two pixels wide, and on paper."""
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("the program pdftoppm (package poppler-utils) is not here")
    (tmp_path / "c.pdf").write_bytes(issued(languages).pdf)
    command = [program, "-r", str(resolution), "-gray", "-singlefile", "c.pdf", "c"]
    subprocess.run(command, cwd=tmp_path, check=True)  # noqa: S603 - a program of the machine, on a file of ours
    with Image.open(tmp_path / "c.pgm") as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [
            ISSUER.check_address + record().number
        ]


@pytest.mark.parametrize(
    "text",
    [
        ISSUER.check_address + record().number,
        "http://127.0.0.1:8000/register/x",
        "https://l.example/" + "ü" * 90,
    ],
)
def test_a_code_by_itself_says_what_was_put_in(text: str) -> None:
    picture = Image.open(
        BytesIO(vl_convert.svg_to_png(qr_code(text).replace("<svg ", '<svg width="400" height="400" ')))
    )
    plain = Image.new("RGB", picture.size, "white")
    plain.paste(picture, mask=picture.getchannel("A"))
    (code,) = zxingcpp.read_barcodes(plain)
    assert code.text == text
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    assert code.ec_level == "M"


def test_the_same_record_gives_the_same_page() -> None:
    def page() -> bytes:
        return certificate_page(
            record(), ISSUER, issued().token, languages=("en",), issued_at=NOW, certificate=b"certificate"
        )

    assert page() == page()


def test_the_longest_names_stay_on_one_page_and_markup_in_them_is_text() -> None:
    name = "#panic() $x$ *Verband* der [Ernährungs] <wirtschaft> " * 4
    holder = {"name": name[:200], "country": "RU", "region": "R" * 40, "city": "C" * 40}
    long = record(holder=holder, scope={"en": "Management and services of the organisation " * 6})
    page = certificate_page(long, ISSUER, "t", languages=("de", "en"), issued_at=NOW, certificate=b"c")
    reader = pypdf.PdfReader(BytesIO(page))
    assert len(reader.pages) == 1
    assert "#panic() $x$ *Verband*" in re.sub(r"\s+", " ", reader.pages[0].extract_text())


def flipped(data: bytes, place: int, bit: int = 0) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1 << bit
    return bytes(changed)


@settings(max_examples=80)
@given(st.data())
def test_any_changed_byte_of_the_pdf_is_found(data: st.DataObject) -> None:
    pdf = issued().pdf
    place = data.draw(st.integers(0, len(pdf) - 1))
    verdict = checked(flipped(pdf, place, data.draw(st.integers(0, 7))))
    assert verdict.standing == "not_genuine"


@pytest.mark.slow
def test_any_changed_byte_of_the_signature_itself_is_found() -> None:
    """The one place that no signature covers: its digits, their case, what fills the rest, and unsigned parts."""
    pdf = issued().pdf
    start, length, after, _rest = signature_range(pdf)
    found = pdf[start + length : after]
    end = len(found.rstrip(b"0>")) + start + length
    places = {
        *range(start + length, start + length + 100),
        *range(start + length, end, 61),
        end + 4,
        after - 2,
    }
    for place in sorted(places):
        for bit in (0, 5):
            verdict = checked(flipped(pdf, place, bit))
            assert verdict.standing == "not_genuine", (place - start - length, bit)


def test_parts_of_the_signature_that_nothing_signs_may_not_be_written_otherwise() -> None:
    """The version, and the case of letters in the signer's name, by which two names are still the same."""
    pdf = issued().pdf
    start, length, after, _rest = signature_range(pdf)
    message = bytearray(bytes.fromhex(pdf[start + length + 1 : after - 1].decode()))

    def with_byte(place: int, value: int) -> bytes:
        changed = bytearray(message)
        changed[place] = value
        return pdf[: start + length + 1] + changed.hex().upper().encode() + pdf[after - 1 :]

    assert with_byte(0, message[0]) == pdf
    names = [found.start() for found in re.finditer(rb"Label Secretariat", message)]
    assert (
        len(names) >= 6
    )  # organisation and common name of the certificate's issuer and subject, and twice more
    for place in names:
        assert checked(with_byte(place, ord("l"))).standing == "not_genuine"
    version = message.index(b"\x02\x01\x01")
    assert checked(with_byte(version + 2, 3)).standing == "not_genuine"


def signature_range(pdf: bytes) -> list[int]:
    found = re.findall(rb"/ByteRange \[([^]]*)\]", pdf)
    return [int(part) for part in found[-1].split()]


def test_nothing_may_be_added_after_the_signature() -> None:
    writer = IncrementalPdfFileWriter(BytesIO(issued().pdf))
    append_signature_field(writer, SigFieldSpec("Another", box=(0, 0, 90, 40)))
    output = BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko's, untyped
    for changed in (output.getvalue(), issued().pdf + b"\n", issued().pdf + b"%%EOF\n", b"\n" + issued().pdf):
        assert checked(changed).standing == "not_genuine"


def test_a_true_credential_on_a_page_of_somebody_else_is_not_genuine() -> None:
    page = certificate_page(
        record(holder={"name": "Somebody Else", "country": "RU"}), ISSUER, issued().token,
        languages=("en",), issued_at=NOW, certificate=b"c",
    )  # fmt: skip
    unsigned = checked(page)
    assert unsigned.standing == "not_genuine"
    assert outcome(unsigned, "credential_signature") == "passed"
    other = signer("2026-1", "did:web:other.example")
    by_other = checked(sign_pdf(page, other, number="x"))
    assert by_other.standing == "not_genuine"
    assert "somebody else" in next(check.words for check in by_other.checks if check.name == "pdf_signature")


def test_a_pdf_signed_after_its_key_was_withdrawn_is_not_genuine() -> None:
    (document,) = documents(signer(), signer("2026-2"))
    withdrawn = document.withdrawn(signer().key_id, since=datetime(2026, 3, 3, tzinfo=UTC))
    verdict = checked(issued().pdf, documents=[withdrawn], status_lists=lists(by=signer("2026-2")))
    # the credential says before, the PDF was signed when this test ran
    assert outcome(verdict, "credential_signature") == "unknown"
    assert outcome(verdict, "pdf_signature") == "failed"


def test_the_signature_lies_over_its_block_on_the_page() -> None:
    reader = pypdf.PdfReader(BytesIO(issued().pdf))
    (annotation,) = reader.pages[0].annotations or []
    assert tuple(int(side) for side in annotation.get_object()["/Rect"]) == signature_box()
    findings = inspect_pdf(issued().pdf)
    assert findings.signed
    assert findings.fault is None
    assert findings.stamped_at is None
    assert PLACE.index == 94_567


@settings(max_examples=40)
@given(st.data())
def test_whatever_is_cut_out_or_put_in_nothing_is_raised_and_nothing_passes(data: st.DataObject) -> None:
    pdf = issued().pdf
    begin = data.draw(st.integers(0, len(pdf) - 1))
    end = data.draw(st.integers(begin, min(len(pdf), begin + 5000)))
    put = data.draw(st.binary(max_size=20))
    changed = pdf[:begin] + put + pdf[end:]
    if changed != pdf:
        assert checked(changed).standing == "not_genuine"

"""Hostile PDFs cost no more than a bounded process, and are told in a sentence."""

from __future__ import annotations

import sys
import zlib
from time import monotonic

import pytest

from clustermark.certificates import pdf_reading
from clustermark.certificates.bounded import inspect_bounded
from clustermark.certificates.verify import verify
from tests.certificates.material import NOW, documents, issued, lists, outcome


def test_a_true_certificate_is_read_in_a_process_of_its_own() -> None:
    verdict = verify(issued().pdf, documents=documents(), status_lists=lists(), now=NOW)
    assert verdict.ok
    assert outcome(verdict, "pdf_signature") == "passed"


def with_embedded(packed: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A small PDF whose embedded credential is `packed`."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(credential.jwt) 3 0 R] >> >> >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Type /Filespec /F (credential.jwt) /EF << /F 4 0 R >> >>",
        b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(packed), filters, packed),
    ]
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    return data + (
        b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, start)
    )


def zeros(megabytes: int) -> bytes:
    """A zlib stream of so many megabytes of zeros, put together from one block without packing them all."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = megabytes * 2**20 % 65521 << 16 | 1
    return b"\x78\xda" + block * megabytes + b"\x03\x00" + checksum.to_bytes(4, "big")


def bomb(layers: int) -> bytes:
    data = zeros(4000)  # more than the process may have
    for _layer in range(layers - 1):
        data = zlib.compress(data, 1)
    return data


def test_a_small_file_inside_is_found() -> None:
    findings = pdf_reading.inspect_pdf(with_embedded(zlib.compress(b"a.b.c")))
    assert (findings.credential, findings.fault) == ("a.b.c", "it is not signed")


@pytest.mark.parametrize(
    ("layers", "filters", "words"),
    [(1, b"/FlateDecode", "too large"), (2, b"[/FlateDecode /FlateDecode]", "packed in a way")],
)
def test_a_bomb_inside_is_not_unpacked(layers: int, filters: bytes, words: str) -> None:
    begin = monotonic()
    findings = inspect_bounded(with_embedded(bomb(layers), filters))
    assert words in (findings.fault or "")
    assert findings.credential is None
    assert monotonic() - begin < pdf_reading.PROCESSOR_SECONDS


def test_the_maker_of_bombs_makes_true_streams() -> None:
    assert zlib.decompress(zeros(3)) == bytes(3 * 2**20)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited and measured as Linux does")
def test_a_bomb_in_the_structure_of_the_file_is_stopped() -> None:
    """A cross-reference stream that unpacks to eight gigabytes: the parser meets it, the process's limit holds."""
    import resource  # noqa: PLC0415 - not on every platform

    packed = zeros(8000)
    assert len(packed) < pdf_reading.MAX_PDF
    data = (
        b"%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 9 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length "
        + b"%d >>\nstream\n%s\nendstream\nendobj\nstartxref\n9\n%%%%EOF\n" % (len(packed), packed)
    )
    begin = monotonic()
    findings = inspect_bounded(data)
    assert findings.fault is not None
    assert findings.credential is None
    assert monotonic() - begin < pdf_reading.PROCESSOR_SECONDS
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < pdf_reading.MEMORY


def test_too_large_files_are_not_read() -> None:
    assert inspect_bounded(bytes(pdf_reading.MAX_PDF + 1)).fault == "it is too large"


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clustermark.certificates.bounded.SECONDS", 0.05)
    assert inspect_bounded(issued().pdf).fault == "it takes too long to read"


@pytest.mark.slow
def test_pages_that_point_at_themselves_and_deep_nesting_are_told() -> None:
    loop = with_embedded(zlib.compress(b"x")).replace(b"/Kids []", b"/Kids [2 0 R]")
    deep = with_embedded(zlib.compress(b"x")).replace(b"/Kids []", b"/Kids " + b"[" * 5000 + b"]" * 5000)
    for data in (loop, deep, b"%PDF-1.7\n" + b"<<" * 100_000, b"%PDF-1.7\n" + b"startxref\n0\n%%EOF\n"):
        assert inspect_bounded(data).fault is not None

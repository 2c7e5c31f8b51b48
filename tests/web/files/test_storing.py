"""Uploads: what they are by content, what is refused, how they go out."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from clustermark.ground.problems import ProblemsError
from clustermark.web.files.domain.storing import store_upload
from clustermark.web.files.limits import Limits
from clustermark.web.files.models import StoredFile
from clustermark.web.files.names import LONGEST, disposition, safe_name
from clustermark.web.files.scanner import EICAR
from clustermark.web.files.serving import serve
from clustermark.web.files.store import BlobStore
from clustermark.web.files.types import UNKNOWN, type_of

LIMITS = Limits(size=1_000_000, archive_entries=50, archive_size=2_000_000)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXAMPLES = Path(__file__).parents[3] / "examples" / "oka-valley" / "evidence"


def archive(**parts: bytes) -> bytes:
    """A ZIP archive with these parts; __ stands for / and DOT for a point."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("DOT", "."), content)
    return buffer.getvalue()


def office(part: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(part, "<x/>")
    return buffer.getvalue()


def test_a_damaged_archive_is_a_file_of_no_known_kind() -> None:
    """zipfile meets zlib's error here, which it does not document."""
    whole = archive(mimetype=b"application/vnd.oasis.opendocument.text" * 2)
    start = whole.index(b"mimetype") + len("mimetype")
    broken = whole[:start] + b"\xff\xff\xff" + whole[start + 3 :]
    with zipfile.ZipFile(io.BytesIO(broken)) as file, pytest.raises(zlib.error):
        file.read("mimetype")
    assert type_of(io.BytesIO(broken), limits=LIMITS) == UNKNOWN


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"GIF89a" + bytes(10), "image/gif"),
        (office("word/document.xml"), WORD),
        (office("xl/workbook.xml"), SHEET),
        (
            archive(mimetype=b"application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
        ),
        (archive(mimetype=b"text/html"), UNKNOWN),
        (archive(readmeDOTtxt=b"hello"), UNKNOWN),
        (b"name,value\na,1\nb,2\n", "text/csv"),
        ("имя;значение\nа;1\n".encode(), "text/csv"),
        (b"Minutes of the meeting.\nAll were there.\n", "text/plain"),
        (b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\nText", "message/rfc822"),
        (b"<html><script>alert(1)</script>", UNKNOWN),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", UNKNOWN),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', UNKNOWN),
        (b"plain words, then <script>alert(1)</script>", UNKNOWN),
        (b"MZ\x90\x00", UNKNOWN),
        (b"text\x00with a zero", UNKNOWN),
        (b"\xc3\x28 not utf-8 at all", UNKNOWN),
        # more than one thing at once
        (PNG + archive(evilDOTjs=b"x"), UNKNOWN),
        (PDF + archive(aDOTclass=b"x"), UNKNOWN),
        (b"%PDF-1.4 <html><script>alert(1)</script>", UNKNOWN),
    ],
)
def test_the_type_comes_from_the_content(content: bytes, kind: str) -> None:
    assert type_of(io.BytesIO(content), limits=LIMITS) == kind


def test_the_evidence_of_the_sample_is_what_its_names_say() -> None:
    kinds = {".pdf": "application/pdf", ".docx": WORD, ".xlsx": SHEET}
    files = sorted(EXAMPLES.iterdir())
    assert len(files) == 22
    for path in files:
        with path.open("rb") as file:
            assert type_of(file, limits=Limits(size=10**7)) == kinds[path.suffix], path.name


@given(st.binary(max_size=300))
def test_nothing_that_begins_like_markup_is_shown(tail: bytes) -> None:
    assert type_of(io.BytesIO(b"<html>" + tail), limits=LIMITS) == UNKNOWN


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"<!DOCTYPE html><title>Signed out</title>"),
        ("PLAN.DOCX", b"\xef\xbb\xbf\n<html>"),
        ("chart.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
)
def test_a_web_page_under_the_name_of_a_document_is_refused(
    name: str, content: bytes, tmp_path: Path
) -> None:
    with pytest.raises(ProblemsError) as caught:
        store_upload(io.BytesIO(content), limits=LIMITS, name=name)
    assert [(one.code, one.found) for one in caught.value.problems] == [("file-misnamed", name)]
    assert not [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    honest = store_upload(io.BytesIO(content), limits=LIMITS, name="saved page.html")
    assert honest.media_type == UNKNOWN


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    first = store_upload(SimpleUploadedFile("a.pdf", PDF), limits=LIMITS)
    second = store_upload(SimpleUploadedFile("b.html", PDF, content_type="text/html"), limits=LIMITS)
    digest = hashlib.sha256(PDF).hexdigest()
    assert first == second == StoredFile.objects.get()
    assert (first.sha256, first.size, first.media_type) == (digest, len(PDF), "application/pdf")
    kept = [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    assert [path.name for path in kept] == [digest]
    assert kept[0].read_bytes() == PDF


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"x" * 1_000_001, "file-large"),
        (archive(bombDOTbin=bytes(3_000_000)), "file-bomb"),
        (archive(**{f"n{n}": b"" for n in range(51)}), "file-bomb"),
        (EICAR, "file-scanner"),
    ],
)
@pytest.mark.django_db
def test_what_is_refused_leaves_nothing_behind(content: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as refused:
        store_upload(SimpleUploadedFile("a.pdf", content), limits=LIMITS)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert not StoredFile.objects.exists()
    assert not [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("command", "refuses"), [("raise SystemExit(0)", False), ("raise SystemExit(1)", True)]
)
@pytest.mark.django_db
def test_the_sites_own_scanner_is_asked(settings: Any, command: str, refuses: bool) -> None:
    settings.EVIDENCE_SCANNER = f"{sys.executable} -c '{command}'"
    if refuses:
        with pytest.raises(ProblemsError, match="scanner"):
            store_upload(SimpleUploadedFile("a.pdf", PDF), limits=LIMITS)
    else:
        assert store_upload(SimpleUploadedFile("a.pdf", PDF), limits=LIMITS).size == len(PDF)


@pytest.mark.django_db
def test_a_scanner_that_is_missing_lets_nothing_in(settings: Any) -> None:
    settings.EVIDENCE_SCANNER = "/no/such/scanner"
    with pytest.raises(ProblemsError, match="scanner"):
        store_upload(SimpleUploadedFile("a.pdf", PDF), limits=LIMITS)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/abs/plan.pdf", "plan.pdf"),
        ("plan.pdf\x00.exe", "plan.pdf.exe"),
        ("..", "file"),
        ("", "file"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ("fdp.\u202excod", "fdp.xcod"),
        ("Протокол №5.pdf", "Протокол №5.pdf"),
    ],
)
def test_names_are_made_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    clean = safe_name(name)
    assert 0 < len(clean) <= LONGEST
    assert not set(clean) & set('/\\"\r\n\x00')
    header = disposition(name, inline=False)
    assert header.startswith('attachment; filename="')
    assert header.count('"') == 2
    assert header.isascii()


def answer(content: bytes, name: str, **more: Any) -> Any:
    """The response, its bytes read and its file closed."""
    response = serve(store_upload(SimpleUploadedFile(name, content), limits=LIMITS), name, **more)
    assert response.file_to_stream is not None
    with response.file_to_stream as file:
        assert file.read() == content
    return response


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script>", "report.pdf"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "chart.svg"),
        (b"<html>", "photo.png.html"),
        (office("word/document.xml"), "plan.docx"),
        (b"a,b\n=1+1,2\n", "table.csv"),
    ],
)
@pytest.mark.django_db
def test_what_is_not_safe_to_show_is_a_download(content: bytes, name: str) -> None:
    response = answer(content, name)
    assert response.headers["Content-Type"] == UNKNOWN
    assert response.headers["Content-Disposition"].startswith(f'attachment; filename="{name}"')
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.django_db
def test_pictures_and_pdf_are_shown_where_nothing_else_loads() -> None:
    picture, paper = answer(PNG, "фото.png"), answer(PDF, "plan.pdf")
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'self'"
    assert picture.headers["Content-Disposition"] == (
        "inline; filename=\".png\"; filename*=UTF-8''%D1%84%D0%BE%D1%82%D0%BE.png"
    )
    assert paper.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'self'"
    assert answer(PDF, "plan.pdf", download=True).headers["Content-Type"] == UNKNOWN


@pytest.mark.django_db
def test_a_bucket_is_used_as_a_disk_is() -> None:
    from django.core.files.storage import InMemoryStorage  # noqa: PLC0415 - stands for every storage that is no disk

    store = BlobStore(InMemoryStorage())
    kept = store_upload(SimpleUploadedFile("a.pdf", PDF), limits=LIMITS, store=store)
    assert store.has(kept.sha256)
    with store.open(kept.sha256) as file:
        assert file.read() == PDF

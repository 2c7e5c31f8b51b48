"""Evidence in a bucket: a real S3 server over HTTP does what a disk does."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from moto.server import ThreadedMotoServer

from clustermark.ground.problems import ProblemsError
from clustermark.web.files.domain.storing import store_upload
from clustermark.web.files.limits import Limits, evidence_limits
from clustermark.web.files.models import StoredFile
from clustermark.web.files.serving import serve
from clustermark.web.files.store import BlobStore, DamagedError
from clustermark.web.files.types import UNKNOWN
from clustermark.web.storage import evidence_storage
from tests.web.files.test_storing import PDF, PNG

pytestmark = pytest.mark.django_db
BUCKET = "evidence"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of an S3 server of this run."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def store(endpoint: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[BlobStore]:
    """The store of evidence of a site that is told to use an empty bucket."""
    keys = {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    told = {"CLUSTERMARK_S3_BUCKET": BUCKET, "CLUSTERMARK_S3_ENDPOINT": endpoint}
    settings.STORAGES = {**settings.STORAGES, "evidence": evidence_storage(told, home=settings.HOME)}
    one = BlobStore()
    s3 = one.storage.connection.meta.client  # type: ignore[attr-defined]  # what a bucket has
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    yield one
    for kept in s3.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        s3.delete_object(Bucket=BUCKET, Key=kept["Key"])
    s3.delete_bucket(Bucket=BUCKET)


def keys(store: BlobStore) -> list[str]:
    """What lies in the bucket."""
    return [kept.key for kept in store.storage.bucket.objects.all()]  # type: ignore[attr-defined]  # as above


def test_an_upload_lies_under_its_digest_once(store: BlobStore) -> None:
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert not store.has(sha256)
    for name in ("a.pdf", "again.pdf"):
        assert store_upload(SimpleUploadedFile(name, PDF), limits=evidence_limits()).sha256 == sha256
    assert keys(store) == [f"{sha256[:2]}/{sha256[2:4]}/{sha256}"]
    assert store.has(sha256)
    with store.open(sha256) as file:
        assert file.read(5) == b"%PDF-"
        assert file.seek(-6, io.SEEK_END) == len(PDF) - 6
        assert file.read() == PDF[-6:]


def test_a_large_file_goes_in_parts_and_comes_back_whole_and_not_in_memory(store: BlobStore) -> None:
    content = os.urandom(20 * 1024 * 1024)
    kept = store_upload(io.BytesIO(content), limits=evidence_limits())
    assert kept.size == len(content)
    (object_,) = store.storage.bucket.objects.all()  # type: ignore[attr-defined]  # as above
    assert object_.e_tag.strip('"').endswith("-3")  # parts of 8 MiB
    with store.open(kept.sha256) as file:
        spooled = file.file  # type: ignore[attr-defined]  # of the package
        assert spooled._rolled
        file.seek(12_345_678)
        assert file.read(1000) == content[12_345_678:12_346_678]
        file.seek(0)
        assert hashlib.sha256(file.read()).hexdigest() == kept.sha256


def test_what_is_missing_or_damaged_is_not_handed_out(store: BlobStore) -> None:
    kept = store_upload(SimpleUploadedFile("a.pdf", PDF), limits=evidence_limits())
    place = store.place(kept.sha256)
    store.storage.bucket.put_object(Key=place, Body=PDF + b"!")  # type: ignore[attr-defined]  # as above
    with pytest.raises(DamagedError, match=kept.sha256):
        serve(kept, "a.pdf")
    store.storage.delete(place)
    with pytest.raises(FileNotFoundError):
        serve(kept, "a.pdf")


def test_what_is_refused_leaves_nothing(store: BlobStore) -> None:
    for content, limits in [(b"", evidence_limits()), (PDF, Limits(size=10))]:
        with pytest.raises(ProblemsError):
            store_upload(SimpleUploadedFile("a.pdf", content), limits=limits)
    assert keys(store) == []
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "kind", "shown"),
    [
        (b"<html><script>alert(1)</script>", "report.pdf", UNKNOWN, "attachment"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "chart.svg", UNKNOWN, "attachment"),
        (PNG, "page.html", "image/png", "inline"),
        (PDF, "plan.svg", "application/pdf", "inline"),
    ],
)
def test_it_goes_out_as_from_a_disk(
    content: bytes, name: str, kind: str, shown: str, store: BlobStore
) -> None:
    kept = store_upload(SimpleUploadedFile(name, content), limits=evidence_limits())
    response = serve(kept, name)
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"].startswith(f'{shown}; filename="{name}"')
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Length"] == str(len(content))
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert b"".join(response.streaming_content) == content  # type: ignore[arg-type]  # bytes, not later ones
    response.close()


def test_without_a_bucket_evidence_lies_on_the_disk(settings: Any) -> None:
    assert evidence_storage({}, home=settings.HOME) == {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": settings.HOME / "evidence"},
    }

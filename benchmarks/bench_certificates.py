"""Issuing certificates with signed PDFs against typst and pyHanko alone on the same pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Any
from unittest.mock import patch

import pypdf
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from benchmarks.table import Row, print_table
from clustermark.certificates import pdf
from clustermark.certificates.credential import StatusPlace
from clustermark.certificates.issuing import IssuedCertificate, issue
from clustermark.certificates.keys import new_keys, open_signer
from clustermark.certificates.number import CertificateNumber
from clustermark.certificates.pdf_reading import inspect_pdf
from clustermark.certificates.record import DecisionRecord, Holder, PublicSummary, SchemeOfRecord
from clustermark.certificates.signer import FileSigner, Issuer
from clustermark.ground.typesetting import compile_pdf

COUNT = 1_000
LOT = 40
"""Certificates that one way issues before the other has its turn, so that a machine that slows down slows both."""
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DIGEST = "sha256:" + "a" * 64


def records() -> Iterator[DecisionRecord]:
    """Decision records that differ in holder and number."""
    for serial in range(1, COUNT + 1):
        yield DecisionRecord(
            number=str(CertificateNumber("DE", 2026, 2, serial)),
            holder=Holder(name=f"Clusterorganisation {serial} für Gesundheit", country="DE", city="Jena"),
            scheme=SchemeOfRecord(id="sample", version="1", digest=DIGEST, title={"en": "Cluster Label"}),
            level=("bronze", "silver", "gold")[serial % 3],
            level_title={"en": ("Bronze", "Silver", "Gold")[serial % 3]},
            sector={"en": "Health"},
            scope={"en": "Cluster management"},
            decided_on=date(2026, 2, 20),
            valid_from=date(2026, 2, 20),
            valid_until=date(2028, 2, 29),
            decision_reference=f"Case {serial}",
            decision_digest=DIGEST,
            dossier_digest=DIGEST,
            report_digest=DIGEST,
            summary=PublicSummary(
                indicators=30, significantly_above=22, with_required_value=30, share=Decimal("73.3")
            ),
        )


def signer() -> FileSigner:
    """A signer with new keys."""
    issuer = Issuer(
        id="did:web:label.example",
        name={"en": "Label Secretariat"},
        website="https://label.example/",
        check_address="https://label.example/c/",
    )
    words = "for a benchmark"
    keys = new_keys(issuer, key="1", passphrase=words, at=AT)
    opened = open_signer(keys.model_dump_json(), file="keys", passphrase=words)
    assert isinstance(opened, FileSigner)
    return opened


def issue_all(by: FileSigner, of: list[DecisionRecord]) -> list[IssuedCertificate]:
    """Our road, whole."""
    lists = "https://label.example/status/revocation", "https://label.example/status/suspension"
    return [
        issue(
            record,
            by,
            status=StatusPlace(revocation_list=lists[0], suspension_list=lists[1], index=index),
            issued_at=AT,
        )
        for index, record in enumerate(of)
    ]


def typeset_calls(
    by: FileSigner, of: list[DecisionRecord]
) -> tuple[list[IssuedCertificate], list[tuple[bytes, dict[str, str], dict[str, Any]]]]:
    """Our road, and what it hands to typst: source, inputs and options of every page."""
    calls: list[tuple[bytes, dict[str, str], dict[str, Any]]] = []

    def noted(source: bytes, inputs: dict[str, str], **options: Any) -> bytes:
        calls.append((source, inputs, options))
        return compile_pdf(source, inputs, **options)

    with patch.object(pdf, "compile_pdf", noted):
        return issue_all(by, of), calls


def alone(calls: list[tuple[bytes, dict[str, str], dict[str, Any]]], own: SimpleSigner) -> list[bytes]:
    """typst on the same inputs, then pyHanko's own signer with the same settings: nothing of ours around them."""
    signed = []
    for source, inputs, options in calls:
        page = compile_pdf(source, inputs, **options)
        metadata = PdfSignatureMetadata(
            field_name="Signature",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        one = PdfSigner(
            metadata,
            own,
            stamp_style=StaticStampStyle(border_width=0, background=RawContent(b"")),
            new_field_spec=SigFieldSpec("Signature", on_page=0, box=pdf.signature_box()),
        )
        output: BytesIO = one.sign_pdf(IncrementalPdfFileWriter(BytesIO(page)))
        signed.append(output.getvalue())
    return signed


def text_of(data: bytes) -> str:
    """The words on the page."""
    return pypdf.PdfReader(BytesIO(data)).pages[0].extract_text()


def run() -> list[Row]:
    """Both roads give pages with the same words and the same files inside, signed by the same key; then time."""
    by, of = signer(), list(records())
    private = by.document_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's, untyped
    own = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(by.certificates[0]),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=store,
    )
    first, calls = typeset_calls(by, of[:5])
    for ours, theirs in zip(first, alone(calls, own), strict=True):
        found, other = inspect_pdf(ours.pdf), inspect_pdf(theirs)
        assert found.fault is None
        assert other.fault is None
        assert found.credential == other.credential == ours.token
        assert found.certificates == other.certificates
        assert text_of(ours.pdf) == text_of(theirs)
    ours_time, other_time, memory = 0.0, 0.0, []
    for start in range(0, COUNT, LOT):
        begin = perf_counter()
        issued, calls = typeset_calls(by, of[start : start + LOT])
        middle = perf_counter()
        others = alone(calls, own)
        ours_time, other_time = ours_time + middle - begin, other_time + perf_counter() - middle
        assert len(issued) == len(others) == len(of[start : start + LOT])
        memory.append(getrusage(RUSAGE_SELF).ru_maxrss / 1024)
    return [
        Row(f"issue {COUNT:,} certificates (typst + pyHanko alone)", ours_time, other_time, 1.5, "at most"),
        Row(
            "peak memory after all of them (after the first lot)",
            memory[-1],
            memory[0],
            1.2,
            "at most",
            "MiB",
        ),
    ]


if __name__ == "__main__":
    print_table(run())

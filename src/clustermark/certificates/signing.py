"""Signing the PDF: PAdES baseline B-B (ETSI EN 319 142-1) by pyHanko, as a certification that allows no change."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from clustermark.certificates.pdf import signature_box
from clustermark.certificates.signer import Signer
from clustermark.ground.texts import local

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

FIELD = "Signature"


def sign_pdf(page: bytes, signer: Signer, *, number: str, timestamper: TimeStamper | None = None) -> bytes:
    """`page` with the signature of the issuer over its signature block; nothing may be added afterwards.

    `timestamper` asks an authority for an RFC 3161 time stamp (B-T); what it raises is raised.
    """
    from pyhanko.pdf_utils.content import RawContent  # noqa: PLC0415 - heavy
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - heavy
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter  # noqa: PLC0415 - heavy
    from pyhanko.sign.signers import PdfSignatureMetadata  # noqa: PLC0415 - heavy
    from pyhanko.stamp import StaticStampStyle  # noqa: PLC0415 - heavy

    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=local(signer.issuer.name, "en"),
        reason=f"Certificate {number}",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    pdf_signer = _pdf_signer_class()(
        metadata,
        _adapter(signer),
        timestamper=timestamper,
        # the block is on the page already, with embedded fonts as PDF/A wants; the field's own look is empty
        stamp_style=StaticStampStyle(border_width=0, background=RawContent(b"")),
        new_field_spec=SigFieldSpec(FIELD, on_page=0, box=signature_box()),
    )
    output: BytesIO = pdf_signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(page)))
    return output.getvalue()


@lru_cache(maxsize=1)
def _pdf_signer_class() -> Any:
    """pyHanko's signer of PDFs, leaving the file the PDF 1.7 that PDF/A-3 is (ISO 19005-3, clause 1).

    For the curve P-256 it would call it PDF 2.0 with an extension of that (ISO/TS 32002). ETSI EN 319 142-1 has
    PAdES in PDF 1.7 by the extension ESIC, whatever the algorithm.
    """
    from pyhanko.sign.signers import PdfSigner  # noqa: PLC0415 - heavy
    from pyhanko.sign.signers.constants import ESIC_EXTENSION_1  # noqa: PLC0415 - heavy

    class ArchivalPdfSigner(PdfSigner):
        def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:
            del md_algorithm
            pdf_out.register_extension(ESIC_EXTENSION_1)

    return ArchivalPdfSigner


def authority(address: str) -> TimeStamper:
    """The RFC 3161 time stamping authority at an address that the operator chose."""
    from pyhanko.sign.timestamps import HTTPTimeStamper  # noqa: PLC0415 - heavy

    return HTTPTimeStamper(address, timeout=10)


def _adapter(signer: Signer) -> Any:
    leaf, store = _certificates(signer.certificates)
    return _adapter_class()(signer, leaf, store)


@lru_cache(maxsize=8)
def _certificates(chain: tuple[bytes, ...]) -> tuple[Any, Any]:
    """The certificate of the signer and a store of its chain, as pyHanko wants them; taking them apart is slow."""
    from asn1crypto.x509 import Certificate  # noqa: PLC0415 - heavy
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415 - heavy

    leaf, *rest = (Certificate.load(part) for part in chain)
    store: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's, untyped
    store.register_multiple(rest)
    return leaf, store


@lru_cache(maxsize=1)
def _adapter_class() -> Any:
    """pyHanko's signer over ours; made on first use, since pyHanko takes half a second to load."""
    from asn1crypto.algos import SignedDigestAlgorithm  # noqa: PLC0415 - heavy
    from pyhanko.sign.signers.pdf_cms import Signer as PyhankoSigner  # noqa: PLC0415 - heavy

    class Adapter(PyhankoSigner):
        def __init__(self, ours: Signer, leaf: Any, store: Any) -> None:
            mechanism = SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})
            super().__init__(signing_cert=leaf, cert_registry=store, signature_mechanism=mechanism)
            self.ours = ours

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            del digest_algorithm  # the mechanism says SHA-256
            # the longest that an ECDSA signature over P-256 takes as DER
            return bytes(72) if dry_run else self.ours.sign_document(data)

    return Adapter

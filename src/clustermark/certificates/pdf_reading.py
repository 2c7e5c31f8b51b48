"""Reading a certificate's PDF: what is inside, and whether its signature covers every byte of it.

Run as a module it reads a PDF from standard input, under limits of memory and processor time that it sets itself, and
writes what it found as JSON: so a hostile file costs no more than that, and takes nothing else down with it.
`clustermark.certificates.bounded` runs it.
"""

from __future__ import annotations

import json
import sys
import zlib
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from clustermark.certificates.der import element_end
from clustermark.certificates.pdf import CREDENTIAL_FILE
from clustermark.ground.foreign import ForeignError, reading
from clustermark.ground.texts import mark

MAX_PDF = 12_000_000
MAX_CREDENTIAL = 200_000
MAX_OBJECTS = 20_000
MEMORY = 1_000_000_000
PROCESSOR_SECONDS = 20


@dataclass(frozen=True)
class PdfFindings:
    """What a PDF holds. `fault` says in a few English words why its signature does not hold; null when it does.

    `certificates` are that of the signer and its chain (DER, hexadecimal), `signed_at` the time the signer states,
    `stamped_at` that of an RFC 3161 time stamp.
    """

    credential: str | None = None
    fault: str | None = None
    signed: bool = False
    certificates: tuple[str, ...] = ()
    signed_at: str | None = None
    stamped_at: str | None = None


class _UnfitError(Exception):
    """The file is not a certificate that we would have made."""


def inspect_pdf(data: bytes) -> PdfFindings:
    """What `data` holds; never raises for a broken file, but see `MEMORY` and `PROCESSOR_SECONDS`."""
    credential: str | None = None
    try:
        # pyHanko and asn1crypto read an object when it is asked for: their errors come out of every look into it
        with reading(_UnfitError):
            reader = _opened(data)
            credential = _attachment(reader.root, CREDENTIAL_FILE)
        with reading(_UnfitError):
            return _signature(reader, data, credential)
    except _UnfitError as error:
        return PdfFindings(credential, str(error))
    except ForeignError:
        # a fault of ours would be told so too: for a genuine file, which every test of verifying has, nothing is told
        if credential is None:
            return PdfFindings(fault=mark("it cannot be read as a PDF"))
        return PdfFindings(credential, mark("its signature cannot be read"))


def _opened(data: bytes) -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - heavy

    if not data.startswith(b"%PDF-1.7\n"):
        raise _UnfitError(mark("it does not begin as a PDF 1.7 does"))
    reader = PdfFileReader(BytesIO(data), strict=True)
    if len(reader.xrefs.explicit_refs_in_revision(0)) > MAX_OBJECTS:
        raise _UnfitError(mark("it has too many objects"))
    return reader


def _signature(reader: Any, data: bytes, credential: str | None) -> PdfFindings:
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415 - heavy
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 - heavy
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415 - heavy
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 - heavy

    signatures = reader.embedded_signatures
    if not signatures:
        return PdfFindings(credential, mark("it is not signed"))
    if len(signatures) != 1:
        raise _UnfitError(mark("it has more than one signature"))
    signature = signatures[0]
    _refuse_slack(signature, data)
    # whose certificate it is, is asked of the key document; here it only has to have made the signature
    context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, context, ts_validation_context=context)
    if not status.intact or not status.valid:
        raise _UnfitError(mark("its signature does not fit its content"))
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise _UnfitError(mark("its signature does not cover the whole file"))
    if status.modification_level != ModificationLevel.NONE or not status.docmdp_ok:
        raise _UnfitError(mark("it was changed after it was signed"))
    stamp = status.timestamp_validity
    if stamp is not None and not (stamp.intact and stamp.valid):
        raise _UnfitError(mark("its time stamp does not fit"))
    if status.signer_reported_dt is None:
        raise _UnfitError(mark("it does not say when it was signed"))
    return PdfFindings(
        credential,
        None,
        True,
        tuple(part.dump().hex() for part in (signature.signer_cert, *signature.other_embedded_certs)),
        status.signer_reported_dt.isoformat(),
        stamp.timestamp.isoformat() if stamp is not None else None,
    )


def _refuse_slack(signature: Any, data: bytes) -> None:
    """Refuse changes in the one place that no signature can cover: the one that holds the signature itself.

    It is read as hexadecimal digits, so other digits can mean the same bytes, and what follows the signature in it
    means nothing at all. We write upper-case digits, and zeros to the end.
    """
    from asn1crypto.cms import ContentInfo  # noqa: PLC0415 - heavy

    start, length, after, _rest = (int(part) for part in signature.byte_range)
    content = bytes(signature.pkcs7_content)
    if start != 0 or data[start + length : after] != b"<" + content.hex().upper().encode("ascii") + b">":
        raise _UnfitError(mark("the place of its signature was written to by others"))
    try:
        end = element_end(content)
    except ValueError:
        raise _UnfitError(mark("its signature is not written in its only form")) from None
    if content[end:].strip(b"\0"):
        raise _UnfitError(mark("the place of its signature was written to by others"))
    message = ContentInfo.load(content[:end], strict=True)
    _refuse_unsigned_parts(message["content"], signature.signer_cert)
    for attribute in signature.signer_info["unsigned_attrs"] or ():
        if attribute["type"].native != "signature_time_stamp_token" or len(attribute["values"]) != 1:
            raise _UnfitError(mark("its signature carries what is not signed"))
        token = attribute["values"][0]["content"]
        serial = token["signer_infos"][0]["sid"].chosen["serial_number"].native
        # further certificates that an authority sends along are not covered; nothing here rests on them
        (own,) = (part.chosen for part in token["certificates"] if part.chosen.serial_number == serial)
        _refuse_unsigned_parts(token, own)


def _refuse_unsigned_parts(signed: Any, certificate: Any) -> None:
    """Refuse what a CMS signature (RFC 5652) does not cover, where it is not as the signature itself implies."""
    (signer,) = signed["signer_infos"]
    algorithms = signed["digest_algorithms"]
    version = 3 if signed["encap_content_info"]["content_type"].native == "tst_info" else 1
    named = signer["sid"].chosen
    # names compare without regard to case, so their bytes have to be those of the certificate
    if named["issuer"].dump() != certificate.issuer.dump():
        raise _UnfitError(mark("its signature is not written in its only form"))
    if (
        int(signed["version"]) != version
        or int(signer["version"]) != 1
        or len(algorithms) != 1
        or algorithms[0].dump() != signer["digest_algorithm"].dump()
        or signed["crls"]
    ):
        raise _UnfitError(mark("its signature is not written in its only form"))


def _attachment(root: Any, name: str) -> str | None:
    """The text of the embedded file `name`, unpacked to at most `MAX_CREDENTIAL` bytes."""
    files = root["/Names"]["/EmbeddedFiles"]["/Names"]
    if len(files) > 20:
        raise _UnfitError(mark("it has too many files inside"))
    found = [files[place + 1] for place in range(0, len(files), 2) if str(files[place]) == name]
    if len(found) != 1:
        raise _UnfitError(mark("it does not hold one credential"))
    stream = found[0]["/EF"]["/F"]
    data = bytes(stream.encoded_data)
    kind = stream.get("/Filter")
    if isinstance(kind, list) and len(kind) == 1:
        kind = kind[0]
    if kind == "/FlateDecode" and "/DecodeParms" not in stream:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(data, MAX_CREDENTIAL + 1)
    elif kind is not None:
        raise _UnfitError(mark("a file inside is packed in a way that we do not read"))
    if len(data) > MAX_CREDENTIAL:
        raise _UnfitError(mark("a file inside is too large"))
    return data.decode("ascii")


def main() -> None:
    """Read standard input under limits; write the findings to standard output."""
    _limit()
    data = sys.stdin.buffer.read(MAX_PDF + 1)
    findings = PdfFindings(fault=mark("it is too large")) if len(data) > MAX_PDF else inspect_pdf(data)
    sys.stdout.write(json.dumps(asdict(findings)))


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every platform
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, PROCESSOR_SECONDS)):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, hard))


if __name__ == "__main__":
    main()

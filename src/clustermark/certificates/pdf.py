"""The certificate on one page: typst to PDF/A-3, with the credential and the public summary inside, not yet signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from typing import Any

from clustermark.certificates.ornament import frame, rosette
from clustermark.certificates.record import DecisionRecord
from clustermark.certificates.signer import Issuer
from clustermark.certificates.words import words
from clustermark.ground.texts import Language
from clustermark.ground.typesetting import compile_pdf, shown

CREDENTIAL_FILE = "credential.jwt"
SUMMARY_FILE = "scorecard-summary.json"
COLOURS = {"bronze": "#8a5526", "silver": "#5d6b78", "gold": "#94701a", "platinum": "#44606b"}
OTHER_COLOUR = "#1f4e6b"
PAGE = (297, 210)
MARGINS = (30, 20)
BOX = {"x": 116, "width": 68, "height": 35}
"""The signature block, in millimetres: from the left margin, and its size; it stands on the bottom margin."""


def level_colour(level: str) -> str:
    """The colour of a level, as ``#rrggbb``."""
    return COLOURS.get(level, OTHER_COLOUR)


def signature_box() -> tuple[int, int, int, int]:
    """The signature block in points from the lower left corner of the page: left, bottom, right, top."""
    left, bottom = MARGINS[0] + BOX["x"], MARGINS[1]
    corners = (left, bottom, left + BOX["width"], bottom + BOX["height"])
    x1, y1, x2, y2 = (round(side * 72 / 25.4) for side in corners)
    return x1, y1, x2, y2


def certificate_page(
    record: DecisionRecord,
    issuer: Issuer,
    token: str,
    *,
    languages: Sequence[Language],
    issued_at: datetime,
    certificate: bytes,
) -> bytes:
    """The page as PDF/A-3a without its signature; the same arguments give the same bytes.

    One or two `languages`, the first leading. `certificate` is the X.509 certificate (DER) of the signature to come;
    its fingerprint stands in the signature block. Raises `typst.TypstError`.
    """
    moment = issued_at.astimezone(UTC)
    address = issuer.check_address + record.number
    tint = level_colour(record.level)
    data: dict[str, Any] = {
        "words": [words(record, issuer, language) for language in languages],
        "number": record.number,
        "address": address,
        "colour": tint,
        "signed_at": moment.strftime("%Y-%m-%d %H:%M UTC"),
        "fingerprint": _fingerprint(certificate),
        "box": BOX,
        "attached": _attached(),
        "year": moment.year,
        "month": moment.month,
        "day": moment.day,
    }
    text, _unshown = shown(json.dumps(data, ensure_ascii=False))
    source = (files("clustermark.certificates") / "templates" / "certificate.typ").read_bytes()
    inputs = {
        "certificate": text,
        "frame": frame(279, 192, 7, tint + "aa"),
        "rosette": rosette(128, tint + "2c"),
        "code": qr_code(address),
        "credential": token,
        "summary": summary_json(record),
    }
    return compile_pdf(source, inputs, stamp=moment, standard="a-3a")


def summary_json(record: DecisionRecord) -> str:
    """The public scorecard summary that is attached: whose, under which scheme, and the counts."""
    data = {
        "format": "clustermark-scorecard-summary/1",
        **record.model_dump(
            mode="json", include={"number", "holder", "scheme", "level", "summary"}, exclude_none=True
        ),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def qr_code(text: str) -> str:
    """`text` as a QR code in SVG, error correction level M, one unit a module."""
    import segno  # noqa: PLC0415 - only certificates need it

    code = segno.make_qr(text, error="m", boost_error=False)
    drawing = BytesIO()
    code.save(drawing, kind="svg", border=2, dark="#1d2733", omitsize=True, xmldecl=False)
    return drawing.getvalue().decode("utf-8")


def _fingerprint(certificate: bytes) -> str:
    digits = hashlib.sha256(certificate).hexdigest()[:32]
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4)) + " …"


def _attached() -> list[dict[str, str]]:
    return [
        {
            "name": CREDENTIAL_FILE,
            "input": "credential",
            "type": "application/vc+jwt",
            "relationship": "alternative",
            "description": "The certificate as Verifiable Credential and Open Badge (VC-JWT)",
        },
        {
            "name": SUMMARY_FILE,
            "input": "summary",
            "type": "application/json",
            "relationship": "supplement",
            "description": "Public summary of the scorecard",
        },
    ]

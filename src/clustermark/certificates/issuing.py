"""Issuing: one sealed decision record in, one certificate out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from clustermark.certificates.credential import StatusPlace, credential, credential_token
from clustermark.certificates.pdf import certificate_page
from clustermark.certificates.record import DecisionRecord
from clustermark.certificates.signer import Signer
from clustermark.certificates.signing import sign_pdf
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import Language
from clustermark.ground.texts import gettext as _

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper


@dataclass(frozen=True)
class IssuedCertificate:
    """A certificate in both its forms: the signed PDF, and the credential (VC-JWT), which is inside the PDF too.

    `credential` is the payload of `token` as data: a Verifiable Credential 2.0 and an Open Badge 3.0. `stamped` says
    whether the PDF carries an RFC 3161 time stamp.
    """

    record: DecisionRecord
    pdf: bytes
    token: str
    credential: dict[str, Any]
    stamped: bool


def issue(
    record: DecisionRecord,
    signer: Signer,
    *,
    status: StatusPlace,
    issued_at: datetime,
    languages: Sequence[Language] = ("en",),
    timestamper: TimeStamper | None = None,
) -> IssuedCertificate:
    """The certificate of a sealed decision record.

    `languages`: one, or two for a bilingual page. With a `timestamper` a time stamp is asked for; where that fails, the
    certificate is issued without one (`stamped` is false). Raises `ProblemsError`.
    """
    if not 1 <= len(set(languages)) == len(languages) <= 2:
        message = _("A certificate is written in one language or in two.")
        raise ProblemsError([Problem("languages", message, Place("languages"), ", ".join(languages))])
    payload = credential(record, signer.issuer, status, issued_at=issued_at)
    token = credential_token(payload, signer)
    page = certificate_page(
        record,
        signer.issuer,
        token,
        languages=languages,
        issued_at=issued_at,
        certificate=signer.certificates[0],
    )
    pdf = None if timestamper is None else _stamped(page, signer, record.number, timestamper)
    stamped = pdf is not None
    if pdf is None:
        pdf = sign_pdf(page, signer, number=record.number)
    return IssuedCertificate(record, pdf, token, payload, stamped)


def _stamped(page: bytes, signer: Signer, number: str, timestamper: TimeStamper) -> bytes | None:
    """The signed PDF with a time stamp, or nothing where the authority does not give one."""
    from pyhanko.sign.timestamps import TimestampRequestError  # noqa: PLC0415 - heavy

    try:
        return sign_pdf(page, signer, number=number, timestamper=timestamper)
    except (TimestampRequestError, OSError, ValueError, TypeError, KeyError):
        # nobody there, a refusal, or nonsense; a fault of our own comes again when it is signed without
        return None

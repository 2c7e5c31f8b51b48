"""The files of a certificate, made before the register is held: typesetting and signing take seconds, not the register.

A draft is made of what stands at the moment, and nothing is written. When the register is held, it is kept only if all
of that still stands; else somebody was faster, and it is made anew. So a crash leaves a whole certificate or none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TypeVar

from django.conf import settings
from django.utils import timezone

from clustermark.certificates.credential import StatusPlace as PublishedPlace
from clustermark.certificates.issuing import IssuedCertificate, issue
from clustermark.certificates.record import DecisionRecord, read_record
from clustermark.certificates.signing import authority
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import LANGUAGES, Language, use_language
from clustermark.ground.texts import gettext as _
from clustermark.web.files.domain.storing import store_upload
from clustermark.web.files.limits import evidence_limits
from clustermark.web.register.domain.allotting import ListPlace
from clustermark.web.register.models import Award, IssuedFile
from clustermark.web.register.queries.signing import keys_in_use, list_address, signer

TRIES = 5
Done = TypeVar("Done")


class OvertakenError(Exception):
    """Somebody else changed what a draft was made of; nothing was written."""


@dataclass(frozen=True)
class Draft:
    """Files that nobody has seen yet: what they were made of, and by the keys of which row of `IssuerKeys`."""

    record: DecisionRecord
    place: ListPlace
    keys: int
    issued_at: datetime
    made: tuple[tuple[Language, IssuedCertificate], ...]


def make_draft(record: DecisionRecord, place: ListPlace, languages: Sequence[Language]) -> Draft:
    """Typeset and sign a file for each language; outside of every transaction. Raises ProblemsError."""
    row, used = keys_in_use(), signer()
    assert row is not None  # noqa: S101 - there is a signer
    published = PublishedPlace(
        revocation_list=list_address("revocation", place.list_number),
        suspension_list=list_address("suspension", place.list_number),
        index=place.index,
    )
    now = timezone.now().replace(microsecond=0)
    stamper = authority(settings.TIME_STAMP) if settings.TIME_STAMP else None
    made = []
    for language in languages:
        with use_language(language):
            one = issue(
                record, used, status=published, issued_at=now, languages=(language,), timestamper=stamper
            )
        made.append((language, one))
    return Draft(record, place, row.pk, now, tuple(made))


def keep_draft(award: Award, draft: Draft) -> None:
    """Keep the files of an award; inside `recording`. Raises OvertakenError when the keys were changed meanwhile."""
    row = keys_in_use()
    if row is None or row.pk != draft.keys:
        raise OvertakenError
    for language, made in draft.made:
        IssuedFile.objects.create(
            award=award,
            language=language,
            pdf=store_upload(BytesIO(made.pdf), limits=evidence_limits()),
            token=made.token,
            record=draft.record.model_dump_json(exclude_none=True),
            record_digest=draft.record.digest,
            issued_at=draft.issued_at,
        )


def draft_again(award: Award, *, until: date) -> Draft | None:
    """The files anew with another end, in the languages they have; nothing where none were issued here."""
    stated = _again(award, until)
    if stated is None:
        return None
    kept = award.status_place
    return make_draft(stated[0], ListPlace(kept.list_number, kept.index), stated[1])


def keep_again(award: Award, draft: Draft | None, *, until: date) -> None:
    """Keep what `draft_again` made; inside `recording`. Raises OvertakenError when it would be another one now."""
    stated = _again(award, until)
    if draft is None or stated is None:
        if draft is not None or stated is not None:
            raise OvertakenError
        return
    if stated != (draft.record, tuple(language for language, _made in draft.made)):
        raise OvertakenError
    keep_draft(award, draft)


def until_undisturbed(do: Callable[[], Done]) -> Done:
    """Do what drafts and then keeps, anew when overtaken. Raises ProblemsError when others are faster every time."""
    for _try in range(TRIES):
        try:
            return do()
        except OvertakenError:
            continue
    message = _("The register is being changed by others just now; please try again.")
    raise ProblemsError([Problem("register-busy", message, Place("register"))])


def known_language(code: str) -> Language:
    """The language of this code; English for others."""
    return next((language for language in LANGUAGES if language == code), "en")


def _again(award: Award, until: date) -> tuple[DecisionRecord, tuple[Language, ...]] | None:
    newest: dict[str, IssuedFile] = {}
    for file in IssuedFile.objects.filter(award=award):
        newest.setdefault(file.language, file)
    if not newest:
        return None
    stated = {**json.loads(next(iter(newest.values())).record), "valid_until": until.isoformat()}
    record = read_record(json.dumps(stated), file=award.number)
    return record, tuple(known_language(code) for code in newest)

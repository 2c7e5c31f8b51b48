"""`clustermark verify`: is this certificate genuine, whose is it, and is it valid?"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption
from clustermark.cli.files import read_limited, read_text
from clustermark.cli.output import say
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import date_text, use_language
from clustermark.ground.texts import gettext as _

if TYPE_CHECKING:
    from clustermark.certificates.online import Fetch
    from clustermark.certificates.verdict import Award, Verdict
    from clustermark.register.holdings import MembershipStatement


def verify(
    certificate: Annotated[
        str,
        typer.Argument(metavar="FILE_OR_URL", help="The PDF or its credential (.jwt): a file, or https://…."),
    ],
    key_document: Annotated[
        list[Path] | None,
        typer.Option("--key-document", help="Saved key document (did.json) of an issuer that you trust."),
    ] = None,
    status_list: Annotated[
        list[Path] | None, typer.Option("--status-list", help="Saved status list (.jwt); may be given twice.")
    ] = None,
    issuer: Annotated[
        list[str] | None,
        typer.Option("--issuer", help="Issuer that you trust (did:web:…); else those of the key documents."),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask nobody; use the saved files alone.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Check a certificate: whose, what, until when, still valid, unchanged? Exit code 0 only when all of it holds.

    Statements of membership (.jwt) are checked as well: who belonged to which cluster on which day.
    """
    from clustermark.certificates.did import read_key_document  # noqa: PLC0415 - commands load what they need
    from clustermark.certificates.fetching import fetch, named_by_user  # noqa: PLC0415 - as above
    from clustermark.certificates.online import verify_online  # noqa: PLC0415 - as above
    from clustermark.certificates.verify import verify as verify_at_hand  # noqa: PLC0415 - as above

    with use_language(lang.value):
        get = partial(fetch, named=named_by_user(certificate, *(issuer or [])))
        is_address = certificate.startswith(("https://", "http://"))
        data = _fetched(certificate, offline, get) if is_address else _read(certificate)
        documents = [read_key_document(read_text(path), file=str(path)) for path in key_document or []]
        lists = [_list(path) for path in status_list or []]
        check = verify_at_hand if offline else partial(verify_online, get=get)
        verdict = check(data, documents=documents, status_lists=lists, now=datetime.now(UTC), trusted=issuer)
        if as_json:
            say(verdict.to_json().rstrip("\n"))
        else:
            for line in verdict_lines(verdict):
                say(line)
    if not verdict.ok:
        raise typer.Exit(1)


def _list(path: Path) -> str:
    """The text of a saved status list; whose it is and whether it holds is told in the verdict."""
    from clustermark.certificates import jws  # noqa: PLC0415 - loads cryptography

    text = read_text(path)
    try:
        jws.read(text.strip())
    except jws.TokenError:
        message = _("This is not a signed status list.")
        raise ProblemsError(
            [Problem("status-list-form", message, Place(str(path)), allowed=".jwt")]
        ) from None
    return text


def _read(name: str) -> bytes:
    from clustermark.certificates.pdf_reading import MAX_PDF  # noqa: PLC0415 - commands load what they need

    return read_limited(Path(name), MAX_PDF)


def _fetched(address: str, offline: bool, get: Fetch) -> bytes:
    from clustermark.certificates.fetching import FetchError  # noqa: PLC0415 - only for addresses

    place = Place(address)
    if offline:
        raise ProblemsError([Problem("offline", _("Offline, no address can be asked."), place)])
    try:
        return get(address)
    except FetchError as error:
        message = _("Nothing was fetched: {reason}.").format(reason=_(str(error)))
        raise ProblemsError([Problem("fetch-failed", message, place)]) from None


_MARKS = {"passed": "✓", "failed": "✗", "unknown": "?"}


def verdict_lines(verdict: Verdict) -> list[str]:
    """The verdict for people: the sentence, what the certificate says, every check, and what was left open."""
    lines = [verdict.sentence, ""]
    if verdict.award is not None:
        lines += [*_aligned(award_facts(verdict.award)), ""]
    if verdict.membership is not None:
        lines += [*_aligned(membership_facts(verdict.membership)), ""]
    lines += [f"{_MARKS[check.outcome]} {check.words}" for check in verdict.checks]
    if verdict.unchecked:
        lines += ["", _("What is marked ? could not be checked.")]
    return lines


def _aligned(facts: list[tuple[str, str]]) -> list[str]:
    width = max(len(label) for label, _value in facts)
    return [f"{label:{width}}  {value}" for label, value in facts]


def membership_facts(statement: MembershipStatement) -> list[tuple[str, str]]:
    """What a statement of membership says, label and value, in the current language."""
    return [
        (_("Participant"), f"{statement.participant} ({statement.participant_id})"),
        (_("Cluster"), statement.cluster),
        (_("On the day"), date_text(statement.on)),
        (_("Member since"), date_text(statement.joined_on)),
        (_("Confirmed by the cluster"), date_text(statement.cluster_confirmed_on)),
        (_("Confirmed by the participant"), date_text(statement.participant_confirmed_on)),
        (_("Certificates held that day"), ", ".join(statement.certificates) or _("none")),
        (_("Stated on"), date_text(statement.stated_on)),
    ]


def award_facts(award: Award) -> list[tuple[str, str]]:
    """What the certificate says, label and value, in the current language."""
    place = ", ".join(filter(None, (award.city, award.region, award.country)))
    facts = [
        (_("Holder"), f"{award.holder} ({place})"),
        (_("Level"), f"{award.level_title} – {award.scheme_title}"),
        (_("Sector"), award.sector),
        (_("Scope"), award.scope),
        (_("Valid from"), date_text(award.valid_from)),
        (_("Valid until"), date_text(award.valid_until)),
        (_("Number"), award.number),
        (_("Scheme"), f"{award.scheme} {award.scheme_version}, {award.scheme_digest}"),
    ]
    return [*facts, (_("Note"), award.notice)] if award.notice else facts

"""Issuing: a certificate of a decided case, made from the sealed decision alone.

While the holder can still appeal, issuing waits, unless the secretariat says with a reason that it must not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from clustermark.casework.guards import Missing
from clustermark.casework.policy import Denied
from clustermark.certificates.number import CertificateNumber
from clustermark.certificates.record import DecisionRecord, read_record
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import LANGUAGES, Language, date_text, use_language
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Act, Certificate
from clustermark.register.sectors import sector_name
from clustermark.schemes.document import SchemeDocument
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.sealed import content_of, latest
from clustermark.web.cases.queries.subjects import may
from clustermark.web.log.writing import write
from clustermark.web.register.domain.allotting import free_place, take_place
from clustermark.web.register.domain.drafting import (
    OvertakenError,
    keep_draft,
    known_language,
    make_draft,
    until_undisturbed,
)
from clustermark.web.register.domain.recording import enter, recording
from clustermark.web.register.models import Award
from clustermark.web.register.queries.renewing import RENEWED
from clustermark.web.register.queries.signing import keys_in_use
from clustermark.web.register.queries.whole import marks

DECIDED = frozenset({"decided", "closed"})


def missing_for_issue(case: Case, *, immediately: bool = False) -> list[Missing]:
    """What stands against issuing the certificate of this case now; nothing when it may be issued."""
    if Award.objects.filter(case=case).exists():
        return [Missing(_("The certificate of this case was issued already."), "certificate")]
    record = latest(case, "decision")
    content = content_of(record) if record else {}
    found = []
    if case.state not in DECIDED or content.get("outcome") != "award":
        found.append(Missing(_("There is no decision to award."), "decision"))
    elif case.state == "decided" and not immediately and _appeal_until(content) >= today():
        message = _("The cluster can appeal until {day}; until then nothing is issued.")
        found.append(Missing(message.format(day=date_text(_appeal_until(content))), "appeal"))
    if Award.objects.filter(RENEWED, number=content.get("renews")).exists():
        message = _("The certificate {number}, which it renews, was renewed already.")
        found.append(Missing(message.format(number=content["renews"]), "renews"))
    if keys_in_use() is None:
        found.append(
            Missing(_("There are no keys to sign with; `clustermark site keys` makes them."), "keys")
        )
    return found


def _appeal_until(content: dict[str, Any]) -> date:
    stated = content.get("appeal_until")
    return date.fromisoformat(stated) if stated else date.min


def issue_certificate(
    *,
    case: Case,
    by: Person,
    languages: Sequence[Language] = (),
    conditional: bool = False,
    immediately: bool = False,
    reason: str = "",
) -> Award:
    """Issue the certificate of a decided case, in the case's language and English unless said otherwise.

    `conditional`: valid under the conditions of the decision until it is extended on proof. `immediately`: do not wait
    until the term for an appeal is over; wants a reason. Raises `Refused`, or ProblemsError with all that is missing.
    """
    answer = may(by, "certificate.issue", case)
    if isinstance(answer, Denied):
        raise Refused(answer)
    return until_undisturbed(
        lambda: _issue(
            case=case,
            by=by,
            languages=tuple(languages),
            conditional=conditional,
            immediately=immediately,
            reason=reason,
        )
    )


def _issue(
    *,
    case: Case,
    by: Person,
    languages: tuple[Language, ...],
    conditional: bool,
    immediately: bool,
    reason: str,
) -> Award:
    """Draft the files, then hold the register and enter them; raises OvertakenError."""
    _refuse_missing(case, immediately=immediately, reason=reason)
    record, _content = _sealed_record(case)
    spoken = languages or tuple(dict.fromkeys((known_language(case.language), "en")))
    draft = make_draft(record, free_place(), spoken)
    with recording():
        current = (
            Case.objects.select_for_update(of=("self",)).select_related("cluster", "edition").get(pk=case.pk)
        )
        _refuse_missing(current, immediately=immediately, reason=reason)
        record, content = _sealed_record(current)
        if record != draft.record or draft.place.taken:
            raise OvertakenError
        award = enter(
            certificate_from(record, content, applied_on=_applied_on(current)),
            [_first_act(record, content, conditional=conditional, reason=reason)],
            case=current,
            cluster=current.cluster,
        )
        take_place(award, draft.place)
        keep_draft(award, draft)
        write(
            actor=by.user,
            role="secretariat",
            act="certificate_issue",
            subject=award.subject,
            reason=reason,
            after=record.digest,
            facts={"case": current.number, "conditional": conditional, "immediately": immediately},
        )
    return award


def _sealed_record(case: Case) -> tuple[DecisionRecord, dict[str, Any]]:
    """The record that a certificate of this case would be made of now, and the content of the sealed decision."""
    sealed = latest(case, "decision")
    assert sealed is not None  # noqa: S101 - it was asked for before
    content = content_of(sealed)
    return decision_record(content, sealed.digest, scheme_of(case.edition).document), content


def _refuse_missing(case: Case, *, immediately: bool, reason: str) -> None:
    place = Place(case.subject)
    problems = [
        Problem("missing", one.message, place) for one in missing_for_issue(case, immediately=immediately)
    ]
    if immediately and not reason.strip():
        problems.append(
            Problem("reason-missing", _("A reason is needed."), Place(case.subject, field="reason"))
        )
    if not problems and marks() - {mark_of_site()} and "synthetic" in marks() | {mark_of_site()}:
        message = _("Made-up and real certificates do not stand in one register.")
        problems.append(Problem("marks-mixed", message, place))
    if problems:
        raise ProblemsError(problems)


def mark_of_site() -> str:
    """The mark of what is decided here: a sample site's own decisions are made up too."""
    from django.conf import settings  # noqa: PLC0415 - read when asked, so that tests may set it

    return "synthetic" if settings.REGISTER_KIND == "sample" else "decision"


def decision_record(content: dict[str, Any], sealed_digest: str, scheme: SchemeDocument) -> DecisionRecord:
    """The record that the certificate is made of: the sealed decision, with the words of its scheme version."""
    decided_on = date.fromisoformat(content["decided_on"])
    cluster, summary = content["cluster"], content["summary"]
    level = next(one for one in scheme.levels if one.level == content["level"])
    number = _next_number(cluster["country"], decided_on)
    return read_record(
        json.dumps(
            {
                "number": str(number),
                "holder": {
                    "name": cluster["name"],
                    "country": cluster["country"],
                    "region": cluster["region"] or None,
                    "city": cluster["city"] or None,
                },
                "scheme": {**content["scheme"], "title": _texts(scheme.title)},
                "level": content["level"],
                "level_title": _texts(level.title),
                "sector": _sector(cluster["sector"]),
                "scope": _scope(),
                "decided_on": content["decided_on"],
                "valid_from": content["valid_from"],
                "valid_until": content["valid_until"],
                "decision_reference": content["case"],
                "decision_digest": sealed_digest,
                "dossier_digest": content["sealed"]["dossier"],
                "report_digest": content["sealed"]["report"],
                "renews": content.get("renews"),
                "summary": {
                    "indicators": summary["rated"],
                    "significantly_above": summary["significantly_above"],
                    "with_required_value": summary["indicators"],
                    "share": summary["share"],
                },
                "notice": None if scheme.owner.endorsed else _texts(scheme.notice),
            }
        ),
        file=content["case"],
    )


def certificate_from(
    record: DecisionRecord, content: dict[str, Any], *, applied_on: date | None
) -> Certificate:
    """The entry of the register for a record."""
    return Certificate(
        number=record.number,
        holder_id=content["cluster"]["reference"],
        holder=record.holder.name,
        country=record.holder.country,
        region=record.holder.region,
        sector=content["cluster"]["sector"],
        scheme=record.scheme.id,
        scheme_version=record.scheme.version,
        scheme_digest=record.scheme.digest,
        level=record.level,
        applied_on=applied_on,
        decided_on=record.decided_on,
        year=record.decided_on.year,
        valid_from=record.valid_from,
        valid_until=record.valid_until,
        previous=record.renews,
        mark=mark_of_site(),  # type: ignore[arg-type] # one of the marks
    )


def _first_act(record: DecisionRecord, content: dict[str, Any], *, conditional: bool, reason: str) -> Act:
    return Act(
        certificate=record.number,
        kind="award_conditionally" if conditional else "issue",
        on=today(),
        reason=reason.strip() or _("Decision on case {case}.").format(case=content["case"]),
        by="secretariat",
        reference=content["case"],
    )


def _next_number(country: str, day: date) -> CertificateNumber:
    """The next serial of the country and month; inside `recording`, so nobody else takes it."""
    stem = f"{country}-{day.year:04}-{day.month:02}-"
    used = Award.objects.filter(number__startswith=stem).values_list("number", flat=True)
    serials = [int(part[3]) for number in used if len(part := number.split("-")) == 5 and part[3].isdigit()]
    return CertificateNumber(country, day.year, day.month, max(serials, default=0) + 1)


def _applied_on(case: Case) -> date | None:
    return timezone.localdate(case.submitted_at) if case.submitted_at else None


def _texts(texts: Any) -> dict[str, str]:
    return {code: texts[code] for code in LANGUAGES if texts.get(code)}


def _sector(sector: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with use_language(language):
            found[language] = sector_name(sector)
    return found


def _scope() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with use_language(language):
            found[language] = _("Management of the cluster organisation")
    return found

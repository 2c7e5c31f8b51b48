"""The life of a certificate after it was issued: each verb is a decision with a reason.

What may follow on what stands in `clustermark.register.life`; it is asked in the transaction of the act.
"""

from __future__ import annotations

from datetime import date

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Act
from clustermark.register.life import end_of, renewed_term
from clustermark.register.surveillance import asks_for_review
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.sealed import content_of, latest
from clustermark.web.register.domain.acting import acting, record
from clustermark.web.register.domain.issuing import reissue
from clustermark.web.register.domain.recording import scheme_of_award
from clustermark.web.register.models import Award
from clustermark.web.register.queries.documents import acts_of, certificate_of
from clustermark.web.register.queries.renewing import renewed_by

MANAGE = "certificate.manage"
OFFICE = "secretariat"


def extend_award(*, award: Award, by: Person, until: date, reason: str, reference: str | None = None) -> None:
    """The conditions are met: the award is valid without them, until another day."""
    with acting(award=award, action=MANAGE, by=by, reason=reason) as current:
        act = _act(current, "extend", reason, until=until, reference=reference)
        record(current, act, by=by, role=OFFICE, facts={"until": until.isoformat()})
        reissue(current, until=until)


def suspend_award(
    *, award: Award, by: Person, until: date, reason: str, reference: str | None = None
) -> None:
    """Not valid for now; by `until` the owner has to act."""
    with acting(award=award, action=MANAGE, by=by, reason=reason) as current:
        act = _act(current, "suspend", reason, until=until, reference=reference)
        record(current, act, by=by, role=OFFICE, facts={"until": until.isoformat()})


def reinstate_award(*, award: Award, by: Person, reason: str, reference: str | None = None) -> None:
    """Lift the suspension."""
    _plain("reinstate", award, by, reason, reference)


def withdraw_award(*, award: Award, by: Person, reason: str, reference: str | None = None) -> None:
    """Withdraw the certificate for good, from today on."""
    _plain("withdraw", award, by, reason, reference)


def void_award(*, award: Award, by: Person, reason: str, reference: str | None = None) -> None:
    """Declare the certificate void from the start: it never was."""
    _plain("void", award, by, reason, reference)


def renew_award(*, award: Award, by: Person, reason: str, reference: str | None = None) -> None:
    """Add a term by the rules of the certificate's own scheme version, and issue its files anew."""
    with acting(award=award, action=MANAGE, by=by, reason=reason) as current:
        act = renewal(current, reason=reason, reference=reference)
        record(current, act, by=by, role=OFFICE, facts={"until": str(act.until)})
        assert act.until is not None  # noqa: S101 - a renewal has an end
        reissue(current, until=act.until)


def report_change(*, award: Award, by: Person, change: str, reason: str) -> bool:
    """The holder reports a change of a kind that its scheme names; whether a review follows from it."""
    with acting(award=award, action="certificate.report_change", by=by, reason=reason) as current:
        scheme = scheme_of_award(current)
        rules = scheme.surveillance if scheme else None
        if rules is None:
            message = _("The scheme of this certificate names no changes to report.")
            raise ProblemsError([Problem("changes-none", message, Place(current.number))])
        review = asks_for_review(rules, change)
        act = _act(current, "report_change", reason, role="holder", change=change)
        record(current, act, by=by, role="cluster", facts={"change": change, "review": review})
    return review


def note_surveillance_due(*, award: Award, by: Person, reason: str, reference: str | None = None) -> None:
    """The holder is due to be looked at: by calendar, by lot, or because of a reported change."""
    _plain("surveillance_due", award, by, reason, reference)


def note_surveillance_done(*, award: Award, by: Person, reason: str, reference: str | None = None) -> None:
    """The holder was looked at; changes reported before are dealt with."""
    _plain("surveillance_done", award, by, reason, reference)


def renewal(award: Award, *, reason: str, reference: str | None = None) -> Act:
    """The act by which this award would be renewed today. Raises ProblemsError where its scheme has no renewal."""
    _refuse_twice(award)
    scheme, certificate = scheme_of_award(award), certificate_of(award)
    end = end_of(certificate, acts_of(award))
    if scheme is None or scheme.validity is None or end is None or scheme.validity.renewal_years is None:
        message = _("The scheme has no renewal; a new award is needed.")
        raise ProblemsError([Problem("renewal-none", message, Place(award.number))])
    try:
        starts, until = renewed_term(scheme.validity, previous=end, on=today())
    except ValueError:
        message = _("The time in which it could be renewed is over; a new award is needed.")
        raise ProblemsError([Problem("renewal-late", message, Place(award.number))]) from None
    return _act(award, "renew", reason, starts=starts, until=until, reference=reference)


def _refuse_twice(award: Award) -> None:
    """A certificate is renewed once: by an act, or by a certificate of its own from a case."""
    place = Place(award.number)
    after = renewed_by([award.number]).get(award.number)
    if after is not None:
        message = _("It is renewed already, by certificate {number}.").format(number=after)
        raise ProblemsError([Problem("renewed-already", message, place)])
    decided = Case.objects.filter(cluster=award.cluster_id, decided_level=award.level, award=None)
    for case in decided.exclude(previous=None):
        sealed = latest(case, "decision")
        if sealed is not None and content_of(sealed).get("renews") == award.number:
            message = _("Its renewal was decided as case {case}: issue the certificate of that case.")
            raise ProblemsError([Problem("renewal-decided", message.format(case=case.number), place)])


def _plain(kind: str, award: Award, by: Person, reason: str, reference: str | None) -> None:
    with acting(award=award, action=MANAGE, by=by, reason=reason) as current:
        record(current, _act(current, kind, reason, reference=reference), by=by, role=OFFICE)


def _act(award: Award, kind: str, reason: str, *, role: str = OFFICE, **parts: object) -> Act:
    stated = {name: value for name, value in parts.items() if value}
    return Act.model_validate(
        {
            "certificate": award.number,
            "kind": kind,
            "on": today(),
            "reason": reason.strip(),
            "by": role,
            **stated,
        }
    )

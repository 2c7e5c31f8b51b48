"""The life of a certificate: its state on any day, what may be done to it, and why not.

Rules, which hold for every day and every history:

- A certificate that was voided is void on every day, before the act too: it never was.
- It is valid from the first to the last day of its terms; after the last it is expired by itself.
- A conditional award is conditional until it is extended on proof; it expires like any other.
- A suspension lasts until it is lifted. Its term is the day by which the owner has to act, not a day on
  which a certificate becomes valid again unseen.
- Withdrawal is final from its day on.
- A renewal adds a term. Where it adds to the previous end, there is no gap between the two, even when it is
  decided within the grace period.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from clustermark.ground.texts import date_text, mark
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Act, ActKind, Certificate
from clustermark.schemes.document import Validity
from clustermark.schemes.surveillance import Surveillance
from clustermark.scoring.validity import add_months, end_of_award, is_renewal

State = Literal["not_yet", "valid", "conditional", "suspended", "expired", "withdrawn", "void", "unknown"]
"""`unknown`: an old list does not say until when."""

STATE_WORDS: dict[State, str] = {
    "not_yet": mark("not yet valid"),
    "valid": mark("valid"),
    "conditional": mark("valid under a condition"),
    "suspended": mark("suspended"),
    "expired": mark("expired"),
    "withdrawn": mark("withdrawn"),
    "void": mark("void from the start"),
    "unknown": mark("of unknown term"),
}
IN_FORCE: frozenset[State] = frozenset({"valid", "conditional"})
"""States in which a holder may show the certificate."""

_LIVING: frozenset[State] = frozenset({"valid", "conditional", "suspended"})
_POSSIBLE: dict[ActKind, frozenset[State]] = {
    "extend": frozenset({"conditional"}),
    "suspend": IN_FORCE,
    "reinstate": frozenset({"suspended"}),
    "withdraw": _LIVING | {"not_yet", "unknown"},
    "void": _LIVING | {"not_yet", "unknown", "expired", "withdrawn"},
    "renew": frozenset({"valid", "expired"}),
    "report_change": _LIVING,
    "surveillance_due": _LIVING,
    "surveillance_done": _LIVING,
}


@dataclass(frozen=True, slots=True)
class StatusBits:
    """The two bits of a status list: withdrawn or void for good, and suspended for now."""

    revoked: bool
    suspended: bool


def status_bits(state: State) -> StatusBits:
    """What the status lists say of a certificate in this state; expiry stands in the certificate itself."""
    return StatusBits(revoked=state in {"withdrawn", "void"}, suspended=state == "suspended")


def state_on(certificate: Certificate, acts: Iterable[Act], day: date) -> State:
    """The state of a certificate on a day, by the acts given (those of this certificate, in their order)."""
    acts = list(acts)
    if any(act.kind == "void" for act in acts):
        return "void"
    past = [act for act in acts if act.on <= day]
    if any(act.kind == "withdraw" for act in past):
        return "withdrawn"
    if certificate.valid_from is None or certificate.valid_until is None:
        return "unknown"
    if day < certificate.valid_from:
        return "not_yet"
    if not any(first <= day <= last for first, last in terms(certificate, acts)):
        return "expired"
    held = [act.kind for act in past if act.kind in {"suspend", "reinstate"}]
    if held and held[-1] == "suspend":
        return "suspended"
    conditional = any(act.kind == "award_conditionally" for act in acts)
    return "conditional" if conditional and not any(act.kind == "extend" for act in past) else "valid"


def terms(certificate: Certificate, acts: Iterable[Act]) -> list[tuple[date, date]]:
    """First and last days of the terms, in their order; none where the dates are not known."""
    if certificate.valid_from is None or certificate.valid_until is None:
        return []
    found = [(certificate.valid_from, certificate.valid_until)]
    for act in acts:
        if act.kind == "extend" and act.until is not None:
            found[-1] = (found[-1][0], max(found[-1][1], act.until))
        elif act.kind == "renew" and act.starts is not None and act.until is not None:
            found.append((act.starts, act.until))
    return found


def end_of(certificate: Certificate, acts: Iterable[Act]) -> date | None:
    """The last day of the last term, or null where it is not known."""
    known = terms(certificate, acts)
    return known[-1][1] if known else None


def why_not(
    certificate: Certificate,
    acts: Sequence[Act],
    act: Act,
    *,
    validity: Validity | None = None,
    surveillance: Surveillance | None = None,
) -> str | None:
    """Why `act` may not follow on `acts`, as a sentence; None when it may.

    `validity` and `surveillance` are those of the certificate's own scheme version.
    """
    if act.kind in {"issue", "award_conditionally"}:
        return _("The certificate has been awarded already.") if acts else None
    if acts and act.on < acts[-1].on:
        return _("The act before it is of {day}; an act cannot be dated before that.").format(
            day=date_text(acts[-1].on)
        )
    state = state_on(certificate, acts, act.on)
    if state not in _POSSIBLE[act.kind]:
        return _("This is not possible: on {day} the certificate is {state}.").format(
            day=date_text(act.on), state=_(STATE_WORDS[state])
        )
    if act.kind == "renew":
        return _why_not_renewed(certificate, acts, act, validity)
    if act.kind == "suspend":
        return _why_not_suspended(act, surveillance)
    if act.kind == "extend":
        end = end_of(certificate, acts)
        if act.until is not None and end is not None and act.until <= end:
            return _("An extension ends after the term that it extends.")
    return None


def _why_not_suspended(act: Act, surveillance: Surveillance | None) -> str | None:
    if act.until is None or act.until < act.on:
        return _("The term of a suspension ends after it begins.")
    longest = surveillance.suspension_months if surveillance else None
    if longest is not None and act.until > add_months(act.on, longest):
        return _("The scheme allows suspensions of at most {n} months.").format(n=longest)
    return None


def _why_not_renewed(
    certificate: Certificate, acts: Sequence[Act], act: Act, validity: Validity | None
) -> str | None:
    end = end_of(certificate, acts)
    if validity is None or validity.renewal_years is None or end is None:
        return _("The scheme has no renewal; a new award is needed.")
    if not is_renewal(validity, on=act.on, previous=end):
        latest = add_months(end, validity.renewal_grace_months or 0)
        return _("Renewal was possible until {day}; a new award is needed.").format(day=date_text(latest))
    starts, until = renewed_term(validity, previous=end, on=act.on)
    if (act.starts, act.until) != (starts, until):
        return _("By the rules of its scheme, a renewal is valid from {first} to {last}.").format(
            first=date_text(starts), last=date_text(until)
        )
    return None


def renewed_term(validity: Validity, *, previous: date, on: date) -> tuple[date, date]:
    """First and last day of a renewal decided `on` a day, by the rules of the scheme version.

    Raises ValueError when it is no renewal any more.
    """
    if not is_renewal(validity, on=on, previous=previous):
        raise ValueError("the term for renewal is over")
    joined = validity.renewal_adds_to == "previous_end"
    return (
        previous + timedelta(days=1) if joined else on,
        end_of_award(validity, on=on, previous=previous),
    )


def term_of_renewal(
    certificate: Certificate, acts: Sequence[Act], validity: Validity, *, on: date
) -> tuple[date, date] | None:
    """First and last day of a certificate of its own that renews this one, decided `on` a day; None where it cannot.

    `validity` is that of the scheme version of the new decision. What could not be renewed by an act cannot be renewed
    by a new certificate either: not after the term for renewal, nor while it is suspended or under a condition.
    """
    end = end_of(certificate, acts)
    if end is None or not is_renewal(validity, on=on, previous=end):
        return None
    if state_on(certificate, acts, on) not in _POSSIBLE["renew"]:
        return None
    return renewed_term(validity, previous=end, on=on)


def first_term(validity: Validity, *, assessed_on: date, decided_on: date) -> tuple[date, date]:
    """First and last day of a first award: it is valid from the decision; what the years count from is the scheme's."""
    start = assessed_on if validity.starts == "assessment" else decided_on
    return decided_on, end_of_award(validity, on=start)


def history_problems(
    certificate: Certificate,
    acts: Sequence[Act],
    *,
    validity: Validity | None = None,
    surveillance: Surveillance | None = None,
) -> list[tuple[Act, str]]:
    """Every act that could not follow on those before it, with the reason; none of a history that went by the rules."""
    wrong = []
    lawful: list[Act] = []
    for act in acts:
        reason = why_not(certificate, lawful, act, validity=validity, surveillance=surveillance)
        if reason is None:
            lawful.append(act)
        else:
            wrong.append((act, reason))
    return wrong


def history_of_states(certificate: Certificate, acts: Sequence[Act]) -> list[tuple[date, State]]:
    """The state from each day on which it changes, in the order of days; the first begins with `date.min`."""
    days = {date.min}
    days.update(act.on for act in acts)
    for first, last in terms(certificate, acts):
        days.add(first)
        if last < date.max:
            days.add(last + timedelta(days=1))
    history: list[tuple[date, State]] = []
    for day in sorted(days):
        state = state_on(certificate, acts, day)
        if not history or history[-1][1] != state:
            history.append((day, state))
    return history

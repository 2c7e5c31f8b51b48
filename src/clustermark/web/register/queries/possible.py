"""Which acts can be done to a certificate today, and why the others cannot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from clustermark.ground.problems import ProblemsError
from clustermark.register.entries import Act, ActKind
from clustermark.register.life import end_of, why_not
from clustermark.web.accounts.people import today
from clustermark.web.register.domain.living import renewal
from clustermark.web.register.domain.recording import scheme_of_award
from clustermark.web.register.models import Award
from clustermark.web.register.queries.documents import acts_of, certificate_of

OFFICE_ACTS: tuple[ActKind, ...] = (
    "extend", "suspend", "reinstate", "renew", "surveillance_due", "surveillance_done", "withdraw", "void",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Possible:
    """One act: `reason` says why it cannot be done today; None where it can. `act` is how it would be."""

    kind: ActKind
    reason: str | None
    act: Act | None = None


def possible_acts(award: Award) -> list[Possible]:
    """Every act of the secretariat, asked of the rules as if it were done today; what can be done comes first."""
    certificate, life, scheme = certificate_of(award), acts_of(award), scheme_of_award(award)
    found = []
    for kind in OFFICE_ACTS:
        try:
            act = _supposed(award, kind, life)
        except ProblemsError as error:
            found.append(Possible(kind, error.problems[0].message))
            continue
        reason = why_not(
            certificate,
            life,
            act,
            validity=scheme.validity if scheme else None,
            surveillance=scheme.surveillance if scheme else None,
        )
        found.append(Possible(kind, reason, act))
    return sorted(found, key=lambda one: one.reason is not None)


def _supposed(award: Award, kind: ActKind, life: list[Act]) -> Act:
    if kind == "renew":
        return renewal(award, reason="–")
    end = end_of(certificate_of(award), life) or today()
    until = {"extend": max(end, today()) + timedelta(days=1), "suspend": today() + timedelta(days=30)}
    return Act(
        certificate=award.number, kind=kind, on=today(), reason="–", by="secretariat", until=until.get(kind)
    )

"""How an act of the register is done: asked, recorded, logged — in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from clustermark.casework.policy import Answer, Denied, Subject, decide
from clustermark.ground.exact import digest
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Act
from clustermark.web.accounts.models import Tie
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.log.writing import Fact, write
from clustermark.web.register.domain.recording import add_act, recording
from clustermark.web.register.models import Award


def subject_of_award(award: Award) -> Subject:
    """The certificate as the policy sees it: its holder's organisation, and who is tied to the holder."""
    tied = (
        Tie.objects.filter(cluster=award.cluster_id).values_list("user_id", flat=True)
        if award.cluster_id is not None
        else ()
    )
    return Subject(
        kind="certificate",
        organisation=award.cluster.organisation_id if award.cluster else None,
        tied=frozenset(tied),
    )


def may_award(by: Person, action: str, award: Award) -> Answer:
    """Whether `by` may do `action` to this certificate, and why not."""
    return decide(by.actor, action, subject_of_award(award))


def require(by: Person, action: str, subject: Subject) -> None:
    """Raise `Refused` with the reason unless `by` may do `action`."""
    answer = decide(by.actor, action, subject)
    if isinstance(answer, Denied):
        raise Refused(answer)


def begin(*, award: Award, action: str, by: Person, reason: str) -> None:
    """Raise `Refused` unless `by` may do `action` to the award, or ProblemsError without a reason."""
    require(by, action, subject_of_award(award))
    if not reason.strip():
        message = _("A reason is needed.")
        raise ProblemsError([Problem("reason-missing", message, Place(award.number, field="reason"))])


@contextmanager
def acting(*, award: Award, action: str, by: Person, reason: str) -> Iterator[Award]:
    """Act on an award that nobody else changes meanwhile. Raises `Refused`, or ProblemsError without a reason."""
    begin(award=award, action=action, by=by, reason=reason)
    with recording():
        yield Award.objects.select_related("cluster").get(pk=award.pk)


def record(
    award: Award, act: Act, *, by: Person | None, role: str, facts: Mapping[str, Fact] | None = None
) -> None:
    """Add the act to the register and to the log of acts; inside `acting` or `recording`."""
    add_act(award, act)
    write(
        actor=by.user if by else None,
        role=role,
        act=f"certificate_{act.kind}",
        subject=award.subject,
        reason=act.reason,
        after=digest(act.model_dump(mode="json", exclude_none=True)),
        facts=facts,
    )

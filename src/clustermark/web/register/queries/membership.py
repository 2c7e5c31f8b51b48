"""Proof that a participant belonged to a cluster on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from clustermark.certificates.membership import membership_token
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.register.holdings import MembershipStatement, prove_membership
from clustermark.register.holdings import Participation as Stated
from clustermark.web.accounts.people import today
from clustermark.web.register.models import Award, Participation
from clustermark.web.register.queries.documents import act_of, acts_by_award, certificate_of, search_key
from clustermark.web.register.queries.signing import signer
from clustermark.web.register.queries.whole import marks, notice_of, register_of


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """The statement, the id of the key that signed it, and the signed credential (VC-JWT)."""

    statement: MembershipStatement
    key: str
    token: str


def membership_statement(*, cluster: str, participant: str, on: date) -> SignedStatement:
    """The signed statement. Nobody can list participants: both names must be known, in full.

    Raises ProblemsError with all that stands against it.
    """
    row = _found(cluster, participant, on)
    if row is None:
        message = _("There is no participation of this participant in this cluster on this day.")
        raise ProblemsError([Problem("participation-unknown", message, Place("membership"))])
    holder = str(row.cluster.reference)
    awards = list(Award.objects.filter(holder_id=holder))
    acts = acts_by_award(award.pk for award in awards)
    register = register_of(
        notice_of(marks()),
        [certificate_of(award) for award in awards],
        [act_of(act, award.number) for award in awards for act in acts.get(award.pk, ())],
    )
    stated = Stated(
        participant_id=row.participant_id,
        participant=row.participant,
        cluster_id=holder,
        cluster=row.cluster.name,
        joined_on=row.joined_on,
        left_on=row.left_on,
        cluster_confirmed_on=row.cluster_confirmed_on,
        participant_confirmed_on=row.participant_confirmed_on,
    )
    statement = prove_membership(stated, on=on, stated_on=today(), register=register)
    used = signer()
    now = timezone.now().replace(microsecond=0)
    return SignedStatement(statement, used.key_id, membership_token(statement, used, issued_at=now))


def _found(cluster: str, participant: str, on: date) -> Participation | None:
    key = search_key(participant)
    rows = Participation.objects.select_related("cluster").filter(
        cluster__name__iexact=" ".join(cluster.split()), joined_on__lte=on
    )
    found = [row for row in rows if key in {search_key(row.participant), search_key(row.participant_id)}]
    return max(found, key=lambda row: row.joined_on, default=None)

"""The secretariat keeps experts: profiles, accreditations, ties to clusters; every change stands in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from clustermark.casework.policy import Subject, decide
from clustermark.web.accounts.models import Accreditation, Expert, Tie, User
from clustermark.web.accounts.people import Person, today
from clustermark.web.accounts.refusals import refused
from clustermark.web.clusters.models import Cluster
from clustermark.web.log.writing import Fact, write


def keep_profile(
    *,
    user: User,
    country: str,
    languages: Sequence[str],
    sectors: Sequence[str],
    most_cases: int,
    by: Person,
) -> Expert:
    """Write what is known of an expert; a profile is made where there is none."""
    _require(by)
    with transaction.atomic():
        expert, _new = Expert.objects.update_or_create(
            user=user,
            defaults={
                "country": country,
                "languages": list(languages),
                "sectors": list(sectors),
                "most_cases": most_cases,
            },
        )
        _log(by, user, act="expert.profile", facts={"country": country, "most_cases": most_cases})
    return expert


def accredit(
    *, expert: Expert, scheme: str, starts_on: date, ends_on: date, reason: str, by: Person
) -> Accreditation:
    """Accredit an expert for a scheme from a day to a day. Raises ProblemsError for dates the wrong way round."""
    _require(by)
    if ends_on < starts_on:
        raise refused("accreditation-dates", _("The last day is before the first."), field="ends_on")
    with transaction.atomic():
        given = Accreditation.objects.create(
            expert=expert, scheme=scheme, starts_on=starts_on, ends_on=ends_on, reason=reason
        )
        facts: dict[str, Fact] = {"scheme": scheme, "from": str(starts_on), "until": str(ends_on)}
        _log(by, expert.user, act="expert.accredit", reason=reason, facts=facts)
    return given


def end_accreditation(*, accreditation: Accreditation, by: Person, reason: str) -> None:
    """End an accreditation today: yesterday was its last day. Raises ProblemsError when it has ended already."""
    _require(by)
    if not reason.strip():
        raise refused("reason-missing", _("A reason is needed."), field="reason")
    with transaction.atomic():
        held = (
            Accreditation.objects.select_for_update().select_related("expert__user").get(pk=accreditation.pk)
        )
        if held.ends_on < today():
            raise refused("accreditation-over", _("This accreditation has ended already."))
        held.ends_on = max(today(), held.starts_on) - timedelta(days=1)
        held.save(update_fields=["ends_on"])
        facts: dict[str, Fact] = {"scheme": held.scheme, "until": str(held.ends_on)}
        _log(by, held.expert.user, act="expert.end_accreditation", reason=reason, facts=facts)


def add_tie(
    *,
    user: User,
    cluster: Cluster,
    kind: str,
    by: Person,
    starts_on: date | None = None,
    ends_on: date | None = None,
    note: str = "",
) -> Tie:
    """Write down what connects a person with a cluster. Raises ProblemsError for dates the wrong way round."""
    _require(by)
    if starts_on and ends_on and ends_on < starts_on:
        raise refused("tie-dates", _("The last day is before the first."), field="ends_on")
    with transaction.atomic():
        tie = Tie.objects.create(
            user=user, cluster=cluster, kind=Tie.Kind(kind), starts_on=starts_on, ends_on=ends_on, note=note
        )
        facts: dict[str, Fact] = {"cluster": str(cluster.reference), "kind": kind}
        _log(by, user, act="expert.tie", reason=note, facts=facts)
    return tie


def end_tie(*, tie: Tie, ends_on: date, by: Person, reason: str) -> None:
    """Write down that a tie has ended, with its last day; the cooling-off counts from there.

    Raises ProblemsError when it had ended before, for a day to come or before the first, and without a reason;
    PermissionDenied to whom the tie is their own.
    """
    _require(by)
    if not reason.strip():
        raise refused("reason-missing", _("A reason is needed."), field="reason")
    if ends_on > today():
        raise refused("tie-dates", _("The last day is not yet over."), field="ends_on")
    with transaction.atomic():
        held = Tie.objects.select_for_update(of=("self",)).select_related("user", "cluster").get(pk=tie.pk)
        if held.user_id == by.user.pk:
            raise PermissionDenied(_("Nobody ends a tie of their own."))
        if held.ends_on is not None and held.ends_on < today():
            raise refused("tie-over", _("This tie has ended already."))
        if held.starts_on is not None and ends_on < held.starts_on:
            raise refused("tie-dates", _("The last day is before the first."), field="ends_on")
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
        facts: dict[str, Fact] = {
            "cluster": str(held.cluster.reference),
            "kind": held.kind,
            "until": str(ends_on),
        }
        _log(by, held.user, act="expert.end_tie", reason=reason, facts=facts)


def _require(by: Person) -> None:
    answer = decide(by.actor, "expert.manage", Subject(kind="expert"))
    if not answer:
        raise PermissionDenied(answer.reason)  # type: ignore[union-attr]  # what is not true is Denied


def _log(by: Person, user: User, *, act: str, reason: str = "", facts: dict[str, Fact] | None = None) -> None:
    write(
        actor=by.user,
        role="secretariat",
        act=act,
        subject=f"user:{user.reference}",
        reason=reason,
        facts=facts,
    )

"""Entering into the register: an award or an act, what follows from it for search, and its entry in the Merkle log.

One writer at a time: the row of the register's head is held, so that acts, entries and the head grow together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.register.entries import PUBLIC_ACTS, Act, Certificate
from clustermark.register.life import history_of_states, why_not
from clustermark.register.logged import log_entry
from clustermark.schemes.document import SchemeDocument
from clustermark.web.cases.models import SchemeEdition
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.register.models import Award, AwardSpan, LeafEntry, RegisterHead
from clustermark.web.register.models.award import FOREVER
from clustermark.web.register.queries.documents import act_row, acts_of, certificate_of, row_of

HEAD = 1


@contextmanager
def recording() -> Iterator[RegisterHead]:
    """A transaction that holds the head of the register; on leaving, the register has a new version."""
    with transaction.atomic():
        now = timezone.now()
        RegisterHead.objects.get_or_create(pk=HEAD, defaults={"changed_at": now})
        head = RegisterHead.objects.select_for_update().get(pk=HEAD)
        yield head
        head.version += 1
        head.changed_at = now
        head.save()


def enter(certificate: Certificate, acts: Sequence[Act], **links: object) -> Award:
    """Enter an award with the acts that it begins with; inside `recording`."""
    award = row_of(certificate, **links)
    award.save(force_insert=True)
    for act in acts:
        _append(award, certificate, act)
    _lay_spans(award, certificate, acts)
    return award


def enter_many(certificates: Iterable[Certificate], acts: dict[str, list[Act]]) -> list[Award]:
    """Enter awards of an old list at once, with the acts known of each; inside `recording`."""
    listed = list(certificates)
    awards = Award.objects.bulk_create([row_of(item) for item in listed], batch_size=1000)
    told = [
        (award, item, act)
        for award, item in zip(awards, listed, strict=True)
        for act in acts.get(item.number, ())
    ]
    # the log has the acts in the order of their days, whatever the order of the list
    told.sort(key=lambda one: one[2].on)
    for award, item, act in told:
        _append(award, item, act)
    AwardSpan.objects.bulk_create(
        [
            span
            for award, item in zip(awards, listed, strict=True)
            for span in _spans(award, item, acts.get(item.number, ()))
        ],
        batch_size=2000,
    )
    return awards


def add_act(award: Award, act: Act) -> None:
    """Add an act to the life of an award; inside `recording`. Raises ProblemsError when it may not follow."""
    before = refuse_impossible(award, act)
    certificate = certificate_of(award)
    _append(award, certificate, act)
    award.spans.all().delete()
    _lay_spans(award, certificate, [*before, act])


def refuse_impossible(award: Award, act: Act) -> list[Act]:
    """Raise ProblemsError when the act may not follow on those before it, which are given back."""
    certificate, before = certificate_of(award), acts_of(award)
    scheme = scheme_of_award(award)
    reason = why_not(
        certificate,
        before,
        act,
        validity=scheme.validity if scheme else None,
        surveillance=scheme.surveillance if scheme else None,
    )
    if reason is not None:
        raise ProblemsError([Problem("act-impossible", reason, Place(award.number))])
    return before


def scheme_of_award(award: Award) -> SchemeDocument | None:
    """The scheme version that the award was made under, where it is published here."""
    if award.scheme_digest is None:
        return None
    edition = SchemeEdition.objects.filter(digest=award.scheme_digest).first()
    return scheme_of(edition).document if edition else None


def _append(award: Award, certificate: Certificate, act: Act) -> None:
    row = act_row(award, act)
    row.save(force_insert=True)
    if act.kind in PUBLIC_ACTS:
        last = LeafEntry.objects.order_by("-index").values_list("index", flat=True).first()
        index = 0 if last is None else last + 1
        entry = log_entry(certificate, act).line().decode()
        LeafEntry(index=index, entry=entry, act=row).save(force_insert=True)


def _lay_spans(award: Award, certificate: Certificate, acts: Sequence[Act]) -> None:
    AwardSpan.objects.bulk_create(_spans(award, certificate, acts))


def _spans(award: Award, certificate: Certificate, acts: Sequence[Act]) -> list[AwardSpan]:
    changes = history_of_states(certificate, acts)
    starts = [day for day, _state in changes]
    ends: list[date] = [day - timedelta(days=1) for day in starts[1:]] + [FOREVER]
    return [
        AwardSpan(award=award, first=day, last=end, state=state)
        for (day, state), end in zip(changes, ends, strict=True)
    ]

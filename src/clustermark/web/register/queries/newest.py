"""The newest public acts as a small register, for the feed."""

from __future__ import annotations

from clustermark.register.entries import PUBLIC_ACTS, Register
from clustermark.register.feeds import SHOWN
from clustermark.web.register.models import Award, AwardAct
from clustermark.web.register.queries.documents import act_of, acts_by_award, certificate_of
from clustermark.web.register.queries.whole import marks, notice_of, register_of


def newest_acts() -> Register:
    """The certificates of the newest public acts with all their acts; four queries, however large the register."""
    newest = AwardAct.objects.filter(kind__in=sorted(PUBLIC_ACTS)).order_by("-on", "-pk")
    keys = list(dict.fromkeys(newest.values_list("award_id", flat=True)[:SHOWN]))
    awards = {award.pk: award for award in Award.objects.filter(pk__in=keys).order_by("pk")}
    rows = [row for listed in acts_by_award(keys).values() for row in listed]
    rows.sort(key=lambda row: (row.on, row.pk))
    return register_of(
        notice_of(marks()),
        [certificate_of(award) for award in awards.values()],
        [act_of(row, awards[row.award_id].number) for row in rows],
    )

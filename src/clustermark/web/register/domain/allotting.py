"""Places in the status lists: drawn at random, in the newest list until it is full, then in a new one."""

from __future__ import annotations

import secrets

from clustermark.certificates.status import MIN_BITS
from clustermark.web.register.models import Award, StatusPlace

MOST_IN_A_LIST = MIN_BITS // 2
"""Certificates with a place in one list; half of it stays empty, so that a place is found at once and tells nothing."""


def allot_place(award: Award, *, most: int = MOST_IN_A_LIST) -> StatusPlace:
    """Give the award its place in the status lists; inside `recording`, so nobody else takes it."""
    newest = StatusPlace.objects.order_by("-list_number").values_list("list_number", flat=True).first() or 1
    used = set(StatusPlace.objects.filter(list_number=newest).values_list("index", flat=True))
    if len(used) >= most:
        newest, used = newest + 1, set()
    index = next(draw for draw in iter(lambda: secrets.randbelow(MIN_BITS), None) if draw not in used)
    return StatusPlace.objects.create(award=award, list_number=newest, index=index)

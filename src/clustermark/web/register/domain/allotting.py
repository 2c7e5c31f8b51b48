"""Places in the status lists: drawn at random, in the newest list until it is full, then in a new one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from clustermark.certificates.status import MIN_BITS
from clustermark.web.register.models import Award, StatusPlace

MOST_IN_A_LIST = MIN_BITS // 2
"""Certificates with a place in one list; half of it stays empty, so that a place is found at once and tells nothing."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A place in the pair of status lists with this number."""

    list_number: int
    index: int

    @property
    def taken(self) -> bool:
        """Whether a certificate has it."""
        return StatusPlace.objects.filter(list_number=self.list_number, index=self.index).exists()


def free_place(*, most: int = MOST_IN_A_LIST) -> ListPlace:
    """A place that nobody has yet; it is taken when its certificate is entered."""
    newest = StatusPlace.objects.order_by("-list_number").values_list("list_number", flat=True).first() or 1
    used = set(StatusPlace.objects.filter(list_number=newest).values_list("index", flat=True))
    if len(used) >= most:
        newest, used = newest + 1, set()
    index = next(draw for draw in iter(lambda: secrets.randbelow(MIN_BITS), None) if draw not in used)
    return ListPlace(newest, index)


def take_place(award: Award, place: ListPlace) -> StatusPlace:
    """Give the award its place; inside `recording`, where it was seen to be free."""
    return StatusPlace.objects.create(award=award, list_number=place.list_number, index=place.index)

"""The declared limits of disclosure."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, model_validator

from clustermark.ground.documents import Document
from clustermark.schemes.document import Disclosure


class Policy(Document):
    """When figures about peers may be shown. Counts are of *others*: the reader may be one of the group.

    `min_peers`: others needed for a median or mean; `min_quartile_peers`: for quartiles and a
    distribution. `p_percent`: no figure may tell another's value to within this share of it.
    `dominance_n`, `dominance_percent`: a mean is hidden when the n largest make up more than this share.
    """

    min_peers: Annotated[int, Field(ge=2)] = 5
    min_quartile_peers: Annotated[int, Field(ge=2)] = 10
    p_percent: Annotated[int, Field(ge=1, le=50)] = 5
    dominance_n: Annotated[int, Field(ge=1)] = 2
    dominance_percent: Annotated[int, Field(ge=1, le=100)] = 80

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min_quartile_peers < self.min_peers:
            raise ValueError("quartiles need at least as many peers as the median")
        return self

    @classmethod
    def of_scheme(cls, disclosure: Disclosure) -> Policy:
        """The policy of a scheme: its minimum, twice that for quartiles, the rest as declared here."""
        return cls(min_peers=disclosure.min_peers, min_quartile_peers=2 * disclosure.min_peers)

    @property
    def least(self) -> int:
        """Members a shown group needs: `min_peers` others and the reader."""
        return self.min_peers + 1

    @property
    def least_for_quartiles(self) -> int:
        """Members a group needs for quartiles and a distribution."""
        return self.min_quartile_peers + 1

    @property
    def widest_known(self) -> Fraction:
        """Ratio that the ends of every cell must exceed: (1 + p) / (1 − p).

        An interval [a, b] with b/a above it is within ±p of no value in it, since such a value v would
        need (1 − p)·v ≤ a and b ≤ (1 + p)·v.
        """
        return Fraction(100 + self.p_percent, 100 - self.p_percent)

"""What a release says of a decided case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from clustermark.ground.documents import Document
from clustermark.ground.exact import half_up
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.reports.printed import Line
from clustermark.schemes.document import SchemeDocument, Text
from clustermark.schemes.scheme import document_digest
from clustermark.scoring.scorecard import Scorecard


class CaseIndicator(Document):
    """One scored indicator; `above` is null where no value is required of it."""

    code: Line
    title: Text
    above: bool | None


class DecidedCase(Document):
    """What a release says of a decided case; `case_of` makes it from a scorecard.

    The last day of the visit is not before the first.
    """

    format: Literal["clustermark-decided-case/1"] = "clustermark-decided-case/1"
    cluster: Line
    scheme: Line
    scheme_title: Text
    scheme_version: Line
    scheme_digest: Line
    endorsed: bool
    notice: Text
    visited_from: date
    visited_to: date
    indicators: Annotated[list[CaseIndicator], Field(min_length=1)]

    @model_validator(mode="after")
    def _visit_in_order(self) -> Self:
        if self.visited_to < self.visited_from:
            raise ValueError(_("The visit cannot end before it begins."))
        return self

    @property
    def compared(self) -> list[CaseIndicator]:
        """The indicators with a required value."""
        return [item for item in self.indicators if item.above is not None]

    @property
    def above(self) -> list[CaseIndicator]:
        """The indicators significantly above their required values."""
        return [item for item in self.indicators if item.above]

    @property
    def share_above(self) -> Decimal | None:
        """Per cent of the compared indicators that lie above, rounded half up to one decimal; null without any."""
        if not self.compared:
            return None
        return half_up(Fraction(100 * len(self.above), len(self.compared)), 1)


def case_of(
    scorecard: Scorecard, scheme: SchemeDocument, *, visited_from: date, visited_to: date
) -> DecidedCase:
    """The case of a scorecard, visited on site on these days; `scheme` gives the texts in its languages.

    Raises ProblemsError when the scheme is not the one of the scorecard, or the visit ends before it begins.
    """
    if visited_to < visited_from:
        message, days = _("The visit cannot end before it begins."), f"{visited_from} {visited_to}"
        raise ProblemsError([Problem("visit-order", message, Place("--visited"), days)])
    if document_digest(scheme) != scorecard.scheme_digest:
        problem = Problem(
            "scheme-other",
            _("The scorecard was made under another version of this scheme."),
            Place(scheme.scheme),
            found=document_digest(scheme),
            allowed=scorecard.scheme_digest,
        )
        raise ProblemsError([problem])
    titles = {item.code: item.title for item in scheme.indicators}
    return DecidedCase(
        cluster=scorecard.cluster,
        scheme=scorecard.scheme,
        scheme_title=scheme.title,
        scheme_version=scorecard.scheme_version,
        scheme_digest=scorecard.scheme_digest,
        endorsed=scheme.owner.endorsed,
        notice=scheme.notice,
        visited_from=visited_from,
        visited_to=visited_to,
        indicators=[
            CaseIndicator(
                code=item.code,
                title=titles[item.code],
                above=None if item.required is None else item.significantly_above,
            )
            for item in scorecard.indicators
            if item.scored
        ],
    )

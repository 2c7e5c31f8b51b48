"""The price list of a case's scheme, the line that fits the case, and the fees that are open."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clustermark.schemes.document import Fee as Line
from clustermark.schemes.document import SchemeDocument
from clustermark.schemes.marks import mark_of
from clustermark.web.cases.models import Case, Fee
from clustermark.web.cases.queries.schemes import scheme_of


@dataclass(frozen=True, slots=True)
class Price:
    """A line of the price list: whether it is the one for this case, and how far it is official."""

    line: Line
    suggested: bool
    mark: str
    provenance: str


def prices_for(case: Case) -> list[Price]:
    """The price list of the scheme that the case is bound to."""
    document = scheme_of(case.edition).document
    best = suggested_line(case, [line.item for line in document.fees])
    return [
        Price(
            line,
            line.item == best,
            mark_of(line.origin, "amount") or "example",
            provenance_of(line, document),
        )
        for line in document.fees
    ]


def provenance_of(line: Line, document: SchemeDocument) -> str:
    """How far a price is official, in a sentence, with its source."""
    origin = line.origin.get("amount") or line.origin.get("all")
    source = document.sources.get(origin.source) if origin else None
    title = source.title if source else None
    words = {
        "established": _("Established price."),
        "reported": _("Reported price, from one source."),
    }.get(mark_of(line.origin, "amount") or "", _("Example price, chosen by this project; not the owner's."))
    if title is None:
        return words
    source_words = _("Source: {title}").format(title=title)
    return f"{words} {source_words}"


def suggested_line(case: Case, items: list[str]) -> str | None:
    """The line whose name says most of the case: its level, how the experts visit, first or renewal.

    Lines are named by these words, as in ``bronze_video`` or ``gold_renewal``; a word that says otherwise rules a
    line out.
    """
    says = {case.level, "video" if case.visit_form == "video" else "site", case.kind}
    other = {"video", "site", "first", "renewal"} - says
    fitting = [item for item in items if case.level in item.split("_") and not other & set(item.split("_"))]
    return max(fitting, key=lambda item: len(says & set(item.split("_"))), default=None)


def open_fees() -> QuerySet[Fee]:
    """Fees that are quoted or invoiced and not paid, the oldest first."""
    found = Fee.objects.filter(paid_on=None).exclude(case__state__in=("withdrawn", "expired"))
    return found.select_related("case__cluster").order_by("quoted_on", "pk")

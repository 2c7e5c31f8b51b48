"""Telling the figures of peers: once a year for every scheme, by the gate of disclosure, noted in its ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import Language, current_language
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import PeerEdition, SchemeEdition
from clustermark.web.cases.queries.memory import Memory
from clustermark.web.cases.queries.pool import cards_of, decided_clusters, portfolio_of
from clustermark.web.cases.queries.schemes import scheme_of

if TYPE_CHECKING:
    from clustermark.analysis.disclosure import Ledger
    from clustermark.analysis.peers import Edition


def edition_of_year(scheme: SchemeEdition) -> PeerEdition:
    """What is told this year; it is told now where it was not yet.

    Raises ProblemsError where so few clusters were decided on that one could be told from the others.
    """
    year = today().year
    found = PeerEdition.objects.filter(scheme=scheme, year=year).first()
    if found is not None:
        return found
    least, n = scheme_of(scheme).document.disclosure.min_peers + 1, len(decided_clusters(scheme))
    if n < least:
        message = _(
            "Clusters decided on under this scheme so far: {n}. Figures of peers are shown from {least} on, so that no"
            " cluster can be told from the others."
        )
        raise ProblemsError([Problem("peers-few", message.format(n=n, least=least), Place(str(scheme)))])
    with transaction.atomic():
        # one who asks at the same moment waits here, and then finds the edition
        SchemeEdition.objects.select_for_update().get(pk=scheme.pk)
        found = PeerEdition.objects.filter(scheme=scheme, year=year).first()
        return found or _tell(scheme, year)


def told(edition: PeerEdition, language: Language) -> Edition:
    """The figures of an edition: the same over the same clusters whenever it is asked.

    Raises ProblemsError where a figure would differ from what was told: then nothing is shown.
    """
    key = (str(edition.pk), language)
    return _told.get(
        key, lambda: _release(edition.scheme, edition.year, edition.records, _ledger(edition), language)
    )


_told: Memory[Edition] = Memory(8)


def _tell(scheme: SchemeEdition, year: int) -> PeerEdition:
    before = PeerEdition.objects.filter(scheme=scheme, year__lt=year).order_by("year").last()
    ledger, records = _ledger(before), decided_clusters(scheme)
    _release(scheme, year, records, ledger, current_language())
    return PeerEdition.objects.create(
        scheme=scheme, year=year, told_at=timezone.now(), records=records, ledger=ledger.to_text()
    )


def _ledger(edition: PeerEdition | None) -> Ledger:
    from clustermark.analysis.disclosure import Ledger  # noqa: PLC0415 - loads NumPy

    if edition is None:
        return Ledger()
    return Ledger.of_text(edition.ledger, Place(_("the disclosure ledger")))


def _release(
    scheme: SchemeEdition, year: int, records: list[int], ledger: Ledger, language: Language
) -> Edition:
    from clustermark.analysis.peers import publish  # noqa: PLC0415 - loads NumPy

    stated = scheme_of(scheme)
    return publish(
        portfolio_of(cards_of(records, language), year=year),
        year=year,
        scheme=stated.document,
        scheme_digest=stated.digest,
        ledger=ledger,
    )

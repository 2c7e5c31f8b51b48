"""What a release about a certificate is made of: the decided case and the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import Language, use_language
from clustermark.ground.texts import gettext as _
from clustermark.reports.announcement import build_announcement
from clustermark.reports.announcement_case import case_of
from clustermark.reports.announcement_model import Announcement
from clustermark.web.cases.models import Visit
from clustermark.web.cases.queries.peers import benchmark_of
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.scorecards import consensus_card
from clustermark.web.register.models import Award
from clustermark.web.register.queries.whole import whole_register


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft, and why it tells nothing of peers where it does not."""

    draft: Announcement
    no_peers: str


def announcement_of(award: Award, *, as_of: date, language: Language) -> Drafted:
    """The draft. Raises ProblemsError for a certificate without a case or visit, or one that is not in force."""
    case = award.case
    visit = Visit.objects.filter(case=case).first() if case else None
    card = consensus_card(case, language=language) if case else None
    if case is None or card is None or visit is None or visit.starts_on is None or visit.ends_on is None:
        message = _("A release is drafted for a certificate whose case was visited and decided here.")
        raise ProblemsError([Problem("announcement-case", message, Place(award.number))])
    decided = case_of(
        card, scheme_of(case.edition).document, visited_from=visit.starts_on, visited_to=visit.ends_on
    )
    with use_language(language):
        compared = benchmark_of(case, card)
    draft = build_announcement(
        decided, whole_register(), award.number, as_of=as_of, language=language, peers=compared.report
    )
    return Drafted(draft, compared.why)

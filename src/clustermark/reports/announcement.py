"""The draft of a release about an award: every figure in it leads to its definition and the rows behind it.

`build_announcement` puts the draft together; `clustermark.reports.announcement_page` and
`clustermark.reports.announcement_word` lay it out.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import Language, date_text, local, mark, ngettext, number, use_language
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Certificate, Register
from clustermark.register.importing import LEVELS
from clustermark.register.life import IN_FORCE, STATE_WORDS, end_of, state_on
from clustermark.register.places import continent_of, place_name
from clustermark.register.rows import Scope
from clustermark.register.sectors import sector_name
from clustermark.register.statistics import Statistic, awarded, holders, in_force, ordinal
from clustermark.reports.announcement_case import DecidedCase
from clustermark.reports.announcement_figures import Figures, reservations
from clustermark.reports.announcement_model import Announcement, Piece
from clustermark.reports.announcement_words import (
    at_least,
    awarded_lately,
    certificate_title,
    days_text,
    in_continent,
    nth,
    nth_certificate,
)
from clustermark.reports.printed import printable
from clustermark.scoring.validity import add_months

if TYPE_CHECKING:
    from clustermark.analysis.peers import PeerReport
    from clustermark.reports.announcement_peers import Standing


def build_announcement(
    case: DecidedCase,
    register: Register,
    number: str,
    *,
    as_of: date,
    language: Language,
    peers: PeerReport | None = None,
) -> Announcement:
    """The draft about the certificate `number`, with figures of the register as it stood on `as_of`.

    `peers` is the benchmark of the case, where there is a pool of peers: what the gate of disclosure told of them.
    Raises ProblemsError when the register does not have the certificate on that day, it is not in force then, or the
    benchmark was made under another scheme.
    """
    with use_language(language):
        known = register.known_on(as_of)
        certificate = known.certificate(number)
        state = state_on(certificate, known.acts_of(number), as_of)
        if state not in IN_FORCE | {"unknown"}:
            message = _("Only a certificate in force is announced; on {day} it is {state}.").format(
                day=date_text(as_of), state=_(STATE_WORDS[state])
            )
            raise ProblemsError([Problem("not-in-force", message, Place(register.title), found=number)])
        if peers is not None and peers.scheme_digest != case.scheme_digest:
            message = _("The benchmark was made under another version of the scheme.")
            found, wanted = peers.scheme_digest, case.scheme_digest
            raise ProblemsError([Problem("peers-other", message, Place(case.scheme), found, wanted)])
        return _Draft(case, register, certificate, as_of, peers).announcement(language)


_GAPS = (
    mark("[Quote of the head of the cluster management: what the assessment changed]"),
    mark("[Quote of the chair of the cluster: what the certificate means to its participants and partners]"),
    mark("[Quote of the regional government or agency: what it means for other clusters]"),
    mark("[Contact for the press]"),
)


class _Draft(Figures):
    """Writes the draft, sentence by sentence."""

    def __init__(
        self,
        case: DecidedCase,
        register: Register,
        certificate: Certificate,
        as_of: date,
        benchmark: PeerReport | None,
    ) -> None:
        super().__init__(as_of)
        self.case, self.register, self.certificate = case, register, certificate
        self.benchmark = benchmark

    def announcement(self, language: Language) -> Announcement:
        sentences = [
            [self.visit(), self.indicators(), *self.share(), *self.peers()],
            [self.decision(), *self.places()],
            [*self.assessed(), *self.lately(), *self.in_sector()],
        ]
        paragraphs = [self.pieces(" ".join(paragraph)) for paragraph in sentences if paragraph]
        paragraphs += [[Piece(text=_(gap), gap=True)] for gap in _GAPS]
        return Announcement(
            language=language,
            title=certificate_title(self.certificate.level, self.case.cluster),
            draft=_("Draft. Figures are computed; quotes and the wording are for people to write."),
            notices=self.notices(),
            paragraphs=paragraphs,
            computations=_("How the figures were computed"),
            exact_label=_("Exact value"),
            figures=self.figures,
        )

    def notices(self) -> list[str]:
        found = []
        if not self.register.official:
            found.append(f"{self.register.title}: {self.register.notice}")
        if not self.case.endorsed:
            found.append(f"{local(self.case.scheme_title)}: {local(self.case.notice)}")
        return found

    def visit(self) -> str:
        shown = days_text(self.case.visited_from, self.case.visited_to)
        days = (self.case.visited_to - self.case.visited_from).days + 1
        days_told = ngettext("{n} day", "{n} days", days).format(n=days)
        token = self.figure(
            "visit",
            shown,
            days_told,
            _("Visit on site"),
            _("The first and the last day of the visit, as the case records them."),
            [_("first day"), _("last day")],
            [[date_text(self.case.visited_from), date_text(self.case.visited_to)]],
        )
        if days == 1:
            message = _(
                "On {day}, independent experts visited {cluster} to audit its management system and to evaluate its "
                "work."
            )
            return message.format(day=token, cluster=self.case.cluster)
        message = _(
            "On {days}, independent experts visited {cluster} to audit its management system and to evaluate its work."
        )
        return message.format(days=token, cluster=self.case.cluster)

    def indicators(self) -> str:
        count = len(self.case.indicators)
        token = self.figure(
            "indicators",
            number(count),
            number(count),
            _("Key indicators"),
            _("The indicators of the scheme that give points."),
            [_("code"), _("indicator")],
            [[item.code, local(item.title)] for item in self.case.indicators],
        )
        message = ngettext(
            "They rated {n} key indicator by the method «{scheme}».",
            "They rated {n} key indicators by the method «{scheme}».",
            count,
        )
        return message.format(n=token, scheme=printable(local(self.case.scheme_title)))

    def share(self) -> list[str]:
        share = self.case.share_above
        if share is None or not self.case.above:
            return []
        floor = int(share) // 10 * 10
        exact = Decimal(len(self.case.above) * 100) == floor * len(self.case.compared)
        token = self.figure(
            "share_above",
            f"{number(floor or share)}\N{NO-BREAK SPACE}%",
            _("{share} % ({count} of {of})").format(
                share=number(share), count=len(self.case.above), of=len(self.case.compared)
            ),
            _("Indicators significantly above the required values"),
            _(
                "An indicator is significantly above its required value when its band is at least one better than the "
                "band in which the required value lies. The share is taken over the indicators with a required value."
            ),
            [_("code"), _("indicator")],
            [[item.code, local(item.title)] for item in self.case.above],
        )
        if exact or not floor:
            return [_("{share} of them are significantly above the required values.").format(share=token)]
        return [
            _("More than {share} of them are significantly above the required values.").format(share=token)
        ]

    def decision(self) -> str:
        certificate = self.certificate
        end = end_of(certificate, self.register.known_on(self.as_of).acts_of(certificate.number))
        if certificate.decided_on is None or end is None:
            return _("The certificate has the number {number}.").format(number=certificate.number)
        return _("The certificate {number} was awarded on {day} and is valid until {end}.").format(
            number=certificate.number, day=date_text(certificate.decided_on), end=date_text(end)
        )

    def places(self) -> list[str]:
        """n-th in the sector and continent, n-th in the country, with ties and gaps told."""
        certificate = self.certificate
        continent = continent_of(certificate.country)
        if continent is None or certificate.sector is None or certificate.decided_on is None:
            return []
        wide = Scope(level=certificate.level, sector=certificate.sector, continent=continent)
        near = Scope(level=certificate.level, country=certificate.country)
        of_sector, place = self.place("place_in_sector", wide, _("Place in the sector and on the continent"))
        of_country, here = self.place("place_in_country", near, _("Place in the country"))
        country = place_name(certificate.country or "")
        start = nth_certificate(certificate.level, place)
        names = {
            "certificate": start,
            "sector": sector_name(certificate.sector),
            "continent": in_continent(continent),
            "here": here,
            "country": country,
        }
        message = _(
            "It is the {certificate} {continent} in the sector «{sector}», and the {here} in its country ({country})."
        )
        return [message.format(**names), *reservations(of_sector), *reservations(of_country)]

    def place(self, key: str, scope: Scope, title: str) -> tuple[Statistic, str]:
        """The statistic, and the token of its figure."""
        statistic = ordinal(self.register, self.certificate.number, as_of=self.as_of, scope=scope)
        count = int(statistic.value or 0)
        shown = _("first") if count == 1 else nth(count)
        return statistic, self.counted(key, shown, statistic, title=title)

    def assessed(self) -> list[str]:
        statistic = holders(self.register, as_of=self.as_of)
        count, years = int(statistic.value or 0), [row.year for row in statistic.rows if row.year]
        if not years:
            return []
        floor = at_least(count)
        token = self.counted(
            "assessed",
            number(floor or count),
            statistic,
            title=_("Clusters assessed since the register began"),
        )
        if floor:
            message = _("Since {year}, more than {n} clusters have been assessed by this method.")
        else:
            message = ngettext(
                "Since {year}, {n} cluster has been assessed by this method.",
                "Since {year}, {n} clusters have been assessed by this method.",
                count,
            )
        return [message.format(year=min(years), n=token)]

    def lately(self) -> list[str]:
        """How many of the level below were awarded in the country in the two years up to the decision."""
        level, day, country = self.certificate.level, self.certificate.decided_on, self.certificate.country
        below = LEVELS[LEVELS.index(level) - 1] if level in LEVELS[1:] else None
        if below is None or day is None or country is None:
            return []
        first = add_months(day, -24) + timedelta(days=1)
        statistic = awarded(
            self.register, as_of=self.as_of, scope=Scope(level=below, country=country, first=first, last=day)
        )
        count = int(statistic.value or 0)
        if not count:
            return []
        title = _("Certificates of the level below in the country, in two years")
        token = self.counted("lately", number(count), statistic, title=title)
        told = awarded_lately(below, count, shown=token)
        return [told] if told else []

    def peers(self) -> list[str]:
        """In how many indicators the cluster lies above the medians of its peers and of their leaders."""
        if self.benchmark is None:
            return []
        from clustermark.reports.announcement_peers import among_leaders, among_peers  # noqa: PLC0415 - loads NumPy

        found = []
        standing = among_peers(self.benchmark)
        if standing.rows:
            token = self.standing("peers", standing, _("Indicators above the median of the peers"))
            message = _(
                "Compared with other clusters assessed by the same rules, {share} of the indicators compared lie above "
                "the median of its peers."
            )
            found.append(message.format(share=token))
        leaders = among_leaders(self.benchmark)
        if leaders.rows and leaders.above:
            token = self.standing("leaders", leaders, _("Indicators above the median of the leaders"))
            message = _("Beside the leading clusters of its sector, {share} lie above their median.")
            found.append(message.format(share=token))
        return found

    def standing(self, key: str, standing: Standing, title: str) -> str:
        """A figure that the benchmark gives: so many of so many indicators."""
        assert self.benchmark is not None  # noqa: S101 - asked by the caller
        shown = _("{n} of {of}").format(n=number(standing.above), of=number(len(standing.rows)))
        definition = _(
            "From the benchmark of the edition {edition}, under the scheme version of the case. A median of peers is "
            "told as a range, and only where at least {least} other clusters stand behind it; an indicator counts when "
            "the value of the cluster is better than the whole range. Each line names the group and the number n of "
            "clusters in it. Values of the cluster itself are not told here."
        ).format(edition=self.benchmark.edition, least=self.benchmark.policy.min_peers)
        columns = [_("code"), _("indicator"), _("the cluster"), _("median"), _("group and n")]
        return self.figure(key, shown, shown, title, definition, columns, standing.rows)

    def in_sector(self) -> list[str]:
        """How many holders of the sector on the continent have a certificate in force, of any level."""
        continent, sector = continent_of(self.certificate.country), self.certificate.sector
        if continent is None or sector is None:
            return []
        statistic = in_force(self.register, as_of=self.as_of, scope=Scope(continent=continent, sector=sector))
        count = int(statistic.value or 0)
        if not count:
            return []
        token = self.counted(
            "in_force", number(count), statistic, title=_("Certificates in force in the sector")
        )
        message = ngettext(
            "In this sector, {n} certificate is in force {continent}, of any level.",
            "In this sector, {n} certificates are in force {continent}, of any level.",
            count,
        )
        return [message.format(n=token, continent=in_continent(continent))]

"""Agreement from dossiers: what the experts of each case gave the rated indicators of a scheme.

Only indicators rated by a rubric are compared: a corrected value of a measured indicator is a dispute about
records, not a judgement on a scale.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from clustermark.analysis.agreement.experts import ExpertAgreement, by_expert
from clustermark.analysis.agreement.records import (
    RUBRIC,
    RatingRecord,
    SubjectAgreement,
    by_indicator,
    overall,
    rating_table,
)
from clustermark.analysis.agreement.summary import Agreement, agreement_of
from clustermark.analysis.portfolio import Portfolio
from clustermark.dossiers.dossier import Dossier, Row
from clustermark.ground.documents import Document
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local, ngettext, number
from clustermark.schemes.scheme import Scheme


class RatedIndicator(Document):
    """What was given one indicator, in the order of the panel's experts; null: not rated.

    `apart` is the largest difference between two experts in steps of the scale, null with fewer than two ratings.
    """

    code: str
    title: str
    ratings: list[int | None]
    consensus: int | None
    apart: int | None


class PanelAgreement(Document):
    """The agreement of one case's experts; units are the rated indicators. `words` say it in a sentence."""

    case: str
    experts: list[str]
    indicators: list[RatedIndicator]
    agreement: Agreement
    words: str


class AgreementReport(Document):
    """The agreement of experts over one case or many, as frozen data.

    `indicators` are over all cases, `experts` each beside the others, `overall` over everything. `synthetic`:
    the ratings were made up by a program.
    """

    format: Literal["clustermark-agreement/1"] = "clustermark-agreement/1"
    scheme: str
    scheme_title: str
    scheme_digest: str
    synthetic: bool
    low: int
    high: int
    cases: list[PanelAgreement]
    indicators: list[SubjectAgreement]
    experts: list[ExpertAgreement]
    overall: Agreement

    def to_json(self) -> str:
        """The report as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2) + "\n"


def agreement_report(dossiers: Sequence[Dossier], scheme: Scheme, *, seed: int = 1) -> AgreementReport:
    """How far the experts of these dossiers agree on the rated indicators of `scheme`, in the current language.

    Dossiers of one cluster are told apart by their file names. Raises ProblemsError when a dossier is given
    twice, and when the scheme has no rated indicators.
    """
    titles = rated_titles(scheme)
    names = case_names(dossiers)
    records: list[RatingRecord] = []
    cases = []
    for name, dossier in zip(names, dossiers, strict=True):
        own = list(records_of(dossier, titles, case=name))
        cases.append(panel_agreement(name, own, _consensus(dossier), titles, seed=seed))
        records += own
    return _report(records, cases, scheme, seed, synthetic=False)


def portfolio_agreement(portfolio: Portfolio, scheme: Scheme, *, seed: int = 1) -> AgreementReport:
    """The same over the rating columns of a portfolio: by indicator, by expert and over all, no case by itself.

    A case is a cluster in a year; its ratings count as given on the last day of the year. Raises ProblemsError
    when the scheme has no rated indicators.
    """
    titles = rated_titles(scheme)
    columns = [(place, code) for place, code in enumerate(portfolio.codes) if code in titles]
    cases = zip(portfolio.clusters.tolist(), portfolio.years.tolist(), strict=True)
    named = [(f"{cluster} {year}", date(year, 12, 31)) for cluster, year in cases]
    records = [
        RatingRecord(case=case, indicator=code, expert=rater, rating=rating, rated_on=day)
        for rater, table in zip(portfolio.raters, portfolio.ratings, strict=True)
        for place, code in columns
        for (case, day), rating in zip(named, table[:, place].tolist(), strict=True)
        if rating == rating  # noqa: PLR0124 - only NaN differs from itself
    ]
    return _report(records, [], scheme, seed, synthetic=bool(portfolio.synthetic.any()))


def rated_titles(scheme: Scheme) -> dict[str, str]:
    """Code → title of the indicators that experts rate. Raises ProblemsError when there are none."""
    rated = [item for item in scheme.document.indicators if item.scale == "rubric"]
    if not rated:
        message = _("The scheme has no indicators that experts rate, so there is nothing to compare.")
        raise ProblemsError([Problem("scheme-without-ratings", message, Place(scheme.source))])
    return {item.code: local(item.title) for item in rated}


def _report(
    records: Sequence[RatingRecord],
    cases: list[PanelAgreement],
    scheme: Scheme,
    seed: int,
    *,
    synthetic: bool,
) -> AgreementReport:
    order = list(rated_titles(scheme))
    return AgreementReport(
        scheme=scheme.id,
        scheme_title=local(scheme.document.title),
        scheme_digest=scheme.digest,
        synthetic=synthetic,
        low=RUBRIC[0],
        high=RUBRIC[-1],
        cases=cases,
        indicators=sorted(by_indicator(records, seed=seed), key=lambda found: order.index(found.subject)),
        experts=by_expert(records),
        overall=overall(records, seed=seed),
    )


def records_of(dossier: Dossier, codes: Collection[str], *, case: str) -> Iterator[RatingRecord]:
    """The experts' ratings of the indicators `codes`, as the table `ratings` states them."""
    for row in dossier.rows("ratings"):
        values = row.values
        if values.get("view") == "expert" and values.get("indicator") in codes:
            rated_on = values.get("rated_on")
            rating = _rating(row)
            yield RatingRecord(
                case=case,
                indicator=str(values["indicator"]),
                expert=str(values.get("rater") or _("Expert")),
                rating=None if rating is None else float(rating),
                rated_on=rated_on if isinstance(rated_on, date) else None,
            )


def case_names(dossiers: Sequence[Dossier]) -> list[str]:
    """A name for each dossier: its cluster's, with the name of the file where a cluster has several."""
    clusters = [str(dossier.profile.get("name") or Path(dossier.source).name) for dossier in dossiers]
    names = [
        f"{cluster} ({Path(dossier.source).name})" if clusters.count(cluster) > 1 else cluster
        for cluster, dossier in zip(clusters, dossiers, strict=True)
    ]
    doubled = {
        name: dossier.source for name, dossier in zip(names, dossiers, strict=True) if names.count(name) > 1
    }
    if doubled:
        message = _("Two dossiers cannot be told apart: the same cluster and the same file name.")
        raise ProblemsError(
            [Problem("dossier-twice", message, Place(source), found=name) for name, source in doubled.items()]
        )
    return names


def _consensus(dossier: Dossier) -> dict[str, int | None]:
    return {
        str(row.values.get("indicator")): _rating(row)
        for row in dossier.rows("ratings")
        if row.values.get("view") == "consensus"
    }


def _rating(row: Row) -> int | None:
    rating = row.values.get("rating")
    return rating if isinstance(rating, int) else None


def panel_agreement(
    case: str,
    records: Sequence[RatingRecord],
    consensus: Mapping[str, int | None],
    titles: Mapping[str, str],
    *,
    seed: int = 1,
) -> PanelAgreement:
    """The agreement of one case's experts on the indicators in `titles` (code → title), in the current language."""
    given = {(record.indicator, record.expert): record.rating for record in records}
    experts, table = rating_table(records, lambda record: record.indicator)
    rows = []
    for code, title in titles.items():
        found = [given.get((code, expert)) for expert in experts]
        ratings = [None if rating is None else int(rating) for rating in found]
        known = [rating for rating in ratings if rating is not None]
        apart = max(known) - min(known) if len(known) > 1 else None
        if known or consensus.get(code) is not None:
            rows.append(
                RatedIndicator(
                    code=code, title=title, ratings=ratings, consensus=consensus.get(code), apart=apart
                )
            )
    return PanelAgreement(
        case=case,
        experts=experts,
        indicators=rows,
        agreement=agreement_of(table, RUBRIC, seed=seed),
        words=_words(rows),
    )


def _words(rows: Sequence[RatedIndicator]) -> str:
    """How many indicators were rated alike, and where the experts stand furthest apart."""
    apart = [row for row in rows if row.apart is not None]
    if not apart:
        return _("No indicator was rated by two experts, so nothing can be compared.")
    alike = sum(row.apart == 0 for row in apart)
    if alike == len(apart):
        return ngettext(
            "The experts gave the one indicator rated twice the same rating.",
            "The experts gave all {n} indicators the same rating.",
            alike,
        ).format(n=number(alike))
    widest = max(row.apart for row in apart if row.apart is not None)
    codes = ", ".join(row.code for row in apart if row.apart == widest)
    sentence = ngettext(
        "The experts gave {alike} of {all} indicators the same rating; they stand furthest apart, by {n} step, on"
        " {codes}.",
        "The experts gave {alike} of {all} indicators the same rating; they stand furthest apart, by {n} steps, on"
        " {codes}.",
        widest,
    )
    return sentence.format(alike=number(alike), all=number(len(apart)), n=number(widest), codes=codes)

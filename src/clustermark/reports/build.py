"""Builds the report model from a scorecard."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from clustermark.ground.exact import half_up
from clustermark.ground.texts import Language, date_text, ngettext, number, use_language
from clustermark.ground.texts import gettext as _
from clustermark.reports.analyses import Analyses
from clustermark.reports.indicators import indicator_block
from clustermark.reports.levels import gate_block, level_block, level_mark, next_level
from clustermark.reports.method import caution, example_legend, legend, method, provenance
from clustermark.reports.model import DimensionRow, Report, Row, Summary
from clustermark.reports.sections import sections_of
from clustermark.reports.words import (
    EXAMPLE_SIGN,
    NBSP,
    NOTHING,
    country_text,
    figure,
    fixed_words,
    sector_text,
    view_text,
)
from clustermark.scoring.scorecard import DimensionScore, Scorecard


def build_report(scorecard: Scorecard, *, language: Language, analyses: Analyses | None = None) -> Report:
    """The report on `scorecard`, its own words in `language`.

    The words of the scheme (titles, units, explanations) are already in the scorecard's language: assess in
    the language of the reader to get one language throughout.
    """
    with use_language(language):
        blocks = [indicator_block(score) for score in scorecard.indicators]
        return Report(
            language=language,
            title=_("Assessment report: {cluster}").format(cluster=scorecard.cluster),
            author="Clustermark",
            as_of=scorecard.as_of,
            words=fixed_words(),
            example_sign=EXAMPLE_SIGN,
            example_legend=example_legend(scorecard.provenance),
            summary=_summary(scorecard),
            dimensions=[_dimension_row(dimension, scorecard) for dimension in scorecard.dimensions],
            indicators=blocks,
            gates=[gate_block(gate) for gate in scorecard.gates],
            levels=[level_block(level) for level in scorecard.levels],
            next_level=next_level(scorecard, blocks),
            sections=sections_of(analyses or Analyses(), scorecard),
            method=method(scorecard),
            provenance=provenance(scorecard.provenance),
            legend=legend(scorecard),
        )


def _summary(scorecard: Scorecard) -> Summary:
    example = scorecard.provenance.example_values > 0
    points = figure(scorecard.points, example=example)
    points_text = _("{points} of {max_points}").format(
        points=points.text, max_points=number(scorecard.max_points)
    )
    minimums = _minimums(scorecard)
    level = scorecard.level_title or _("no level")
    return Summary(
        cluster=scorecard.cluster,
        scheme=_("{scheme}, version {version}").format(
            scheme=scorecard.scheme_title, version=scorecard.scheme_version
        ),
        view=view_text(scorecard.view),
        as_of=date_text(scorecard.as_of),
        level=level,
        level_reached=scorecard.level is not None,
        marks=[level_mark(item) for item in scorecard.levels],
        key_figures=[
            Row(label=_("Points"), text=points_text),
            Row(label=_("Minimum requirements met"), text=_minimum_count(scorecard)),
            Row(label=_("Significantly above the required value"), text=_share(scorecard)),
        ],
        rows=_rows(scorecard),
        points=points,
        max_points=figure(scorecard.max_points),
        minimums=minimums,
        margin=_margin(scorecard),
        paragraph=_paragraph(scorecard, points.text, minimums),
        decision=_(
            "This report is the basis of a decision and not the decision itself: a committee that took "
            "no part in "
            "the assessment decides whether the label is awarded."
        ),
        caution=caution(scorecard.provenance),
    )


def _rows(scorecard: Scorecard) -> list[Row]:
    rows = [
        Row(label=_("Cluster"), text=scorecard.cluster),
        Row(label=_("Sector"), text=sector_text(scorecard.sector)),
        Row(label=_("Country"), text=country_text(scorecard.country)),
        Row(label=_("Scheme"), text=scorecard.scheme_title),
        Row(label=_("Version"), text=scorecard.scheme_version),
        Row(label=_("Values scored"), text=view_text(scorecard.view)),
        Row(label=_("Reference date"), text=date_text(scorecard.as_of)),
    ]
    if scorecard.valid_until is not None:
        rows.append(
            Row(label=_("Valid until, if awarded now"), text=date_text(scorecard.valid_until)),
        )
    return rows


def _minimum_numbers(scorecard: Scorecard) -> tuple[int, int]:
    """Minimum requirements met, and how many there are."""
    total = sum(score.minimum for score in scorecard.indicators)
    return total - len(scorecard.minimums_missed), total


def _minimum_count(scorecard: Scorecard) -> str:
    met, total = _minimum_numbers(scorecard)
    return _("{met} of {total}").format(met=number(met), total=number(total)) if total else NOTHING


def _minimums(scorecard: Scorecard) -> str:
    met, total = _minimum_numbers(scorecard)
    if not total:
        return _("The scheme states no minimum requirements.")
    if met == total:
        return ngettext(
            "The one minimum requirement is met.", "All {n} minimum requirements are met.", total
        ).format(n=number(total))
    return ngettext(
        "{n} of {total} minimum requirements is missed: {codes}.",
        "{n} of {total} minimum requirements are missed: {codes}.",
        total - met,
    ).format(n=number(total - met), total=number(total), codes=", ".join(scorecard.minimums_missed))


def _share(scorecard: Scorecard) -> str:
    """`23 of 30 (76.7 %)`."""
    statistic = scorecard.significantly_above
    if statistic.share is None:
        return NOTHING
    return _("{count} of {of} ({share})").format(
        count=number(statistic.count), of=number(statistic.of), share=number(statistic.share) + NBSP + "%"
    )


def _margin(scorecard: Scorecard) -> str:
    if scorecard.significantly_above.share is None:
        return _("No indicator has a required value, so there is no margin statistic.")
    return _("{share} significantly above the required value").format(share=_share(scorecard))


def _paragraph(scorecard: Scorecard, points: str, minimums: str) -> str:
    """The result in plain words."""
    names = {
        "cluster": scorecard.cluster,
        "view": view_text(scorecard.view),
        "date": date_text(scorecard.as_of),
        "scheme": scorecard.scheme_title,
        "level": scorecard.level_title,
    }
    if scorecard.level is None:
        opening = _(
            "{cluster} reaches no level of the scheme “{scheme}” as of {date} (values scored: {view})."
        )
    else:
        opening = _(
            "{cluster} reaches the level “{level}” of the scheme “{scheme}” as of {date} (values scored: "
            "{view})."
        )
    sentences = [opening.format(**names)]
    if scorecard.max_points:
        sentences.append(
            _("It earns {points} of {max_points} points.").format(
                points=points, max_points=number(scorecard.max_points)
            )
        )
    if any(score.minimum for score in scorecard.indicators):
        sentences.append(minimums)
    if scorecard.significantly_above.share is not None:
        sentences.append(
            _("Indicators significantly above their required value: {share}.").format(share=_share(scorecard))
        )
    return " ".join(sentences)


def _dimension_row(dimension: DimensionScore, scorecard: Scorecard) -> DimensionRow:
    example = scorecard.provenance.example_values > 0
    share: Decimal | None = None
    if dimension.max_points:
        share = half_up(100 * Fraction(dimension.points) / Fraction(dimension.max_points), 1)
    return DimensionRow(
        code=dimension.code,
        title=dimension.title,
        points=figure(dimension.points, example=example),
        max_points=figure(dimension.max_points),
        share=figure(share, "%"),
        above=_("{count} of {of}").format(
            count=number(dimension.significantly_above), of=number(dimension.indicators)
        ),
    )

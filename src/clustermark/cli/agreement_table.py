"""The agreement of experts as lines for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from clustermark.analysis.agreement import Agreement, Estimate
from clustermark.analysis.agreement.coefficients import coefficients_of
from clustermark.analysis.agreement.estimates import decimals
from clustermark.analysis.agreement.panel import AgreementReport, PanelAgreement
from clustermark.cli.tables import table, width
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number

NOTHING = "–"


def agreement_lines(report: AgreementReport) -> Iterator[str]:
    """The report: every case, then indicators and experts over all of them."""
    yield _("Agreement of the experts, scheme {scheme}").format(scheme=report.scheme_title)
    if report.synthetic:
        yield _("SYNTHETIC DATA: made up by a program.")
    for case in report.cases:
        yield from ("", case.case, "=" * min(len(case.case), width()))
        yield from _panel(case)
    if len(report.cases) != 1:
        heading = _("All cases together")
        yield from ("", heading, "=" * len(heading))
        yield from _coefficients(report.overall)
        yield from ("", _("Indicators over all cases"))
        yield from _indicators(report)
    yield from ("", _("Experts beside the others"))
    yield from _experts(report)


def _panel(case: PanelAgreement) -> Iterator[str]:
    yield from _wrapped(case.words)
    if case.experts:
        heads = (_("code"), _("indicator"), *case.experts, _("consensus"), _("apart"))
        rows = [
            (
                row.code,
                row.title,
                *(number(rating) for rating in row.ratings),
                number(row.consensus),
                number(row.apart),
            )
            for row in case.indicators
        ]
        yield ""
        yield from table([heads, *rows], ["left", "left", *(["right"] * (len(heads) - 2))], stretch=1)  # type: ignore[list-item]  # a list of literals
    yield ""
    yield from _coefficients(case.agreement)


def _coefficients(agreement: Agreement) -> Iterator[str]:
    """Every coefficient with its interval; kappa and AC in one line."""
    lines = coefficients_of(agreement)
    heads = (_("coefficient"), _("value"), _("95 % from"), _("to"))
    rows = [(line.title, *_numbers(line.estimate)) for line in lines]
    yield from table([heads, *rows], ["left", "right", "right", "right"], stretch=0)
    yield ""
    told = {line.words: line.title for line in reversed(lines)}
    for line in lines:
        if told.get(line.words) == line.title:
            yield from _wrapped(f"{line.title}: {line.words}", indent="  ")


def _numbers(estimate: Estimate) -> tuple[str, str, str]:
    return tuple(
        NOTHING if each is None else decimals(each) for each in (estimate.value, estimate.low, estimate.high)
    )  # type: ignore[return-value]  # three of them


def _indicators(report: AgreementReport) -> Iterator[str]:
    heads = (_("code"), _("cases"), _("equal"), _("AC2 (quadratic)"), _("kappa (quadratic)"))
    rows = []
    for found in report.indicators:
        agreement = found.agreement
        percent, pair = agreement.percent.value, agreement.quadratic
        rows.append(
            (
                found.subject,
                number(agreement.compared),
                NOTHING if percent is None else decimals(100 * percent) + " %",
                _numbers(pair.ac)[0],
                _numbers(pair.kappa)[0],
            )
        )
    yield from table([heads, *rows], ["left", "right", "right", "right", "right"])


def _experts(report: AgreementReport) -> Iterator[str]:
    for expert in report.experts:
        words = _("{expert} ({n} ratings compared): {severity} {drift}")
        yield from _wrapped(
            words.format(
                expert=expert.expert,
                n=number(expert.compared),
                severity=expert.severity.words,
                drift=expert.drift.words,
            ),
            indent="  ",
        )


def _wrapped(text: str, *, indent: str = "") -> Sequence[str]:
    return textwrap.wrap(text, width(), subsequent_indent=indent)

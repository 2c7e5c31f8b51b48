"""`clustermark audit`: the statistical audit of a scheme over a round of a portfolio."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import Format, LanguageChoice, LanguageOption
from clustermark.cli.output import say, say_problems
from clustermark.cli.tables import width
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number, use_language

if TYPE_CHECKING:
    from clustermark.analysis.audit import Finding, SchemeAudit
    from clustermark.analysis.audit.audit import Progress


def audit(
    scheme: Annotated[str, typer.Argument(help="Id of a shipped scheme, or a scheme file.")],
    portfolio: Annotated[Path, typer.Argument(help="Portfolio: a CSV file, or a folder with portfolio.csv.")],
    round: Annotated[int | None, typer.Option("--round", help="Year; the last one if not given.")] = None,  # noqa: A002 - the option's name
    report: Annotated[
        list[Path] | None,
        typer.Option(help="Also write the audit: .pdf or .json; may be given several times."),
    ] = None,
    format: Annotated[Format, typer.Option(help="What to print.")] = Format.table,  # noqa: A002 - the option's name
    seed: Annotated[int, typer.Option(min=0, help="Seed of random weights and bootstraps.")] = 1,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Audit a scheme: is it balanced, robust, and fairly used? Findings in words, figures in the report."""
    from clustermark.analysis.audit import audit_scheme  # noqa: PLC0415 - NumPy loads only when needed
    from clustermark.analysis.portfolio import read_portfolio  # noqa: PLC0415 - as above
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - as above

    with use_language(lang.value):
        loaded = Scheme.load(scheme)
        table = read_portfolio(portfolio, codes=[item.code for item in loaded.document.indicators])
        say_problems(table.warnings)
        with _progress() as progress:
            found = audit_scheme(loaded, table, round=round, seed=seed, progress=progress)
        for path in report or []:
            from clustermark.reports.audit_report import write_audit  # noqa: PLC0415 - loads charts and typst

            write_audit(found, path, language=lang.value)
        if format is Format.json:
            say(found.to_json().rstrip("\n"))
            return
        for line in audit_lines(found):
            say(line)
        for path in report or []:
            say(_("Report: {path}").format(path=path))


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import Progress as Bar  # noqa: PLC0415 - as above

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Auditing"), total=None)

        def step(_name: str, position: int, of: int) -> None:
            bar.update(task, completed=position, total=of)

        yield step


def audit_lines(found: SchemeAudit) -> Iterator[str]:
    """The summary for a terminal: what was audited, and the findings, worst first."""
    yield _("{scheme}, version {version}: audit of the round {year}").format(
        scheme=found.scheme_title, version=found.scheme_version, year=found.round
    )
    if found.synthetic:
        yield _("SYNTHETIC DATA: made up by a program; the figures say nothing of the scheme in use.")
    if found.provenance.example_values:
        yield _("{n} values of the scheme are examples and not official.").format(
            n=number(found.provenance.example_values)
        )
    yield _("{n} clusters").format(n=number(found.n))
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in found.findings:
        groups.setdefault((finding.severity, finding.words, finding.suggestion), []).append(finding)
    names = {"serious": _("serious"), "notable": _("notable"), "note": _("note")}
    for (severity, words, suggestion), same in groups.items():
        yield ""
        yield from _wrapped(f"{names[severity]}: {words}", "")
        for finding in same:
            yield from _wrapped(f"- {finding.where}: {finding.figure}", "  ")
        yield from _wrapped(f"→ {suggestion}", "  ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, width(), initial_indent=indent, subsequent_indent=indent + "  ")

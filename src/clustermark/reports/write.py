"""Writes a report in the formats that the endings of the paths ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import Language
from clustermark.ground.texts import gettext as _
from clustermark.reports.analyses import Analyses, report_json
from clustermark.reports.build import build_report
from clustermark.reports.model import Report
from clustermark.scoring.scorecard import Scorecard

ENDINGS = (".pdf", ".docx", ".xlsx", ".html", ".json")


def write_reports(
    scorecard: Scorecard,
    paths: list[Path],
    *,
    language: Language,
    template: Path | None = None,
    analyses: Analyses | None = None,
) -> None:
    """Write the report on `scorecard` to each path, in the format of its ending, in `language`.

    `.json` is the scorecard itself, with `analyses` beside it where there are any; in the other formats they are
    sections. `template` is a Word document of your own for `.docx`. Every report is
    made before the first file is written. The same scorecard and language give the same bytes.

    Raises ProblemsError for an ending that is not known, a template that cannot be used, and a path that
    cannot be written.
    """
    problems = ProblemList()
    for path in paths:
        if path.suffix.lower() not in ENDINGS:
            problems.add(
                Problem(
                    "report-ending-unknown",
                    _("The ending of the file names no report format."),
                    Place(str(path)),
                    found=path.suffix or _("no ending"),
                    allowed=", ".join(ENDINGS),
                )
            )
    problems.raise_errors()
    if not paths:
        return
    asked = analyses or Analyses()
    report = build_report(scorecard, language=language, analyses=asked)
    renderers = _renderers(scorecard, asked, template)
    files = {path: renderers[path.suffix.lower()](report) for path in paths}
    for path, content in files.items():
        try:
            path.write_bytes(content)
        except OSError as error:
            problems.add(
                Problem(
                    "report-not-written",
                    _("The report cannot be written here: {reason}.").format(reason=error.strerror or error),
                    Place(str(path)),
                )
            )
    problems.raise_errors()


def _renderers(
    scorecard: Scorecard, analyses: Analyses, template: Path | None
) -> dict[str, Callable[[Report], bytes]]:
    """One renderer an ending; each brings its libraries only when it is called."""

    def pdf(report: Report) -> bytes:
        from clustermark.reports.pdf import render_pdf  # noqa: PLC0415 - loads typst

        return render_pdf(report)

    def word(report: Report) -> bytes:
        from clustermark.reports.word import render_word  # noqa: PLC0415 - loads docxtpl

        return render_word(report, template=template)

    def excel(report: Report) -> bytes:
        from clustermark.reports.excel import render_excel  # noqa: PLC0415 - loads XlsxWriter

        return render_excel(report)

    def page(report: Report) -> bytes:
        from clustermark.reports.page import render_page  # noqa: PLC0415 - loads Jinja

        return render_page(report)

    return {
        ".pdf": pdf,
        ".docx": word,
        ".xlsx": excel,
        ".html": page,
        ".json": lambda _report: report_json(scorecard, analyses).encode(),
    }

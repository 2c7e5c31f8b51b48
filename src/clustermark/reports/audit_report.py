"""The report on a scheme's audit: one model, laid out as PDF by the machinery of all reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from clustermark.analysis.audit.result import SchemeAudit
from clustermark.ground.problems import Place as ProblemPlace
from clustermark.ground.problems import Problem, ProblemsError
from clustermark.ground.texts import Language, number, use_language
from clustermark.ground.texts import gettext as _
from clustermark.reports.audit_cuts import agreement_section, bunching_section, chance_section
from clustermark.reports.audit_model import AuditReport, FindingBlock, Place
from clustermark.reports.audit_results import removal_section, scenario_section, weight_section
from clustermark.reports.audit_sections import correlation_section, data_section, structure_section
from clustermark.reports.audit_words import SEVERITIES, count_told, fixed_words
from clustermark.reports.method import caution, example_legend, provenance
from clustermark.reports.model import Note, Row
from clustermark.reports.words import EXAMPLE_SIGN, NARROW_NBSP

ENDINGS = (".pdf", ".json")


def build_audit_report(audit: SchemeAudit, *, language: Language) -> AuditReport:
    """The report on `audit`; findings keep the language in which the audit was made, so use the same."""
    with use_language(language):
        words = fixed_words()
        return AuditReport(
            language=language,
            title=_("Audit of {scheme}, {year}").format(scheme=audit.scheme_title, year=audit.round),
            author="Clustermark",
            scheme=_("{scheme}, version {version}").format(
                scheme=audit.scheme_title, version=audit.scheme_version
            ),
            round=audit.round,
            words=words,
            example_legend=example_legend(audit.provenance),
            synthetic=_synthetic(audit),
            banner=caution(audit.provenance),
            key_figures=_key_figures(audit),
            introduction=_introduction(audit),
            findings=_findings(audit),
            sections=[
                data_section(audit),
                correlation_section(audit),
                structure_section(audit),
                weight_section(audit, words),
                removal_section(audit),
                scenario_section(audit, words),
                bunching_section(audit, words),
                agreement_section(audit),
                chance_section(audit),
            ],
            method=_method(audit),
            rows=_rows(audit),
            provenance=provenance(audit.provenance),
        )


def _synthetic(audit: SchemeAudit) -> str:
    """What must be said loudest; empty for real data."""
    if not audit.synthetic:
        return ""
    return _(
        "SYNTHETIC DATA: every cluster in this audit was made up by a program. The figures show how the audit "
        "works; they say nothing of the scheme in use."
    )


def _key_figures(audit: SchemeAudit) -> list[Row]:
    sign = NARROW_NBSP + EXAMPLE_SIGN if audit.provenance.example_values else ""
    counts = {severity: sum(f.severity == severity for f in audit.findings) for severity in SEVERITIES}
    figures = [
        Row(label=_("Clusters in the round {year}").format(year=audit.round), text=number(audit.n)),
        Row(
            label=_("Findings: serious, notable, notes"),
            text=" / ".join(number(counts[severity]) for severity in SEVERITIES),
        ),
    ]
    if audit.levels:
        top = audit.levels[-1]
        figures.append(
            Row(
                label=_("Reach {level} by points and minimums").format(level=top.title),
                text=count_told(top.count) + sign,
            )
        )
    return figures


def _introduction(audit: SchemeAudit) -> list[str]:
    texts = [
        _(
            "This audit asks whether the scheme measures what it says, in balance, and whether its results would "
            "stand if its author had chosen otherwise. It follows the handbook of the OECD and the Joint Research "
            "Centre (2008) and the practice of the Centre's statistical audits. It judges the scheme, not the "
            "clusters; none can be recognised in it."
        )
    ]
    if audit.left_out is None:
        texts.append(_("A few rows of the round were measured under other schemes and are left out."))
    elif audit.left_out:
        texts.append(
            _("{n} rows of the round were measured under other schemes and are left out.").format(
                n=number(audit.left_out)
            )
        )
    return texts


def _findings(audit: SchemeAudit) -> list[FindingBlock]:
    """Findings that say the same share a block."""
    groups: dict[tuple[str, str, str], list[Place]] = {}
    for finding in audit.findings:
        key = (finding.severity, finding.words, finding.suggestion)
        groups.setdefault(key, []).append(Place(where=finding.where, figure=finding.figure))
    blocks = []
    for (severity, words, suggestion), places in groups.items():
        sign, word = next(value for name, value in SEVERITIES.items() if name == severity)
        blocks.append(
            FindingBlock(
                sign=sign,
                severity=_(word),
                strong=severity == "serious",
                words=words,
                suggestion=suggestion,
                places=places,
            )
        )
    return blocks


def _method(audit: SchemeAudit) -> Note:
    return Note(
        title=_("Method and limits"),
        paragraphs=[
            _(
                "Points are those of the scheme's bands. Correlations, alpha and components use points, turned so that "
                "more is better; Spearman's correlations use the values. Every figure rests on the clusters that have "
                "what it needs, and says how many; nothing is filled in except in the scenarios that say so."
            ),
            _(
                "Counts below {least} are hidden, and so is what rests on fewer clusters, and a count that leaves out "
                "fewer; smallest and largest values are not told; ranks are shown for groups. "
                "Levels are reached here by points and minimums at hand; facts that a portfolio does not hold leave a "
                "level undecided."
            ).format(least=number(audit.min_told)),
            _(
                "Limits such as 0.3, 0.7 or 0.92 are customs, not laws. One round shows correlation, not cause: a "
                "finding is a question to the scheme's owner."
            ),
        ],
    )


def _rows(audit: SchemeAudit) -> list[Row]:
    return [
        Row(label=_("Scheme"), text=audit.scheme_title),
        Row(label=_("Identifier and version"), text=f"{audit.scheme}, {audit.scheme_version}"),
        Row(label=_("Digest of the scheme"), text=audit.scheme_digest),
        Row(label=_("Portfolio"), text=audit.source),
        Row(label=_("Round"), text=str(audit.round)),
        Row(label=_("Data"), text=_("synthetic") if audit.synthetic else _("as supplied by the owner")),
        Row(label=_("Seed"), text=str(audit.seed)),
    ]


def render_audit(report: AuditReport) -> bytes:
    """The report as a tagged PDF (PDF/UA-1) in A4; the same report gives the same bytes."""
    from clustermark.reports import charts  # noqa: PLC0415 - starts a JavaScript engine
    from clustermark.reports.pdf import typeset  # noqa: PLC0415 - loads typst

    data = report.model_dump(mode="json")
    for section in data["sections"]:
        for picture in section["pictures"]:
            picture["svg"] = charts.svg(picture.pop("chart"))
    return typeset("audit.typ", data, day=date(report.round, 12, 31))


def write_audit(audit: SchemeAudit, path: Path, *, language: Language) -> None:
    """Write the audit to `path`: `.pdf` the report in `language`, `.json` the audit itself.

    Raises ProblemsError for another ending and for a path that cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ProblemsError(
            [
                Problem(
                    "report-ending-unknown",
                    _("The ending of the file names no report format."),
                    ProblemPlace(str(path)),
                    found=path.suffix or _("no ending"),
                    allowed=", ".join(ENDINGS),
                )
            ]
        )
    report = audit.to_json().encode() if ending == ".json" else None
    content = report or render_audit(build_audit_report(audit, language=language))
    try:
        path.write_bytes(content)
    except OSError as error:
        message = _("The report cannot be written here: {reason}.").format(reason=error.strerror or error)
        raise ProblemsError([Problem("report-not-written", message, ProblemPlace(str(path)))]) from error

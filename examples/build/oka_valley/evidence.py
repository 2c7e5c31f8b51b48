"""The evidence of Oka Valley: which file proves what, when it was written and when received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from common.folder import Evidence, Tables
from common.paper import Paper
from common.printing import Sheet, pdf, word, workbook
from oka_valley.papers import organisation, planning, recognition, work

FIRST_BATCH, SECOND_BATCH, ON_SITE = date(2025, 10, 1), date(2025, 10, 13), date(2025, 10, 25)
"""Days on which the secretariat received files: with the application, later, and on the visit."""


def evidence(tables: Tables) -> list[Evidence]:
    """All evidence files with their rows."""
    return [
        _pdf("E01", "Register of participants", "participant_list", "participants-register", organisation.register(tables), FIRST_BATCH, "1.1.0 1.1.1 1.1.2 1.2 2.3", "table, pages 1–3"),
        _pdf("E02", "Statutes, English extract", "statutes", "statutes-extract", organisation.statutes(), FIRST_BATCH, "2.1 2.4", "§§ 1, 6–9"),
        _pdf("E03", "Strategy 2024–2028, short version", "strategy", "strategy-2024-2028", planning.strategy(), FIRST_BATCH, "4.1.1 4.1.2 4.2"),
        _xlsx("E04", "Implementation plan 2025–2026", "plan", "implementation-plan", planning.plan(tables), date(2025, 9, 30), FIRST_BATCH, "4.1.3", "sheet Plan 2025-2026"),
        _docx("E05", "Minutes of the review, 20 February 2025", "minutes", "review-minutes-2025", planning.review(), FIRST_BATCH, "4.1.1 4.1.5"),
        _pdf("E06", "Organisation chart and tasks", "organisation_chart", "organisation-chart", organisation.chart(tables), FIRST_BATCH, "2.2.1 2.4"),
        _docx("E07", "Qualification of the team", "cv", "team-qualification", organisation.qualification(tables), FIRST_BATCH, "2.2.2 2.2.4"),
        _xlsx("E08", "Training records of the team", "training_record", "training-records", organisation.training(tables), date(2025, 10, 10), SECOND_BATCH, "2.2.3", "sheet By person"),
        _xlsx("E09", "Log of bilateral meetings", "contact_log", "contact-log", work.contact_log(tables), date(2025, 10, 24), ON_SITE, "2.5", "sheet Last met"),
        _pdf("E10", "List of joint projects", "project_list", "project-list", work.project_list(tables), FIRST_BATCH, "2.6"),
        _docx("E11", "Minutes of the working groups 2024/25", "minutes", "group-minutes", work.minutes(tables), FIRST_BATCH, "2.6 4.5"),
        _pdf("E12", "Agreements, with the memorandum of Novi Sad", "agreement", "agreements", work.agreements(tables), FIRST_BATCH, "2.7"),
        _xlsx("E13", "Budget 2025 and accounts 2022–2024", "accounts", "budget-and-accounts", planning.accounts(tables), date(2025, 9, 30), SECOND_BATCH, "3.2 4.1.4", "sheet Accounts 2024"),
        _pdf("E14", "Subsidy 2026, with list of secured funds", "grant_contract", "subsidy-2026", planning.grant(tables), FIRST_BATCH, "3.1", "annex"),
        _pdf("E15", "Controlling and targets, third quarter 2025", "report", "controlling-targets-2025-q3", planning.report(tables), SECOND_BATCH, "4.1.4 4.1.6 4.4"),
        _pdf("E16", "Activity report 2024/25 with catalogue of services", "service_catalogue", "activity-report", work.activity_report(tables), FIRST_BATCH, "4.3 4.6.1"),
        _pdf("E17", "Newsletter 5/2025", "newsletter", "newsletter-2025-5", recognition.newsletter(), FIRST_BATCH, "4.6.1"),
        _pdf("E18", "Protocol of the web presence", "web_page", "web-presence", recognition.website(tables), ON_SITE, "4.6.1 4.6.2"),
        _pdf("E19", "Press file", "press", "press-file", recognition.press_file(tables), ON_SITE, "5.1"),
        _pdf("E20", "Three success stories", "story", "success-stories", recognition.stories(tables), FIRST_BATCH, "5.2"),
        _pdf("E21", "Report on the member survey 2025", "survey", "member-survey-2025", recognition.survey(tables), FIRST_BATCH, "5.3"),
        _docx("E22", "Record of the second bronze interview", "report", "bronze-interview-2025", recognition.interview(), FIRST_BATCH, "2.5 4.1.6 4.6.2"),
    ]


def _pdf(number: str, title: str, kind: str, name: str, paper: Paper, received: date, codes: str, page: str = "") -> Evidence:
    return _file(number, title, kind, f"{name}.pdf", pdf(paper), paper.dated, received, codes, page)


def _docx(number: str, title: str, kind: str, name: str, paper: Paper, received: date, codes: str, page: str = "") -> Evidence:
    return _file(number, title, kind, f"{name}.docx", word(paper), paper.dated, received, codes, page)


def _xlsx(number: str, title: str, kind: str, name: str, sheets: Sequence[Sheet], dated: date, received: date, codes: str, page: str = "") -> Evidence:
    book = workbook(title, "Association Oka Valley Pharma", dated, sheets)
    return _file(number, title, kind, f"{name}.xlsx", book, dated, received, codes, page)


def _file(number: str, title: str, kind: str, name: str, content: bytes, dated: date, received: date, codes: str, page: str) -> Evidence:
    return Evidence(
        evidence_id=number,
        title=title,
        kind=kind,
        file=name,
        own_date=dated,
        received_on=received,
        indicators=codes.split(),
        content=content,
        page=page,
    )

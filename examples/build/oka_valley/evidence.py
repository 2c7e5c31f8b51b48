"""The evidence of Oka Valley: which file proves what, when it was written and when received."""

from __future__ import annotations

from datetime import date

from common.filing import filed, filed_book
from common.folder import Evidence, Tables
from oka_valley.papers import organisation, planning, recognition, work

AUTHOR = "Association Oka Valley Pharma"
FIRST_BATCH, SECOND_BATCH, ON_SITE = date(2025, 10, 1), date(2025, 10, 13), date(2025, 10, 25)
"""Days on which the secretariat received files: with the application, later, and on the visit."""


def evidence(tables: Tables) -> list[Evidence]:
    """All evidence files with their rows."""
    return [
        filed("E01", "participant_list", "participants-register.pdf", organisation.register(tables), title="Register of participants", received=FIRST_BATCH, proves="1.1.0 1.1.1 1.1.2 1.2 2.3", page="table, pages 1–3"),
        filed("E02", "statutes", "statutes-extract.pdf", organisation.statutes(), title="Statutes, English extract", received=FIRST_BATCH, proves="2.1 2.4", page="§§ 1, 6–9"),
        filed("E03", "strategy", "strategy-2024-2028.pdf", planning.strategy(), title="Strategy 2024–2028, short version", received=FIRST_BATCH, proves="4.1.1 4.1.2 4.2"),
        filed_book("E04", "plan", "implementation-plan.xlsx", planning.plan(tables), title="Implementation plan 2025–2026", author=AUTHOR, dated=date(2025, 9, 30), received=FIRST_BATCH, proves="4.1.3", page="sheet Plan 2025-2026"),
        filed("E05", "minutes", "review-minutes-2025.docx", planning.review(), title="Minutes of the review, 20 February 2025", received=FIRST_BATCH, proves="4.1.1 4.1.5"),
        filed("E06", "organisation_chart", "organisation-chart.pdf", organisation.chart(tables), title="Organisation chart and tasks", received=FIRST_BATCH, proves="2.2.1 2.4"),
        filed("E07", "cv", "team-qualification.docx", organisation.qualification(tables), title="Qualification of the team", received=FIRST_BATCH, proves="2.2.2 2.2.4"),
        filed_book("E08", "training_record", "training-records.xlsx", organisation.training(tables), title="Training records of the team", author=AUTHOR, dated=date(2025, 10, 10), received=SECOND_BATCH, proves="2.2.3", page="sheet By person"),
        filed_book("E09", "contact_log", "contact-log.xlsx", work.contact_log(tables), title="Log of bilateral meetings", author=AUTHOR, dated=date(2025, 10, 24), received=ON_SITE, proves="2.5", page="sheet Last met"),
        filed("E10", "project_list", "project-list.pdf", work.project_list(tables), title="List of joint projects", received=FIRST_BATCH, proves="2.6"),
        filed("E11", "minutes", "group-minutes.docx", work.minutes(tables), title="Minutes of the working groups 2024/25", received=FIRST_BATCH, proves="2.6 4.5"),
        filed("E12", "agreement", "agreements.pdf", work.agreements(tables), title="Agreements, with the memorandum of Novi Sad", received=FIRST_BATCH, proves="2.7"),
        filed_book("E13", "accounts", "budget-and-accounts.xlsx", planning.accounts(tables), title="Budget 2025 and accounts 2022–2024", author=AUTHOR, dated=date(2025, 9, 30), received=SECOND_BATCH, proves="3.2 4.1.4", page="sheet Accounts 2024"),
        filed("E14", "grant_contract", "subsidy-2026.pdf", planning.grant(tables), title="Subsidy 2026, with list of secured funds", received=FIRST_BATCH, proves="3.1", page="annex"),
        filed("E15", "report", "controlling-targets-2025-q3.pdf", planning.report(tables), title="Controlling and targets, third quarter 2025", received=SECOND_BATCH, proves="4.1.4 4.1.6 4.4"),
        filed("E16", "service_catalogue", "activity-report.pdf", work.activity_report(tables), title="Activity report 2024/25 with catalogue of services", received=FIRST_BATCH, proves="4.3 4.6.1"),
        filed("E17", "newsletter", "newsletter-2025-5.pdf", recognition.newsletter(), title="Newsletter 5/2025", received=FIRST_BATCH, proves="4.6.1"),
        filed("E18", "web_page", "web-presence.pdf", recognition.website(tables), title="Protocol of the web presence", received=ON_SITE, proves="4.6.1 4.6.2"),
        filed("E19", "press", "press-file.pdf", recognition.press_file(tables), title="Press file", received=ON_SITE, proves="5.1"),
        filed("E20", "story", "success-stories.pdf", recognition.stories(tables), title="Three success stories", received=FIRST_BATCH, proves="5.2"),
        filed("E21", "survey", "member-survey-2025.pdf", recognition.survey(tables), title="Report on the member survey 2025", received=FIRST_BATCH, proves="5.3"),
        filed("E22", "report", "bronze-interview-2025.docx", recognition.interview(), title="Record of the second bronze interview", received=FIRST_BATCH, proves="2.5 4.1.6 4.6.2"),
    ]

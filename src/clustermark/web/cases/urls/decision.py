"""Report, hearing, decision, conditions, feedback, log."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clustermark.web.cases.views import decision, feedback, items, log, report, report_files

CASE = "cases/<uuid:reference>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{CASE}report/", report.report, name="report"),
    path(f"{CASE}report/findings/", report.add_finding, name="add-finding"),
    path(f"{CASE}report/comments/", report.add_comment, name="add-comment"),
    path(f"{CASE}report/comments/<int:pk>/", report.answer, name="answer-comment"),
    path(f"{CASE}report/finish/", report.finish, name="finish-comments"),
    path(f"{CASE}report/full/<slug:ending>/", report_files.report_making, name="report-making"),
    path(f"{CASE}report/full.<slug:ending>", report_files.report_file, name="report-file"),
    path(f"{CASE}decision/", decision.decision, name="decision"),
    path(f"{CASE}decision/decide/", decision.decide, name="decide"),
    path(f"{CASE}decision/defer/", decision.defer, name="defer"),
    path(f"{CASE}conditions/", items.items, name="items"),
    path(f"{CASE}conditions/<int:pk>/correct/", items.correct, name="correct-item"),
    path(f"{CASE}conditions/<int:pk>/close/", items.close, name="close-item"),
    path(f"{CASE}feedback/", feedback.feedback, name="feedback"),
    path(f"{CASE}feedback/<int:pk>/", feedback.give, name="give-feedback"),
    path(f"{CASE}log/", log.case_log, name="case-log"),
    path(f"{CASE}sealed/<int:pk>.json", log.sealed, name="sealed"),
    path("office/feedback/", feedback.all_feedback, name="all-feedback"),
    path("log/", log.whole_log, name="log"),
    path("log/export.jsonl", log.export_log, name="log-export"),
]

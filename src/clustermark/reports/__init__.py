"""Reports: one model of an assessment report, laid out as PDF, Word, Excel, HTML or JSON."""

from clustermark.reports.write import write_reports

__all__ = ["write_reports"]

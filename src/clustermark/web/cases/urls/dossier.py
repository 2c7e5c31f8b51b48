"""The applicant's pages: the dossier by indicator, by table and as a file."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clustermark.web.cases.views.dossier import dossier, dossier_problems, dossier_seals, dossier_tables
from clustermark.web.cases.views.evidence import evidence, evidence_edit, evidence_file, evidence_open
from clustermark.web.cases.views.exchange import dossier_in, dossier_out, dossier_preview
from clustermark.web.cases.views.indicator import indicator, indicator_records
from clustermark.web.cases.views.renewal import renewal_changes
from clustermark.web.cases.views.tables import row, table

_DOSSIER = "cases/<uuid:reference>/dossier/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_DOSSIER, dossier, name="dossier"),
    path(f"{_DOSSIER}problems/", dossier_problems, name="dossier-problems"),
    path(f"{_DOSSIER}sealed/", dossier_seals, name="dossier-seals"),
    path(f"{_DOSSIER}changes/", renewal_changes, name="dossier-changes"),
    path(f"{_DOSSIER}indicators/<str:code>/", indicator, name="indicator"),
    path(f"{_DOSSIER}indicators/<str:code>/records/", indicator_records, name="indicator-records"),
    path(f"{_DOSSIER}tables/", dossier_tables, name="tables"),
    path(f"{_DOSSIER}tables/<slug:name>/", table, name="table"),
    path(f"{_DOSSIER}tables/<slug:name>/rows/new/", row, name="row-new"),
    path(f"{_DOSSIER}tables/<slug:name>/rows/<int:at>/", row, name="row"),
    path(f"{_DOSSIER}evidence/", evidence, name="evidence"),
    path(f"{_DOSSIER}evidence/<str:evidence_id>/", evidence_open, name="evidence-open"),
    path(f"{_DOSSIER}evidence/<str:evidence_id>/edit/", evidence_edit, name="evidence-edit"),
    path(f"{_DOSSIER}evidence/<str:evidence_id>/file/", evidence_file, name="evidence-file"),
    path(f"{_DOSSIER}files/", dossier_in, name="dossier-exchange"),
    path(f"{_DOSSIER}files/preview/", dossier_preview, name="dossier-preview"),
    path(f"{_DOSSIER}files/dossier.xlsx", dossier_out, {"form": "xlsx"}, name="dossier-xlsx"),
    path(f"{_DOSSIER}files/dossier.zip", dossier_out, {"form": "zip"}, name="dossier-zip"),
]

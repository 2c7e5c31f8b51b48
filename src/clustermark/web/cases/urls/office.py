"""The secretariat's pages, and the pages of a case that it leads."""

from __future__ import annotations

from django.urls import URLPattern, path

from clustermark.web.cases.views import (
    calendar,
    eligibility,
    experts,
    fees,
    office,
    panel,
    portfolio,
    schemes,
    visit,
)

urlpatterns: list[URLPattern] = [
    path("office/", office.office, name="office"),
    path("office/cases.<slug:kind>", office.export, name="office-export"),
    path("office/calendar/", calendar.calendar, name="calendar"),
    path("office/fees/", fees.fees, name="fees"),
    path("office/experts/", experts.experts, name="experts"),
    path("office/experts/<uuid:reference>/", experts.expert, name="expert"),
    path("office/schemes/", schemes.schemes, name="schemes"),
    path("office/schemes/compare/", schemes.compare_editions, name="schemes-compare"),
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("cases/<uuid:reference>/eligibility/", eligibility.eligibility, name="eligibility"),
    path("cases/<uuid:reference>/panel/", panel.panel, name="panel"),
    path("cases/<uuid:reference>/panel/propose/", panel.propose, name="panel-propose"),
    path("cases/<uuid:reference>/panel/override/", panel.override, name="panel-override"),
    path("cases/<uuid:reference>/panel/overrides/<int:number>/", panel.confirm, name="panel-confirm"),
    path("cases/<uuid:reference>/panel/overrides/<int:number>/decline/", panel.decline, name="panel-decline"),
    path(
        "cases/<uuid:reference>/panel/seats/<int:number>/objection/", panel.objection, name="panel-objection"
    ),
    path("cases/<uuid:reference>/panel/seats/<int:number>/answer/", panel.answer, name="panel-answer"),
    path("cases/<uuid:reference>/visit/", visit.visit, name="visit"),
    path("cases/<uuid:reference>/visit.<slug:kind>", visit.visit_file, name="visit-file"),
    path("cases/<uuid:reference>/visit/plan/", visit.plan, name="visit-plan"),
    path("cases/<uuid:reference>/visit/people/", visit.people, name="visit-people"),
    path("cases/<uuid:reference>/fee/", fees.fee, name="fee"),
    path("cases/<uuid:reference>/fee.pdf", fees.fee_file, name="fee-file"),
]

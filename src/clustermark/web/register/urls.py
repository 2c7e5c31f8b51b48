"""Where the public register is."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path, register_converter

from clustermark.web.register.api import api
from clustermark.web.register.converters import NumberConverter
from clustermark.web.register.views import (
    announcing,
    certificate,
    feeds,
    holding,
    importing,
    issuer,
    log,
    maps,
    membership,
    office,
    search,
    statistics,
    verify,
)

register_converter(NumberConverter, "number")

urlpatterns: list[URLPattern | URLResolver] = [
    path("verify/", verify.verify_page, name="verify"),
    path("api/", api.urls),
    # the register
    path("register/", search.search, name="register"),
    path("register/map/", maps.map_page, name="register-map"),
    path("register/holder/", search.holder, name="holder"),
    path("register/membership/", membership.membership, name="membership"),
    path("register/membership.json", membership.statement_file, name="membership-file"),
    path("register/membership/confirm/<str:token>/", membership.confirm, name="membership-confirm"),
    path("register/feed.atom", feeds.feed, name="feed"),
    path("register/statistics/", statistics.statistics, name="statistics"),
    path("register/statistics/<slug:key>/", statistics.statistics, name="statistic"),
    re_path(
        r"^register/statistics/(?P<key>[a-z_]+)\.(?P<form>csv|json|parquet|rows\.csv|csv-metadata\.json)$",
        statistics.statistic_file,
        name="statistic-file",
    ),
    path("register/<number:number>/", certificate.certificate, name="certificate"),
    # the address in QR codes and credentials has no last slash
    path("register/<number:number>", certificate.certificate),
    path("register/<number:number>/<slug:language>.pdf", certificate.certificate_pdf, name="certificate-pdf"),
    path("register/<number:number>/credential.jwt", certificate.certificate_token, name="certificate-token"),
    path("badge/<number:number>.svg", certificate.badge, name="badge"),
    # for verifiers
    path(".well-known/did.json", issuer.did_document, name="did-document"),
    path("status/revocation", issuer.status_list, {"purpose": "revocation"}, name="status-revocation"),
    path("status/suspension", issuer.status_list, {"purpose": "suspension"}, name="status-suspension"),
    # the public log
    path("transparency/", log.transparency, name="transparency"),
    path("transparency/checkpoint", log.checkpoint, name="log-checkpoint"),
    path("transparency/key", log.public_key, name="log-key"),
    path("transparency/entries", log.entries, name="log-entries"),
    path("transparency/inclusion", log.inclusion, name="log-inclusion"),
    path("transparency/consistency", log.consistency, name="log-consistency"),
    # for those who follow
    path("sitemap.xml", feeds.sitemap_index, name="sitemap-index"),
    path("sitemap-<int:part>.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    # the secretariat
    path("office/register/", office.office, name="office-register"),
    path("office/register/draw/", office.draw, name="office-draw"),
    path("office/register/import/", importing.import_list, name="office-import"),
    re_path(
        r"^office/register/import/(?P<sha256>[0-9a-f]{64})/(?P<kind>csv|xlsx)/(?P<mark>imported|unofficial)/$",
        importing.import_rows,
        name="office-import-list",
    ),
    path("office/register/issue/<uuid:reference>/", office.issue, name="office-issue"),
    path("office/register/<number:number>/", office.certificate, name="office-certificate"),
    path("office/register/<number:number>/release/", announcing.announcement, name="office-announcement"),
    path(
        "office/register/<number:number>/release.<slug:form>",
        announcing.announcement,
        name="office-announcement-file",
    ),
    path("office/register/<number:number>/<slug:kind>/", office.act, name="office-act"),
    # the holder
    path("certificates/<number:number>/", holding.holding, name="holding"),
    path("certificates/<number:number>/consent/", holding.consent, name="holding-consent"),
    path("certificates/<number:number>/participants/", holding.participants, name="holding-participants"),
]

"""The public register as an API, described by OpenAPI. It serves the same documents as pages and command line."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any, Literal

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, NinjaAPI, Query, Schema
from ninja.decorators import decorate_view
from ninja.errors import ValidationError
from ninja.files import UploadedFile
from pydantic import BeforeValidator, Field

from clustermark.certificates.verdict import Verdict
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.version import VERSION
from clustermark.register.entries import Act, Certificate
from clustermark.register.life import State
from clustermark.register.rows import Scope
from clustermark.register.statistics import By, Statistic
from clustermark.register.writing import terms_of
from clustermark.web.accounts.people import today
from clustermark.web.register.caching import public
from clustermark.web.register.queries.certificates import CertificatePage, certificate_page
from clustermark.web.register.queries.checking import MOST, check, too_large
from clustermark.web.register.queries.counted import Asked, computed
from clustermark.web.register.queries.search import ANY_STATE, IN_FORCE_CHOICE, Search, choices, found_awards
from clustermark.web.register.queries.whole import head, notice_of, register_of

MOST_ROWS = 100
SENT = {"properties": {"file": {"minLength": 1}}, "additionalProperties": False}
JSON = "application/json; charset=utf-8"
Kind = Literal["in_force", "awarded", "holders", "renewals", "time_in_process", "ordinal"]
Continent = Literal["002", "009", "019", "142", "150"]
"""Africa, Oceania, the Americas, Asia and Europe, by their numbers in UN M49."""
Short = Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]


def _iso(text: object) -> object:
    """Days are told in one way: pydantic would also take seconds since 1970."""
    if isinstance(text, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is None:
        raise ValueError(_("A day is written as YYYY-MM-DD."))
    return text


Day = Annotated[
    date, BeforeValidator(_iso), Field(description="A day, YYYY-MM-DD; today if it is not given.")
]

api = NinjaAPI(
    title="Clustermark register",
    version=VERSION,
    description="The public register of certificates. Everything is open under the licence that each answer names.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)


class Terms(Schema):
    """Whose register it is, what must be said of it, and on what terms its data may be used."""

    title: str
    official: bool
    notice: str
    licence: str


class Listed(Schema):
    """A certificate in a list, with its state on the day."""

    number: str
    holder: str
    holder_id: str
    country: str | None
    region: str | None
    sector: str | None
    level: str
    decided_on: date | None
    year: int | None
    state: State


class CertificateList(Schema):
    """A page of a search."""

    register_terms: Annotated[Terms, Field(alias="register")]
    on: date
    count: int
    page: int
    pages: int
    certificates: list[Listed]


class CertificateState(Schema):
    """A certificate: the award as it was made, its state on a day, its terms and its public acts in their order."""

    register_terms: Annotated[Terms, Field(alias="register")]
    on: date
    state: State
    until: date | None
    certificate: Certificate
    acts: list[PublicAct]
    notice: dict[str, str] | None


class PublicAct(Schema):
    """An act as everybody may know it: without the reasons."""

    kind: str
    on: date
    until: date | None
    starts: date | None
    log_entry: int | None


class StatisticAnswer(Schema):
    """A statistic with the terms of the register."""

    register_terms: Annotated[Terms, Field(alias="register")]
    statistic: Statistic


class Fault(Schema):
    """Why there is no answer."""

    problems: list[str]


class SearchQuery(Schema):
    """What is looked for; what is not given is not asked for."""

    name: Short = ""
    country: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    region: Short = ""
    sector: Short = ""
    level: Short = ""
    state: State | Literal["in_force", "any"] = "in_force"
    on: Day | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class StatisticQuery(Schema):
    """Of what, as of when; `number` and `within` belong to the ordinal alone."""

    as_of: Day | None = None
    by: By | None = None
    level: Short | None = None
    country: Short | None = None
    continent: Continent | None = None
    sector: Short | None = None
    number: Short = ""
    within: Literal["country", "continent", "sector"] = "country"


CertificateState.model_rebuild()
kept = decorate_view(public(frame=False))


def _fault(status: int, *messages: str) -> HttpResponse:
    body = json.dumps({"problems": messages}, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=JSON)


def _faults(error: ProblemsError, status: int) -> HttpResponse:
    return _fault(status, *(problem.message for problem in error.problems))


def _terms() -> dict[str, Any]:
    return terms_of(register_of(notice_of(choices(head()).marks), [], []))


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001 - by Ninja
    """Questions that cannot be read are answered like all others that cannot be answered."""
    return _fault(422, *(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors))


@api.get(
    "/certificates", response={200: CertificateList, 422: Fault}, by_alias=True, operation_id="certificates"
)
@kept
def certificates(request: HttpRequest, query: Query[SearchQuery]) -> dict[str, Any]:  # noqa: ARG001 - by Ninja
    """Search the register; a hundred a page, in the order of the holders' names."""
    day = query.on or today()
    state = query.state if query.state not in {"in_force", "any"} else None
    asked = Search(
        day=day,
        name=query.name,
        country=query.country,
        region=query.region,
        sector=query.sector,
        level=query.level,
        state=state or (ANY_STATE if query.state == "any" else IN_FORCE_CHOICE),
    )
    page = Paginator(found_awards(asked), MOST_ROWS).get_page(query.page)
    return {
        "register": _terms(),
        "on": day,
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "certificates": list(page.object_list),
    }


@api.get(
    "/certificates/{number}",
    response={200: CertificateState, 404: Fault, 422: Fault},
    by_alias=True,
    operation_id="certificate",
)
@kept
def certificate(request: HttpRequest, number: Short, on: Day | None = None) -> Any:  # noqa: ARG001 - by Ninja
    """One certificate on a day: what the page behind its QR code says."""
    page = certificate_page(number, on or today())
    if page is None:
        return _fault(404, "There is no such certificate.")
    return _certificate(page)


def _certificate(page: CertificatePage) -> dict[str, Any]:
    shown = page.history[::-1]
    return {
        "register": _terms(),
        "on": page.day,
        "state": page.state,
        "until": page.until,
        "certificate": page.certificate,
        "acts": [_act(one.act, one.entry) for one in shown],
        "notice": page.record.notice if page.record else None,
    }


def _act(act: Act, entry: int | None) -> dict[str, Any]:
    return {"kind": act.kind, "on": act.on, "until": act.until, "starts": act.starts, "log_entry": entry}


@api.get(
    "/statistics/{key}",
    response={200: StatisticAnswer, 404: Fault, 422: Fault},
    by_alias=True,
    operation_id="statistic",
)
@kept
def statistic(request: HttpRequest, key: Kind, query: Query[StatisticQuery]) -> Any:  # noqa: ARG001 - by Ninja
    """A statistic as of a day, with its definition and the certificates behind it."""
    asked = Asked(
        key=key,
        as_of=query.as_of or today(),
        by=query.by,
        scope=Scope(
            level=query.level or None,
            country=query.country or None,
            continent=query.continent or None,
            sector=query.sector or None,
        ),
        number=query.number,
        within=query.within,
    )
    try:
        answer = StatisticAnswer.model_validate({"register": _terms(), "statistic": computed(asked, head())})
    except ProblemsError as error:
        unknown = all(problem.code == "certificate-unknown" for problem in error.problems)
        return _faults(error, 404 if unknown else 422)
    # as every other place writes the document: exact numbers as numbers, not as texts
    return HttpResponse(answer.model_dump_json(by_alias=True), content_type=JSON)


@api.post(
    "/verify",
    response={200: Verdict, 413: Fault, 422: Fault},
    operation_id="verify",
    openapi_extra={"requestBody": {"content": {"multipart/form-data": {"schema": SENT}}}},
)
def verify(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Check a certificate, its PDF or its credential; it is looked at in memory and forgotten."""
    if not file.size:
        return _fault(422, _("The file is empty."))
    if request.POST or len(request.FILES) > 1:
        return _fault(422, _("One file is looked at, in the field file; nothing else is taken."))
    if (file.size or 0) > MOST:
        return _faults(too_large(), 413)
    try:
        return check(file.read(), now=timezone.now())
    except ProblemsError as error:
        return _faults(error, 422)

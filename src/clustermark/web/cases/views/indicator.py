"""One indicator of the dossier: what is asked, what counts, the value as it stands, the claim, the evidence."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clustermark.dossiers.titles import column_title
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import gettext, local, number
from clustermark.reports.words import ORIGIN_FIELDS
from clustermark.schemes.document import Indicator
from clustermark.scoring.wording import truth_or_number, with_unit
from clustermark.web.cases.domain.claiming import record_claim
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.domain.evidence import permission_to_add
from clustermark.web.cases.forms.claim import ClaimForm
from clustermark.web.cases.models import Claim
from clustermark.web.cases.queries.roads import road_of_claim
from clustermark.web.cases.queries.standing import DossierShown
from clustermark.web.cases.views.dossier import context_of, dossier_page
from clustermark.web.cases.views.page import CasePage, problems_in
from clustermark.web.cases.views.typed import keeps_typed, typed_before

RECORDS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One indicator of a case as somebody asks for it: the claim as saved, if any."""

    request: HttpRequest
    page: CasePage
    shown: DossierShown
    spec: Indicator
    saved: Claim | None


@keeps_typed
def indicator(request: HttpRequest, reference: uuid.UUID, code: str) -> HttpResponseBase:
    """One indicator; with POST the claim is saved, by the button or while it is typed."""
    page, shown = dossier_page(request, reference)
    saved = page.case.claims.select_related("edited_by").filter(indicator=code).first()
    asked = Asked(request, page, shown, _spec(page, code), saved)
    if request.method != "POST":
        return _page(asked, ClaimForm(asked.spec, typed_before(request), initial=_initial(saved)))
    page.require("dossier.edit")
    form = ClaimForm(asked.spec, request.POST)
    if request.headers.get("Accept", "").startswith("application/json"):
        return _autosave(asked, form)
    if form.is_valid():
        try:
            with problems_in(page, form):
                _record(asked, form)
                messages.success(request, _("Saved at {time}.").format(time=_now()))
                return redirect("indicator", reference, code)
        except Conflict as conflict:
            return _conflict(replace(asked, saved=conflict.saved), form)
    return _page(asked, form)


def _record(asked: Asked, form: ClaimForm) -> Claim:
    version = form.cleaned_data["version"]
    page = asked.page
    return record_claim(case=page.case, indicator=asked.spec.code, by=page.by, **form.said(), version=version)


def _autosave(asked: Asked, form: ClaimForm) -> JsonResponse:
    """The answer to a form that is saved while it is typed: its new version, or why it could not be saved."""
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        row = _record(asked, form)
    except Conflict as conflict:
        return JsonResponse({"version": conflict.saved.version}, status=409)
    except ProblemsError as error:
        return JsonResponse({"errors": [problem.message for problem in error.problems]}, status=422)
    return JsonResponse({"version": row.version, "saved": _("Saved {time}").format(time=_now())})


def _conflict(asked: Asked, form: ClaimForm) -> HttpResponse:
    """Both versions side by side: the form holds what was typed and, saved again, replaces the other."""
    saved = asked.saved
    assert saved is not None  # noqa: S101 - there is one that is newer
    labels = {
        "rating": _("Rating"),
        "value": _("Corrected value"),
        "reason": _("Reason"),
        "comment": _("Comment"),
    }
    rows = [
        {"label": labels[name], "typed": _plain(typed), "saved": _plain(getattr(saved, name))}
        for name, typed in form.said().items()
    ]
    data = QueryDict(mutable=True)
    data.update({name: form.data.get(name, "") for name in form.fields})
    data["version"] = str(saved.version)
    return _page(asked, ClaimForm(asked.spec, data), conflict=rows)


def _plain(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else number(value)


def _now() -> str:
    return timezone.localtime().strftime("%H:%M")


def _spec(page: CasePage, code: str) -> Indicator:
    for one in page.scheme.document.indicators:
        if one.code == code:
            return one
    raise Http404


def _initial(saved: Claim | None) -> dict[str, Any]:
    if saved is None:
        return {"version": 0}
    value = None if saved.value is None else format(saved.value.normalize(), "f")
    plain = {name: getattr(saved, name) for name in ("rating", "reason", "comment", "version")}
    return {**plain, "value": value}


def _page(asked: Asked, form: Form, *, conflict: list[dict[str, str]] | None = None) -> HttpResponse:
    page, shown, spec, saved = asked.page, asked.shown, asked.spec, asked.saved
    codes = [one.code for one in page.scheme.document.indicators]
    at = codes.index(spec.code)
    score = shown.card.indicator(spec.code) if shown.card else None
    context = context_of(
        page,
        shown,
        "tasks",
        indicator=spec,
        dimension=next(one for one in page.scheme.document.dimensions if one.code == spec.dimension),
        unit=local(page.scheme.document.units[spec.unit].symbol),
        score=score,
        scale=_scale(spec, score.band if score else None),
        facts=[(fact, truth_or_number(fact.value)) for fact in score.facts] if score else [],
        checklist=score.checklist if score else [],
        next_words=_next_band(spec, score) if score else "",
        rubric=_rubric(spec, form),
        origin=_origin(page, spec),
        claim=shown.claims.get(spec.code),
        saved=saved,
        evidence=shown.evidence_for(spec.code),
        may_add=page.may(permission_to_add(page.case)),
        may_open=page.may("evidence.open"),
        form=form,
        conflict=conflict,
        previous=codes[at - 1] if at else None,
        next=codes[at + 1] if at + 1 < len(codes) else None,
        number=at + 1,
        count=len(codes),
    )
    status = 409 if conflict is not None else 422 if form.errors and form.data else 200
    if asked.request.method != "POST":
        status = 200
    return render(asked.request, "cases/dossier/indicator.html", context, status=status)


def _rubric(spec: Indicator, form: Form) -> list[dict[str, Any]]:
    """The steps of the rubric, each with its descriptor and whether it is chosen."""
    if not spec.rubric or "rating" not in form.fields:
        return []
    chosen = form["rating"].value()
    return [
        {
            "step": step,
            "words": local(words),
            "chosen": str(chosen) == str(step),
            "required": spec.required == step,
        }
        for step, words in enumerate(spec.rubric)
    ]


def _scale(spec: Indicator, band: int | None) -> list[dict[str, Any]]:
    """The edges of the bands, which are reached, and which is the required one."""
    if spec.rubric:
        return []
    points = spec.band_points
    return [
        {
            "edge": edge,
            "points": points[at],
            "reached": band is not None and band >= at,
            "required": spec.required == edge,
        }
        for at, edge in enumerate(spec.bands, start=1)
    ]


def _next_band(spec: Indicator, score: Any) -> str:
    """How far the next band is."""
    if score.next_edge is None or score.band is None:
        return ""
    edge = with_unit(score.next_edge, score.unit)
    if score.value is None:
        return gettext("Band {band} needs {edge}.").format(band=score.band + 1, edge=edge)
    gap = number(abs(score.next_edge - score.value))
    if spec.direction == "down":
        words = gettext("Band {band} needs {edge} or less: {gap} less than now.")
    else:
        words = gettext("Band {band} needs {edge}: {gap} more than now.")
    return words.format(band=score.band + 1, edge=edge, gap=gap)


def _origin(page: CasePage, spec: Indicator) -> list[dict[str, Any]]:
    """Where the values of the scheme come from; examples are marked."""
    sources = page.scheme.document.sources
    return [
        {
            "of": gettext(ORIGIN_FIELDS.get(of, of)),
            "example": item.mark == "example",
            "source": sources[item.source].title,
        }
        for of, item in spec.origin.items()
    ]


@login_required
def indicator_records(request: HttpRequest, reference: uuid.UUID, code: str) -> HttpResponse:
    """Every fact behind an indicator's value with the records that count, and those that do not and why."""
    page, shown = dossier_page(request, reference)
    spec = _spec(page, code)
    road = road_of_claim(page.case, shown.content, code)
    facts = [
        {
            "road": fact,
            "value": truth_or_number(fact.fact.value),
            "columns": [column_title(fact.source, name) for name in fact.records[0].shown]
            if fact.records
            else [],
            "rows": fact.records[:RECORDS_SHOWN],
            "counted": sum(record.counts for record in fact.records),
            "more": max(0, len(fact.records) - RECORDS_SHOWN),
        }
        for fact in (road.facts if road else [])
    ]
    context = context_of(page, shown, "tasks", indicator=spec, road=road, facts=facts)
    return render(request, "cases/dossier/records.html", context)

"""The consensus: the experts' ratings side by side, differences first, each row edited in place or on its own page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clustermark.casework.definition import life
from clustermark.scoring.scorecard import Scorecard
from clustermark.web.cases.domain.consensus import record_consensus
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.forms.said import SaidForm, initial_of
from clustermark.web.cases.models import Consensus, Seat
from clustermark.web.cases.queries.dossiers import content_for_panel
from clustermark.web.cases.queries.facts import consensus_digest, missing_for_act
from clustermark.web.cases.queries.panel_evidence import evidence_of
from clustermark.web.cases.queries.scorecards import consensus_content, scorecard_of_content, submitted_seats
from clustermark.web.cases.queries.side_by_side import Side, agreement_of_case, largest_first, sides_of
from clustermark.web.cases.views.page import CasePage, case_page, problems_in

FILTERS = ("", "differs", "open")


@dataclass(frozen=True, slots=True)
class Board:
    """What both pages of the consensus read: seats with their ratings, the rows, the sides."""

    seats: Sequence[Seat]
    agreed: Sequence[Consensus]
    sides: Sequence[Side]


def board_of(page: CasePage) -> Board:
    """Three queries. Who may not see the experts' ratings sees the consensus alone."""
    seats = submitted_seats(page.case) if page.may("rating.view_all") else []
    agreed = list(page.case.consensus.select_related("edited_by"))
    return Board(seats, agreed, sides_of(page.case, seats, agreed))


def live_card(page: CasePage, board: Board) -> Scorecard | None:
    """Points and level by the consensus as it stands."""
    if not any(row.given for row in board.agreed):
        return None
    seats = board.seats or None
    content = consensus_content(page.case, seats=seats, agreed=board.agreed)
    return scorecard_of_content(page.case, content, view="consensus")[0]


@login_required
def consensus(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """All indicators, differences first; `?show=` leaves those that differ or are open."""
    page = case_page(request, reference, "consensus.view", tab="consensus")
    board = board_of(page)
    show = request.GET.get("show", "")
    sides = [side for side in largest_first(board.sides) if _shown(side, show)]
    context = {
        "page": page,
        "case": page.case,
        "seats": board.seats,
        "sides": sides,
        "show": show if show in FILTERS else "",
        "settled": sum(side.settled for side in board.sides),
        "all": len(board.sides),
        "differing": sum(side.differs for side in board.sides),
        "agreement": agreement_of_case(page.case, board.seats),
        **_standing(page, board),
    }
    return render(request, "cases/consensus.html", context)


def _shown(side: Side, show: str) -> bool:
    return side.differs if show == "differs" else not side.settled if show == "open" else True


def _standing(page: CasePage, board: Board) -> dict[str, Any]:
    """Points, level and minimums by the consensus so far; who agreed; what is missing before one can agree."""
    now = consensus_digest(board.agreed)
    may_agree = page.may("consensus.agree")
    return {
        "card": live_card(page, board),
        "agreeing": [
            (seat.expert, bool(seat.agreed_digest) and seat.agreed_digest == now) for seat in board.seats
        ],
        "may_edit": page.may("consensus.edit"),
        "may_agree": may_agree,
        "missing": missing_for_act(page.case, life().act("agree_consensus"), by=page.by) if may_agree else [],
    }


@login_required
def consensus_indicator(request: HttpRequest, reference: uuid.UUID, code: str) -> HttpResponse:
    """One indicator: both ratings, and the form of the consensus; htmx swaps the row in the list."""
    page = case_page(request, reference, "consensus.view", tab="consensus")
    board = board_of(page)
    side = next((one for one in board.sides if one.code == code), None)
    if side is None:
        raise Http404
    evidence = evidence_of(content_for_panel(page.case))
    data = request.POST if request.method == "POST" else None
    ids = f"{side.anchor}_%s"
    form = SaidForm(
        data, indicator=side.indicator, evidence=evidence, initial=_first_values(side), auto_id=ids
    )
    saved: Consensus | None = None
    if request.method == "POST":
        page.require("consensus.edit")
        if form.is_valid():
            try:
                with problems_in(page, form):
                    return _recorded(request, page, code, form)
            except Conflict as conflict:
                saved = conflict.saved
    context = {
        "page": page,
        "case": page.case,
        "side": side,
        "seats": board.seats,
        "pairs": list(zip(board.seats, side.said, strict=True)) if board.seats else [],
        "form": form,
        "form_id": f"form-{side.anchor}",
        "saved": saved,
        "may_edit": page.may("consensus.edit"),
        **_neighbours(board, code),
    }
    status = 409 if saved is not None else 422 if form.errors else 200
    if request.htmx:  # type: ignore[attr-defined] # set by the middleware of django-htmx
        # htmx takes over only what comes with status 200
        return render(request, "cases/parts/consensus_edit.html", context)
    return render(request, "cases/consensus_indicator.html", context, status=status)


def _first_values(side: Side) -> dict[str, Any]:
    """The consensus as it stands; where there is none yet, the experts' recommendations and evidence put together."""
    if side.consensus is not None:
        return initial_of(side.consensus)
    said = [one for one in side.said if one is not None]
    return {
        "version": 0,
        "recommendation": "\n".join(dict.fromkeys(one.recommendation for one in said if one.recommendation)),
        "evidence": sorted({name for one in said for name in one.evidence}),
    }


def _recorded(request: HttpRequest, page: CasePage, code: str, form: SaidForm) -> HttpResponse:
    record_consensus(
        case=page.case, indicator=code, by=page.by, version=form.cleaned_data["version"], **form.values()
    )
    if request.htmx:  # type: ignore[attr-defined] # as above
        board = board_of(page)
        side = next(one for one in board.sides if one.code == code)
        context = {"page": page, "case": page.case, "side": side, "seats": board.seats, "swapped": True}
        settled = sum(one.settled for one in board.sides)
        context |= {"settled": settled, "all": len(board.sides), **_standing(page, board)}
        return render(request, "cases/parts/consensus_row_saved.html", context)
    messages.success(request, _("Saved: {code}.").format(code=code))
    board = board_of(page)
    to = _neighbours(board, code)["next_open"]
    if request.POST.get("go") == "next" and to:
        return redirect("consensus-indicator", page.case.reference, to)
    return redirect("consensus", page.case.reference)


def _neighbours(board: Board, code: str) -> dict[str, Any]:
    """The indicators before and after in the order of the list, and the next that is not settled."""
    ordered = largest_first(board.sides)
    at = next(place for place, side in enumerate(ordered) if side.code == code)
    rest = [*ordered[at + 1 :], *ordered[:at]]
    return {
        "previous": ordered[at - 1].code if at else None,
        "next": ordered[at + 1].code if at + 1 < len(ordered) else None,
        "next_open": next((side.code for side in rest if not side.settled), None),
    }

"""The register: searched, paged; and a page for each holder."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clustermark.register.entries import PUBLIC_ACTS
from clustermark.register.feeds import register_description, script_text
from clustermark.register.life import IN_FORCE, state_on, terms
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import SchemeEdition
from clustermark.web.register.caching import public
from clustermark.web.register.forms.search import SearchForm
from clustermark.web.register.map.picture import Counted, ordered, picture, view_of
from clustermark.web.register.models import Award
from clustermark.web.register.queries.counting import counts_by_country
from clustermark.web.register.queries.documents import act_of, acts_by_award, certificate_of
from clustermark.web.register.queries.renewing import renewed_by
from clustermark.web.register.queries.search import choices, found_awards
from clustermark.web.register.queries.signing import site_address
from clustermark.web.register.queries.whole import notice_of, register_of

ON_A_PAGE = 25


@require_safe
@public()
def search(request: HttpRequest) -> HttpResponseBase:
    """Who holds what: today, or on any other day."""
    known = choices(request.head)  # type: ignore[attr-defined] # set by `public`
    form = SearchForm(request.GET, known)
    asked = form.search()
    page = Paginator(found_awards(asked), ON_A_PAGE).get_page(request.GET.get("page"))
    notice = notice_of(known.marks)
    # the entrance shows where certificates are; who searches sees what is found
    counted = [] if request.GET else counts_by_country(asked)[0]
    context = {
        "form": form,
        "picture": picture(counted, view_of(counted), europe=reverse("register-map")) if counted else None,
        "countries": len(counted),
        "levels": _levels(counted),
        "asked": asked,
        "page": page,
        "count": page.paginator.count,
        "notice": notice,
        "is_today": asked.day == today(),
        "described": script_text(
            register_description(
                register_of(notice, [], []), as_of=today(), site=f"{site_address()}/register"
            )
        ),
    }
    return render(request, "register/search.html", context)


def _levels(counted: list[Counted]) -> list[tuple[str, int]]:
    """Certificates by level in all countries, the highest level first."""
    levels = ordered({level for one in counted for level in one.levels})
    return [(level, sum(one.levels.get(level, 0) for one in counted)) for level in levels]


@require_safe
@public()
def holder(request: HttpRequest) -> HttpResponseBase:
    """Everything that a holder held and holds, and which certificate renews which, in five queries."""
    awards = list(
        Award.objects.filter(holder_id=request.GET.get("id", "")[:300]).order_by(
            "-decided_on", "-year", "-pk"
        )
    )
    if not awards:
        raise Http404
    acts = acts_by_award(award.pk for award in awards)
    after = renewed_by(award.number for award in awards)
    schemes = SchemeEdition.objects.filter(digest__in={award.scheme_digest for award in awards})
    titles = dict(schemes.values_list("digest", "title"))
    rows = []
    for award in awards:
        life = [act_of(row, award.number) for row in acts.get(award.pk, ())]
        certificate = certificate_of(award)
        state = state_on(certificate, life, today())
        rows.append(
            {
                "award": award,
                "scheme": titles.get(award.scheme_digest or ""),
                "state": state,
                "in_force": state in IN_FORCE,
                "acts": life[::-1],
                "terms": terms(certificate, life),
                "renewed_by": after.get(award.number),
            }
        )
    known = choices(request.head)  # type: ignore[attr-defined] # set by `public`
    context = {
        "holder": awards[0],
        "rows": rows,
        "numbers": {award.number for award in awards},
        "public_acts": PUBLIC_ACTS,
        "notice": notice_of(known.marks),
    }
    return render(request, "register/holder.html", context)

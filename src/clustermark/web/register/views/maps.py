"""The map: certificates in force by country on any day, and the same as a table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from clustermark.web.accounts.people import today
from clustermark.web.register.caching import public
from clustermark.web.register.forms.map import MapForm
from clustermark.web.register.map.picture import ordered, picture
from clustermark.web.register.queries.counting import counts_by_country
from clustermark.web.register.queries.search import choices
from clustermark.web.register.queries.whole import notice_of


@require_safe
@public()
def map_page(request: HttpRequest) -> HttpResponseBase:
    """Where certificates are in force: a map with a link on each country, and a table with the same figures."""
    known = choices(request.head)  # type: ignore[attr-defined] # set by `public`
    form = MapForm(request.GET, known)
    view, asked = form.shown(), form.search()
    counted, nowhere = counts_by_country(asked)
    levels = ordered({level for one in counted for level in one.levels})
    europe = "?" + urlencode({name: value for name, value in request.GET.dict().items() if name != "view"})
    context = {
        "form": form,
        "asked": asked,
        "is_today": asked.day == today(),
        "picture": picture(counted, view, europe=europe),
        "levels": levels,
        "rows": [(one, [one.levels.get(level, 0) for level in levels]) for one in counted],
        "total": sum(one.count for one in counted),
        "nowhere": nowhere,
        "notice": notice_of(known.marks),
    }
    return render(request, "register/map.html", context)

"""Counts for the map, in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from clustermark.register.life import IN_FORCE
from clustermark.register.places import place_name
from clustermark.web.register.models import Award


@dataclass(frozen=True, slots=True)
class CountryCount:
    """Certificates in force in one country."""

    country: str
    name: str
    count: int


def counts_by_country(day: date) -> list[CountryCount]:
    """Certificates in force on a day by country, the most first; those without a country are left out."""
    rows = (
        Award.objects.filter(spans__first__lte=day, spans__last__gte=day, spans__state__in=sorted(IN_FORCE))
        .exclude(country=None)
        .order_by()
        .values_list("country")
        .annotate(n=Count("pk"))
    )
    found = [CountryCount(country, place_name(country), n) for country, n in rows if country]
    return sorted(found, key=lambda one: (-one.count, one.name))

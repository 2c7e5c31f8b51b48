"""Counts for the map, in the database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from clustermark.register.places import place_name
from clustermark.web.register.map.picture import Counted, ordered
from clustermark.web.register.queries.search import Search, found_awards


def counts_by_country(search: Search) -> tuple[list[Counted], int]:
    """The certificates that `search` finds by country and level, the most first, and how many state no country.

    Each leads to the search that finds the same certificates. One query.
    """
    rows = found_awards(search).order_by().values_list("country", "level").annotate(n=Count("pk"))
    levels: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for country, level, n in rows:
        levels[country or ""][level] = n
    nowhere = sum(levels.pop("", {}).values())
    found = [
        Counted(
            country=country,
            name=place_name(country),
            count=sum(of.values()),
            address=address_of(replace(search, country=country)),
            levels={level: of[level] for level in ordered(set(of))},
        )
        for country, of in levels.items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.name)), nowhere


def address_of(search: Search) -> str:
    """Where the page of a search for certificates in force is."""
    asked = {
        "country": search.country,
        "sector": search.sector,
        "level": search.level,
        "on": search.day.isoformat(),
    }
    return f"{reverse('register')}?{urlencode({name: value for name, value in asked.items() if value})}"

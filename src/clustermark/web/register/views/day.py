"""Days that a reader names in an address."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from clustermark.web.accounts.people import today


def asked_day(request: HttpRequest, name: str = "on") -> date:
    """The day in the query string; today where there is none or it cannot be read."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return today()

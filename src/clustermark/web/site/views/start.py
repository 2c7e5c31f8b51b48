"""The start page: what is mine to do, by when."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """What is mine to do, by when."""
    return render(request, "site/start.html")

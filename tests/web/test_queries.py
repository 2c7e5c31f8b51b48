"""Every page asks the database a fixed number of times, at most fifteen, however many rows there are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.every_page import (
    DEVELOPMENT,
    ELSEWHERE,
    FILES,
    PAGES,
    POSTED,
    Filled,
    Shown,
    fill,
    fill_up,
    routes,
)

OKA = Path(__file__).parents[2] / "examples" / "oka-valley"
MOST = 15


def test_every_route_is_looked_at() -> None:
    named = {page.route for page in (*PAGES, *FILES)} | POSTED | ELSEWHERE.keys()
    assert set(routes()) - named == set(), "give these routes a place in tests/web/every_page.py"
    assert named - set(routes()) - DEVELOPMENT == set(), "these routes are gone"


@pytest.fixture
def filled(db: None) -> Filled:
    return fill(OKA)


def signed_in(filled: Filled, login: str) -> Client:
    client = Client()
    if login:
        client.force_login(filled.sample.people[login])
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time()},
            {"method": "mfa", "type": "totp", "at": time.time()},
        ]
        session["account_authentication_methods_user"] = str(filled.sample.people[login].pk)
        session.save()
    return client


def read(response: Any) -> None:
    """Take all of a file, as a browser does, and close it."""
    if response.streaming:
        b"".join(response.streaming_content)


def counted(filled: Filled) -> Iterator[tuple[Shown, int]]:
    """Each page with the number of queries it asks, when everything that a process remembers is remembered."""
    clients: dict[str, Client] = {}
    for page in (*PAGES, *FILES):
        if page.route in DEVELOPMENT:
            continue
        if page.login not in clients:
            clients[page.login] = signed_in(filled, page.login)
        address = filled.address(page)
        read(clients[page.login].get(address))
        with CaptureQueriesContext(connection) as asked:
            response = clients[page.login].get(address)
            read(response)
        assert response.status_code == 200, f"{page.name}: {address} answers {response.status_code}"
        yield page, len(asked)


@pytest.mark.slow
def test_no_page_asks_more_often_when_there_are_more_rows(filled: Filled) -> None:
    with_one = dict(counted(filled))
    too_many = {page.name: count for page, count in with_one.items() if count > MOST}
    assert too_many == {}
    fill_up(filled)
    with_three = dict(counted(filled))
    grown = {
        page.name: (count, with_three[page]) for page, count in with_one.items() if with_three[page] > count
    }
    assert grown == {}

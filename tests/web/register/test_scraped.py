"""A register that is scraped: what was made is given again for one query, to nobody whom it is not meant for."""

from __future__ import annotations

import threading
from itertools import pairwise
from time import monotonic
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import Client, RequestFactory

from clustermark.web.register import answers
from clustermark.web.register.answers import Answers, Turns
from clustermark.web.register.models import Award
from clustermark.web.seeding import Sample
from tests.web.conftest import SignIn
from tests.web.register.test_pages import PAGES, synthetic

__all__ = ["synthetic"]

STATES = ("decided",)
FILES = (
    "/api/certificates",
    "/api/certificates/FR-201709-001",
    "/api/statistics/holders?by=country",
    "/register/feed.atom",
    "/register/statistics/holders.csv?by=country",
    "/sitemap-1.xml",
    "/transparency/entries",
)
KEPT_HEADERS = (
    "ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Type", "Content-Language", "Content-Length",
    "Content-Security-Policy", "Content-Disposition", "Link", "Access-Control-Allow-Origin", "X-Frame-Options",
    "X-Content-Type-Options", "Cross-Origin-Resource-Policy",
)  # fmt: skip


def test_what_was_made_is_given_again_for_one_query(synthetic: None, queries: Any) -> None:
    for place in (*PAGES, *FILES):
        first = Client().get(place)
        assert first.status_code == 200, place
        with queries(1):
            again = Client().get(place)
        assert again.content == first.content, place
        for name in KEPT_HEADERS:
            assert again.headers.get(name) == first.headers.get(name), (place, name)
        with queries(1):
            unchanged = Client().get(place, headers={"if-none-match": again.headers["ETag"]})
        assert (unchanged.status_code, unchanged.content) == (304, b""), place
        for name in ("ETag", "Cache-Control"):
            assert unchanged.headers[name] == first.headers[name]
        assert first.headers["Cache-Control"] == (
            "public, max-age=10" if "entries" in place else "public, max-age=60"
        )
        for response in (first, again, unchanged):
            assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", ")), place


def test_each_language_and_theme_has_its_own(synthetic: None) -> None:
    pages = {
        language: Client().get("/register/", headers={"accept-language": language})
        for language in ("en", "ru", "de")
    }
    for language, page in pages.items():
        again = Client().get("/register/", headers={"accept-language": language})
        assert again.content == page.content
        assert again.headers["Content-Language"] == language
        assert f'<html lang="{language}"'.encode() in again.content
        remembered = Client()
        remembered.cookies["django_language"] = language
        assert remembered.get("/register/").content == page.content
    dark = Client()
    dark.cookies["theme"] = "dark"
    assert b'data-theme="dark"' in dark.get("/register/").content
    assert b'data-theme="dark"' not in Client().get("/register/").content
    # the page that sets the cookie is nobody else's
    Client().get("/register/?lang=de")
    assert Client().get("/register/?lang=de").cookies["django_language"].value == "de"


@pytest.mark.parametrize("before", [True, False], ids=["after a stranger", "before a stranger"])
def test_somebody_signed_in_never_gets_or_leaves_a_shared_page(
    award: Award, sample: Sample, sign_in: SignIn, before: bool
) -> None:
    user = sample.people["secretariat"]
    places = (f"/register/{award.number}/", "/register/", "/register/statistics/", "/verify/")
    tags = (
        {place: Client().get(place).headers["ETag"] for place in places}
        if before
        else dict.fromkeys(places, "*")
    )
    signed = sign_in(user)
    for place in places:
        own = signed.get(place, headers={"if-none-match": tags[place]})
        assert own.status_code == 200, place
        assert user.name in own.content.decode(), place
        assert own.headers["Cache-Control"] == "private, no-store", place
        assert "ETag" not in own.headers, place
        stranger = Client().get(place)
        assert user.name not in stranger.content.decode(), place
        assert stranger.headers["Cache-Control"] == "public, max-age=60", place
    # what is for machines is the same for everybody
    assert signed.get("/api/certificates").content == Client().get("/api/certificates").content


def test_what_a_visitor_is_told_once_is_told_to_nobody_else(synthetic: None) -> None:
    request = RequestFactory().get("/")
    told = CookieStorage(request)
    told.add(messages.INFO, "Told to one visitor alone.")
    response = HttpResponse()
    told.update(response)
    visitor = Client()
    visitor.cookies["messages"] = response.cookies["messages"].value
    page = visitor.get("/register/")
    assert "Told to one visitor alone." in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "Told to one visitor alone." not in Client().get("/register/").content.decode()


def test_what_was_not_found_or_refused_is_not_kept(synthetic: None) -> None:
    for place, status in (
        ("/register/XX-201709-001/", 404),
        ("/register/statistics/ordinal/?number=nobody", 422),
        ("/api/certificates?page=0", 422),
    ):
        for _time in range(2):
            response = Client().get(place)
            assert response.status_code == status
            assert "ETag" not in response.headers
            assert "public" not in response.headers.get("Cache-Control", "")


def test_while_too_many_wait_strangers_are_asked_to_come_again_and_people_are_not(
    award: Award, sample: Sample, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Client().get("/register/")
    monkeypatch.setattr(answers, "TURNS", Turns(places=1, waiting=0, rest=0))
    with answers.TURNS.turn() as mine:
        assert mine
        for place in ("/register/map/", "/api/certificates", "/register/?lang=ru"):
            refused = Client().get(place)
            assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5"), place
            assert refused.headers["Cache-Control"] == "no-store"
        assert Client().get("/register/").content == known.content
        assert sign_in(sample.people["secretariat"]).get("/register/map/").status_code == 200
    assert Client().get("/register/map/").status_code == 200


def test_a_fault_gives_the_turn_back() -> None:
    turns = Turns(places=1, waiting=0, rest=0)
    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError
    with turns.turn() as mine:
        assert mine
        with turns.turn() as second:
            assert not second


def test_some_wait_for_their_turn_and_the_rest_is_refused() -> None:
    turns, here = Turns(places=1, waiting=2, rest=0), threading.Barrier(2)
    told: list[bool] = []

    def ask() -> None:
        with turns.turn(patience=20) as mine:
            told.append(mine)

    def hold() -> None:
        with turns.turn():
            here.wait()
            here.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    here.wait()
    asking = [threading.Thread(target=ask) for _thread in range(4)]
    for thread in asking:
        thread.start()
    while len(told) < 2:
        asking[0].join(0.01)
    assert told == [False, False]
    here.wait()
    for thread in (holder, *asking):
        thread.join()
    assert told == [False, False, True, True]
    with turns.turn(patience=0) as mine, turns.turn(patience=0.01) as late:
        assert (mine, late) == (True, False)


def test_a_place_rests_after_its_work() -> None:
    turns, starts = Turns(places=1, rest=3), []
    for _time in range(3):
        with turns.turn() as mine:
            assert mine
            starts.append(monotonic())
            while monotonic() - starts[-1] < 0.02:
                pass
    assert all(later - earlier >= 0.08 for earlier, later in pairwise(starts))


def test_answers_are_bounded_and_what_nobody_asks_for_goes_first() -> None:
    kept = Answers(most_bytes=200_000)
    for name in "abcdefghij":
        kept.keep(name, HttpResponse(name.encode() * 10_000))
        assert kept.find("a") is not None
    for name in "klmnopqrst":
        kept.keep(name, HttpResponse(name.encode() * 10_000))
    found = "".join(name for name in "abcdefghijklmnopqrst" if kept.find(name) is not None)
    assert found == "afghijklmnopqrst"
    kept.keep("large", HttpResponse(bytes(12_501)))
    assert kept.find("large") is None
    own = HttpResponse(b"x")
    own.set_cookie("theirs", "1")
    kept.keep("own", own)
    assert kept.find("own") is None
    old = Answers(life=0)
    old.keep("a", HttpResponse(b"a"))
    assert old.find("a") is None

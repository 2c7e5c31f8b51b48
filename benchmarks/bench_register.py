"""The public register with 100,000 certificates: a page of the search beside an empty page and the bare query.

What is found is compared with the pure functions of `clustermark.register` before anything is timed. The limit is
twice an empty page of the same stack and the bare, indexed query on the same database in the same run.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.table import Row

CERTIFICATES = 100_000
TIMES = 15
FIRST = date(2008, 1, 1)
DAY = date(2026, 6, 1)
COUNTRIES = ("DE", "FR", "ES", "RU", "DK", "NO", "AT", "IT", "PL", "PT")
SECTORS = ("health", "food", "ict", "energy_environment", "construction")
LEVELS = ("bronze", "bronze", "bronze", "silver", "gold")


def run() -> list[Row]:
    """Fill a database of its own, compare, measure."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["CLUSTERMARK_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clustermark.web.settings")
        import django  # noqa: PLC0415 - after its settings are said

        django.setup()
        from django.conf import settings  # noqa: PLC0415 - after the set-up
        from django.core.management import call_command  # noqa: PLC0415 - as above

        settings.ALLOWED_HOSTS = ["*"]
        call_command("migrate", interactive=False, verbosity=0)
        fill(CERTIFICATES)
        _compare()
        return _measure()


def fill(wanted: int) -> None:
    """Enter so many synthetic certificates of synthetic holders, decided from 2008 to 2026."""
    from clustermark.register.entries import Certificate  # noqa: PLC0415 - as above
    from clustermark.web.register.domain.recording import enter_many, recording  # noqa: PLC0415 - as above

    made = []
    for n in range(wanted):
        day = FIRST + timedelta(days=n * 6700 // wanted)
        made.append(
            Certificate(
                number=f"B-{n:06}",
                holder_id=f"holder-{n % 70_000}",
                holder=f"Synthetic cluster {n * 7919 % 100_003:06}",
                country=COUNTRIES[n % 10],
                sector=SECTORS[n // 10 % 5],
                level=LEVELS[n // 50 % 5],
                decided_on=day,
                valid_from=day,
                valid_until=day + timedelta(days=730),
                mark="synthetic",
            )
        )
    with recording():
        enter_many(made, {})


def _searches() -> dict[str, dict[str, str]]:
    return {
        "search, in force": {},
        "search by name": {"name": "042"},
        "search by country and level": {"country": "RU", "level": "silver"},
        "search, any state, far page": {"state": "any", "page": "2000"},
    }


def _asked(query: dict[str, str]) -> object:
    from clustermark.web.register.queries.search import Search  # noqa: PLC0415 - after the set-up

    stated = {name: text for name, text in query.items() if name != "page"}
    return Search(day=DAY, **stated)


def _compare() -> None:
    """The search finds exactly the certificates that the pure functions select."""
    from clustermark.register.life import IN_FORCE  # noqa: PLC0415 - after the set-up
    from clustermark.register.rows import rows_on  # noqa: PLC0415 - as above
    from clustermark.web.register.queries.search import found_awards  # noqa: PLC0415 - as above
    from clustermark.web.register.queries.whole import whole_register  # noqa: PLC0415 - as above

    rows = rows_on(whole_register(), day=DAY, known_on=DAY)
    for name, query in _searches().items():
        wanted = {
            row.number
            for row in rows
            if (query.get("state") == "any" or row.state in IN_FORCE)
            and query.get("name", "") in row.holder
            and query.get("country") in {None, row.country}
            and query.get("level") in {None, row.level}
        }
        found = set(found_awards(_asked(query)).values_list("number", flat=True))  # type: ignore[arg-type] # a Search
        assert found == wanted, (name, len(found), len(wanted))
        assert len(wanted) > 10, name


def _measure() -> list[Row]:
    from django.test import Client  # noqa: PLC0415 - after the set-up

    from clustermark.web.register import answers  # noqa: PLC0415 - as above
    from clustermark.web.register.answers import Answers, Turns  # noqa: PLC0415 - as above
    from clustermark.web.register.queries.search import found_awards  # noqa: PLC0415 - as above
    from clustermark.web.register.views.search import ON_A_PAGE  # noqa: PLC0415 - as above

    # every page is made, none is kept, and none waits for its turn
    answers.ANSWERS, answers.TURNS = Answers(most_bytes=0), Turns(rest=0)
    client = Client()
    rows = []
    for name, query in _searches().items():
        address = "/register/?" + "&".join(f"{key}={text}" for key, text in {**query, "on": DAY}.items())

        def bare(query: dict[str, str] = query) -> None:
            found = found_awards(_asked(query))  # type: ignore[arg-type] # a Search
            start = (int(query.get("page", "1")) - 1) * ON_A_PAGE
            assert found.count() >= start
            page = found[start : start + ON_A_PAGE]
            list(page.values_list("number", "holder", "state"))  # type: ignore[misc] # the search annotates it

        empty = _median(lambda: client.get("/register/membership/"))
        query_alone = _median(bare)
        whole = _median(lambda address=address: client.get(address))  # type: ignore[misc] # bound for this round
        rows.append(Row(f"{name}, {CERTIFICATES:,} certificates", whole, empty + query_alone, 2, "at most"))
    tag = client.get("/register/").headers["ETag"]
    unchanged = _median(lambda: client.get("/register/", headers={"if-none-match": tag}))
    empty = _median(lambda: client.get("/register/membership/"))
    rows.append(Row("a page asked again, beside an empty page", unchanged, empty, 1, "at most"))
    return [*rows, *_statistics(client, empty)]


def _statistics(client: Any, empty: float) -> list[Row]:
    """A statistic of the whole register: read anew after a change, computed for another day, and asked again."""
    from clustermark.web.register.models import Award, AwardAct  # noqa: PLC0415 - after the set-up
    from clustermark.web.register.queries.documents import ACT_FIELDS, CERTIFICATE_FIELDS  # noqa: PLC0415 - as above
    from clustermark.web.register.queries.whole import Head, whole_register  # noqa: PLC0415 - as above

    numbers = count(1)
    # every day asked for is a new one
    days = iter(DAY - timedelta(days=30 * n) for n in range(1, 100))

    def bare() -> None:
        assert len(Award.objects.values_list("pk", *CERTIFICATE_FIELDS)) == CERTIFICATES
        list(AwardAct.objects.values_list("award_id", *ACT_FIELDS))

    def whole_anew() -> None:
        # a state that is not the one kept
        assert len(whole_register(Head(-next(numbers), None)).certificates) == CERTIFICATES

    def another_day() -> None:
        assert client.get(f"/register/statistics/in_force/?by=country&as_of={next(days)}").status_code == 200

    def again() -> None:
        assert client.get(f"/register/statistics/in_force/?by=country&as_of={DAY}&page=9").status_code == 200

    read = _median(bare, times=3)
    return [
        Row("the whole register read (its rows read bare)", _median(whole_anew, times=3), read, 2, "at most"),
        Row(
            "a statistic of another day (the rows read bare)",
            _median(another_day, times=3),
            read,
            2,
            "at most",
        ),
        Row(
            "a statistic asked again, not kept as a page (an empty page)", _median(again), empty, 5, "at most"
        ),
    ]


def _median(act: Callable[[], object], times: int = TIMES) -> float:
    act()
    found = []
    for _time in range(times):
        start = perf_counter()
        act()
        found.append(perf_counter() - start)
    return median(found)

"""The public register scraped at 200 requests a second, on the one process that `clustermark site serve` is.

A site with a live case and a register of 3,000 certificates is served as docs/platform.md says, without debugging. A
second process asks for pages of the register at a fixed rate, whether it is answered or not: certificates, holders,
searches, statistics, the API and the feed. Meanwhile a cluster manager opens the page of their case again and again,
as before the load. Two loads: a scraper that comes again (half of its requests carry the tag of their last answer),
and one that was never here and asks for another address each time, more than one process can make pages for; it may
be told to come later (429), the manager may not wait.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from time import perf_counter, sleep
from typing import Any, NamedTuple

from benchmarks.table import Row, print_table

ROOT = Path(__file__).parent.parent
RATE = 200
"""Requests a second."""
SECONDS = 20
CERTIFICATES = 3_000
KNOWN = 1_200
"""Addresses that the scraper knows who comes again."""
MOST = 10
"""A person's page takes some ten milliseconds at rest: ten times as long still seems to come at once."""
PAUSE = 0.1
"""Seconds from one visit of the manager to the next."""
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "clustermark.web.settings",
    "CLUSTERMARK_DEBUG": "0",
    "CLUSTERMARK_SECRET_KEY": "for a benchmark alone; nobody else may know it",
    "CLUSTERMARK_PASSPHRASE": "for a benchmark alone",
    "CLUSTERMARK_TLS_REDIRECT": "0",
    "CLUSTERMARK_REGISTER": "sample",
}


class Found(NamedTuple):
    """What a load met with: how often each status, and the seconds of each request."""

    statuses: dict[str, int]
    seconds: list[float]


class Served(NamedTuple):
    """A site that is being served, and a page of it that only one person may see."""

    port: int
    page: str
    cookie: str

    def visit(self) -> float:
        """Seconds until the manager has the page of the case."""
        start = perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", self.page, headers={"Cookie": f"sessionid={self.cookie}"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert answer.status == 200, answer.status
        assert "The road of the case" in text
        return perf_counter() - start


def run() -> list[Row]:
    """Fill, serve, measure at rest and under both loads."""
    home = Path(tempfile.mkdtemp(prefix="clustermark-scrape-"))
    try:
        os.environ |= {**ENVIRONMENT, "CLUSTERMARK_HOME": str(home)}
        os.environ.pop("DATABASE_URL", None)
        page, cookie = _fill()
        return _served(page, cookie)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _fill() -> tuple[str, str]:
    """The page of a case and the session of its manager."""
    import django  # noqa: PLC0415 - after the environment says where the site is

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above
    from django.urls import reverse  # noqa: PLC0415 - as above
    from tests.web.every_page import Filled  # noqa: PLC0415 - as above
    from tests.web.test_queries import signed_in  # noqa: PLC0415 - as above

    from benchmarks import bench_register  # noqa: PLC0415 - as above
    from clustermark.web.seeding import sample_case, seed  # noqa: PLC0415 - as above

    call_command("migrate", interactive=False, verbosity=0)
    bench_register.fill(CERTIFICATES)
    sample = seed(ROOT / "examples" / "oka-valley")
    case = sample_case(sample, to="rating")
    client = signed_in(Filled(sample, {"rating": case}), "manager")
    return reverse("case", kwargs={"reference": case.reference}), client.session.session_key or ""


def _served(page: str, cookie: str) -> list[Row]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "clustermark.cli.app", "site", "serve", "--no-worker"]
    server = subprocess.Popen([*command, "--address", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        return _measured(Served(port, page, cookie))
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _try in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.1)
        else:
            return
    raise TimeoutError("the site does not start")


def _measured(site: Served) -> list[Row]:
    chance = random.Random(1)  # noqa: S311 - a repeatable order, no secret
    known, new = _addresses(chance)
    tags = _first_pass(site.port, known)
    for _visit in range(10):
        site.visit()
    again = []
    for number in range(RATE * SECONDS):
        path = chance.choice(known)
        again.append((path, tags[path] if number % 2 else ""))
    crawl = [(path, "") for path in new]

    rest = [site.visit() for _visit in range(60)]
    returning, found = _meanwhile(site, _load(site.port, again, rate=RATE))
    assert set(found.statuses) <= {"200", "304"}, found.statuses
    assert found.statuses["304"] >= len(again) // 2, found.statuses
    crawled, met = _meanwhile(site, _load(site.port, crawl, rate=RATE))
    assert set(met.statuses) <= {"200", "429"}, met.statuses
    answered = sum(found.statuses.values())
    return [
        Row(
            f"p95 of a person's page, {RATE}/s scraped (at rest)", p95(returning), p95(rest), MOST, "at most"
        ),
        Row("answers this scraper asked for (got)", len(again), answered, 1, "at most", "n"),
        Row(
            f"p95 of a person's page, {RATE}/s of new addresses (at rest)",
            p95(crawled),
            p95(rest),
            MOST,
            "at most",
        ),
    ]


def _first_pass(port: int, addresses: list[str]) -> dict[str, str]:
    """The tags of the addresses, asked for one after another."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    tags = {}
    for path in addresses:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)
        tags[path] = answer.headers["ETag"]
    connection.close()
    return tags


def p95(seconds: list[float]) -> float:
    """The time that one of twenty exceeds."""
    return quantiles(seconds, n=20)[-1]


def _addresses(chance: random.Random) -> tuple[list[str], list[str]]:
    """Addresses of the register in the proportions in which a scraper meets them: known ones, and new ones."""
    made: list[str] = []
    for n in range(CERTIFICATES):
        made += [f"/register/B-{n:06}/", f"/api/certificates/B-{n:06}", f"/register/holder/?id=holder-{n}"]
    for page in range(1, 120):
        made += [f"/register/?state=any&page={page}", f"/api/certificates?state=any&page={page}"]
        made += [
            f"/register/?name={page:03}",
            f"/register/?state=any&on=2020-{page % 12 + 1:02}-{page % 28 + 1:02}&country=DE",
        ]
    for year in range(2010, 2026):
        made += [
            f"/register/statistics/holders/?by=country&as_of={year}-12-31",
            f"/api/statistics/in_force?as_of={year}-12-31",
        ]
    chance.shuffle(made)
    known = [*made[: KNOWN - 4], "/register/", "/register/feed.atom", "/register/map/", "/sitemap-1.xml"]
    return known, made[KNOWN : KNOWN + RATE * SECONDS]


def _load(port: int, addresses: list[tuple[str, str]], *, rate: int) -> Callable[[], Found]:
    """Start the second process; what is returned waits until it has ended."""
    command = [sys.executable, str(Path(__file__).with_name("scraping.py"))]
    loader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert loader.stdin is not None
    json.dump({"port": port, "rate": rate, "addresses": addresses}, loader.stdin)
    loader.stdin.close()

    def end() -> Found:
        assert loader.stdout is not None
        found: dict[str, Any] = json.loads(loader.stdout.read())
        assert loader.wait() == 0
        return Found(**found)

    return end


def _meanwhile(site: Served, load: Callable[[], Found]) -> tuple[list[float], Found]:
    """Seconds of the manager's visits while the load runs."""
    visits = []
    until = perf_counter() + SECONDS
    while perf_counter() < until:
        visits.append(site.visit())
        sleep(PAUSE)
    return visits, load()


if __name__ == "__main__":
    print_table(run())

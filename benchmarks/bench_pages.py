"""Every page of the web with 2,000 cases, 60,000 evidence files and 500 people: queries, and time of an empty page."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.table import Row, print_table

ROOT = Path(__file__).parent.parent
MOST_QUERIES = 15
ROUNDS, AGAIN = 5, 20
SLOWEST = 10
"""Pages that seem slowest are measured again and longer: of more than a hundred one always meets a busy moment."""
MUST = {
    "office": "Cluster ",
    "experts": "Expert ",
    "case": "The road of the case",
    "dossier": "Indicators with a value",
    "consensus": "The ratings side by side",
}
"""Words that a page must contain, by route; every page must have a heading and end as a page does."""


def run() -> list[Row]:
    """What the pages contain first, then queries, then time."""
    home = Path(tempfile.mkdtemp(prefix="clustermark-pages-"))
    try:
        return _run(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(home: Path) -> list[Row]:
    os.environ |= {"CLUSTERMARK_HOME": str(home), "DJANGO_SETTINGS_MODULE": "clustermark.web.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django  # noqa: PLC0415 - after the environment says where the site is

    django.setup()
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.core.management import call_command  # noqa: PLC0415 - as above
    from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: PLC0415 - as above

    from clustermark.web.register import answers  # noqa: PLC0415 - as above
    from clustermark.web.register.answers import Answers, Turns  # noqa: PLC0415 - as above

    call_command("migrate", interactive=False, verbosity=0)
    # as in production: Django writes no list of its queries
    setup_test_environment(debug=False)
    settings.ROOT_URLCONF = "benchmarks.urls_of_pages"
    # every page is made, none is kept, and none waits for its turn
    answers.ANSWERS, answers.TURNS = Answers(most_bytes=0), Turns(rest=0)
    try:
        return _measured()
    finally:
        teardown_test_environment()


def _measured() -> list[Row]:
    from tests.web.every_page import DEVELOPMENT, PAGES, fill  # noqa: PLC0415 - as above
    from tests.web.test_queries import signed_in  # noqa: PLC0415 - as above

    from benchmarks.many_cases import CASES, FILES_A_CASE, PEOPLE, enlarge  # noqa: PLC0415 - as above
    from clustermark.web.accounts.models import User  # noqa: PLC0415 - only when Django is set up
    from clustermark.web.cases.models import Case, Evidence  # noqa: PLC0415 - as above

    filled = fill(ROOT / "examples" / "oka-valley")
    enlarge(filled.sample, list(filled.cases.values()))
    assert (Case.objects.count(), User.objects.count()) == (CASES, PEOPLE)
    assert Evidence.objects.count() >= CASES * FILES_A_CASE - 1000
    clients: dict[str, Any] = {"manager": signed_in(filled, "manager")}
    seconds, queries, shown = {}, {}, {}
    empties: list[float] = []
    for page in PAGES:
        if page.route in DEVELOPMENT:
            continue
        if page.login not in clients:
            clients[page.login] = signed_in(filled, page.login)
        shown[page.name] = page
        queries[page.name] = _checked(clients[page.login], filled.address(page), page.route)
        seconds[page.name] = _seconds(
            clients[page.login], clients["manager"], filled.address(page), empties, ROUNDS
        )
    for name in sorted(seconds, key=seconds.__getitem__)[-SLOWEST:]:
        page = shown[name]
        seconds[name] = _seconds(
            clients[page.login], clients["manager"], filled.address(page), empties, AGAIN
        )
    empty = median(empties)
    slowest, most = max(seconds, key=seconds.__getitem__), max(queries, key=queries.__getitem__)
    return [
        Row("median page (of an empty signed-in page)", median(seconds.values()), empty, 5, "at most"),
        Row(f"slowest page: {slowest} (of an empty signed-in page)", seconds[slowest], empty, 15, "at most"),
        Row(f"most queries of a page: {most} (of 15)", queries[most], MOST_QUERIES, 1, "at most", "n"),
    ]


def _checked(client: Any, address: str, route: str) -> int:
    """The number of queries of a page that contains what it must."""
    from django.db import connection  # noqa: PLC0415 - only when Django is set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    text = response.content.decode()
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    assert "<h1" in text, address
    assert text.rstrip().endswith("</html>"), address
    assert MUST.get(route, "") in text, f"{address} lacks {MUST.get(route)!r}"
    return len(asked)


def _seconds(client: Any, of_manager: Any, address: str, empties: list[float], rounds: int) -> float:
    """Median seconds of the page over `rounds`; those of the empty page, asked for in turn, go to `empties`."""
    times: list[float] = []
    for _round in range(rounds):
        for who, where, found in ((client, address, times), (of_manager, "/bench/empty/", empties)):
            start = perf_counter()
            who.get(where)
            found.append(perf_counter() - start)
    return median(times)


if __name__ == "__main__":
    print_table(run())

"""Blindness as a property: nothing that one expert gets depends on what the other has entered.

Two runs start from the same case and differ only in what expert B did: ratings, reasons, recommendations, questions,
jobs that B asked for, and whether B has submitted. Everything that expert A can get is recorded and compared byte for
byte: every route of the project with every value its arguments can take, what A's own acts answer, refusals, notices
and mails. A route whose arguments this test does not know fails it, so that no new page goes untested.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clustermark.web.cases.domain.panel import declare
from clustermark.web.cases.domain.rating import record_rating, submit_ratings
from clustermark.web.cases.domain.review import answer_question, ask_question
from clustermark.web.cases.models import Case, Clarification, Notice, ReportFile
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.tasks import make_report
from clustermark.web.jobs.domain.workers import say_here
from clustermark.web.seeding import Sample, rate_all
from tests.web.cases.site import Site

STATES = ("rating",)

MEASURED, RATED = "3.1", "4.2"
VOLATILE = (
    re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*'),
    re.compile(rb"(csrftoken=)[^;]*"),
    re.compile(rb"(sessionid=)[^;]*"),
)
"""What differs in any two responses to anybody: tokens against forged requests, and the name of the session."""
OTHER_MACHINERY = ("account/", "static/", "dev/", "mail/")
"""Routes that read nothing of cases: accounts are those of the person alone; mails are compared by themselves."""


@dataclass(frozen=True, slots=True)
class Got:
    """A response as its receiver has it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


Run = Callable[[], None]


def signed_in(sample: Sample, login: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(sample.people[login])
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time()},
        {"method": "mfa", "type": "totp", "at": time.time()},
    ]
    session["account_authentication_methods_user"] = str(sample.people[login].pk)
    session.save()
    return client


def got(response: Any) -> Got:
    streaming = getattr(response, "streaming", False)
    body = b"".join(response.streaming_content) if streaming else response.content
    cookies = response.cookies.output(header="").encode()
    headers = {**dict(response.items()), "cookies": _plain(cookies).decode()}
    return Got(response.status_code, tuple(sorted(headers.items())), _plain(body))


def _plain(data: bytes) -> bytes:
    for pattern in VOLATILE:
        data = pattern.sub(rb"\1-", data)
    return data


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every route of the project as a format string, and the names of its arguments."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + _readable(str(one.pattern))
        if isinstance(one, URLResolver):
            yield from routes(one, route)
        else:
            assert isinstance(one, URLPattern)
            if not route.startswith(OTHER_MACHINERY):
                yield re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route), re.findall(r"<(?:\w+:)?(\w+)>", route)


def _readable(pattern: str) -> str:
    """A pattern that is a regular expression, with its groups named as in other routes."""
    named = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", pattern)
    return named if named == pattern else named.strip("^$").replace("\\", "")


def values_of(sample: Sample, case: Case) -> Mapping[str, Sequence[object]]:
    """What each argument of a route can be, good and bad. A new argument has to be given its values here."""
    experts = [sample.people[login].reference for login in ("expert-a", "expert-b")]
    return {
        "reference": [case.reference, uuid.UUID(int=7)],
        "name": [
            "submit_ratings",
            "agree_consensus",
            "open_consensus",
            "finish_review",
            "withdraw",
            "no-such",
        ],
        "code": [RATED, MEASURED, "9.9"],
        "expert": experts,
        "number": [1, 2],
        "evidence_id": ["E01", "E99"],
        **OTHER_ARGUMENTS(sample, case),
    }


def OTHER_ARGUMENTS(sample: Sample, case: Case) -> Mapping[str, Sequence[object]]:  # noqa: N802 - a table that needs the case
    """Arguments of pages that are not the experts' own."""
    return {
        "token": ["no-such-token"],
        "at": [0, 1],
        "ending": ["pdf", "docx", "html", "xlsx", "json", "ics"],
        "language": ["en", "ru", "de"],
        "table": ["participants", "ratings", "no-such"],
        "pk": [1, 2, 3, 4, 5, 6],
        "kind": ["ratings", "consensus", "dossier", "report", "csv", "xlsx", "ics", "pdf"],
        "format": ["pdf", "docx", "html", "xlsx"],
        "form": ["csv", "json"],
        "key": ["certificates_by_year", "no_such"],
        "part": [1, 2],
        "sha256": ["0" * 64],
        "mark": ["imported"],
    }


def urls(sample: Sample, case: Case) -> list[str]:
    """Every URL of the project with every value of its arguments; the workspace with what it can be asked for."""
    known = values_of(sample, case)
    found = []
    for route, names in routes():
        unknown = [name for name in names if name not in known]
        assert not unknown, f"{route}: give the arguments {unknown} their values in values_of"
        found += [
            "/" + route.format(**dict(zip(names, values, strict=True)))
            for values in product(*(known[name] for name in names))
        ]
    base = f"/cases/{case.reference}/"
    found += [f"{base}questions/?state={state}" for state in ("open", "answered", "closed", "x")]
    found += [f"{base}ratings/{RATED}/?evidence=E02", f"{base}consensus/?show=differs", "/?page=2"]
    return found


def everything(sample: Sample, case: Case, *, acts: bool = True, within: str = "/") -> dict[str, Got]:
    """All that expert A gets: pages by GET, as htmx asks for them, what A's acts answer, notices and mails.

    Pages whose address does not begin with `within` are left out.
    """
    client = signed_in(sample, "expert-a")
    answers = {url: got(client.get(url)) for url in urls(sample, case) if url.startswith(within)}
    base = f"/cases/{case.reference}/"
    for part in ("ratings/", f"ratings/{RATED}/", "consensus/", f"consensus/{RATED}/"):
        answers["htmx " + part] = got(client.get(base + part, headers={"HX-Request": "true"}))
    if acts:
        said = {"rating": "2", "reason": "Seen.", "version": "0"}
        for name, url, data in (
            ("ask", f"ratings/{RATED}/ask/", {"question": "Which goals have an owner?"}),
            ("ask nothing", f"ratings/{RATED}/ask/", {"question": " "}),
            ("rate", f"ratings/{RATED}/", said),
            ("rate over it", f"ratings/{RATED}/", {**said, "rating": "1"}),
            ("answer B", f"questions/{sample.people['expert-b'].reference}/1/", {"answer": "x"}),
            ("close B", f"questions/{sample.people['expert-b'].reference}/1/", {"act": "close"}),
            ("consensus", f"consensus/{RATED}/", said),
            ("agree", "acts/agree_consensus/", {}),
            ("submit", "acts/submit_ratings/", {}),
        ):
            answers["POST " + name] = got(client.post(base + url, data))
        for part in ("", "ratings/", f"ratings/{RATED}/", "questions/"):
            answers["after " + part] = got(client.get(base + part))
    me = sample.people["expert-a"]
    notices = list(Notice.objects.filter(user=me).values_list("name", "facts", "at"))
    answers["notices"] = Got(0, (), repr(notices).encode())
    mine = [(one.subject, one.body) for one in mail.outbox if me.email in one.to]
    answers["mails"] = Got(0, (), repr(mine).encode())
    return answers


def compared(
    sample: Sample, case: Case, one: Run, other: Run, *, acts: bool = True, within: str = "/"
) -> tuple[Any, Any]:
    """What A gets after B did `one`, and after B did `other` instead, from the same beginning."""
    found = []
    for run in (one, other):
        mail.outbox.clear()
        with transaction.atomic():
            run()
            found.append(everything(sample, Case.objects.get(pk=case.pk), acts=acts, within=within))
            transaction.set_rollback(True)
    return found[0], found[1]


def told_apart(one: Mapping[str, Got], other: Mapping[str, Got]) -> list[str]:
    return sorted(url for url in one if one[url] != other[url])


@pytest.fixture
def still() -> Iterator[None]:
    """The clock stands still: both runs happen at the same moment."""
    with time_machine.travel(timezone.now() + timedelta(seconds=2), tick=False):
        yield


def b_did(
    sample: Sample, case: Case, done: Mapping[str, int | None], questions: int, *, submits: bool
) -> Run:
    """What B does: ratings by code (None: follows the records), questions, and submission of everything."""

    def run() -> None:
        b = sample.by("expert-b")
        for code, step in done.items():
            record_rating(
                case=case,
                indicator=code,
                by=b,
                rating=step,
                follows_records=step is None,
                reason="B says so.",
                recommendation=f"B would change {code}.",
                evidence=["E01"],
            )
        for number in range(questions):
            asked = ask_question(case=case, indicator=RATED, question=f"B asks {number}?", by=b)
            answer_question(asked=asked, answer="Answered to B.", by=sample.by("manager"))
        if submits:
            rate_all(sample, case, "expert-b", 1)
            submit_ratings(case=case, by=b)
            b_asks_for_reports(sample, case)

    return run


def b_asks_for_reports(sample: Sample, case: Case) -> None:
    """Jobs of B for this case, one that waits and one that was done, and a worker that has one."""
    say_here("worker")
    for ending in ("pdf", "json"):
        row = ReportFile.objects.create(
            case=case,
            asked_by=sample.people["expert-b"],
            asked_at=timezone.now(),
            ending=ending,
            language="en",
            digest="sha256:" + "0" * 64,
            step=2,
        )
        ReportFile.objects.filter(pk=row.pk).update(task=make_report.enqueue(row.pk).id)
    ReportFile.objects.filter(ending="json").update(sha256="0" * 64, size=1, made_at=timezone.now())
    DBTaskResult.objects.filter(pk=ReportFile.objects.get(ending="pdf").task_id).update(status="RUNNING")


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize(
    ("a_done", "within"),
    [
        pytest.param(False, "/cases/{case}/", id="A began, pages of the case"),
        pytest.param(False, "/", id="A began", marks=pytest.mark.slow),
        pytest.param(True, "/", id="A rated all", marks=pytest.mark.slow),
    ],
)
def test_nothing_that_a_gets_tells_whether_b_worked_or_submitted(
    site: Site, sample: Sample, a_done: bool, within: str
) -> None:
    case = site.case("rating")
    if a_done:
        rate_all(sample, case, "expert-a", 0)
    codes = [one.code for one in scheme_of(case.edition).document.indicators if one.scale == "rubric"]
    idle = b_did(sample, case, {}, 0, submits=False)
    busy = b_did(sample, case, dict.fromkeys(codes, 5), 3, submits=True)
    # when A has rated all, A's submission would rightly open the consensus: A's acts are left out there
    within = within.format(case=case.reference)
    one, other = compared(sample, case, idle, busy, acts=not a_done, within=within)
    assert told_apart(one, other) == []
    assert one[f"/cases/{case.reference}/ratings/{RATED}/"].status == 200
    assert one[f"/cases/{case.reference}/consensus/"].status == 403
    assert one[f"/cases/{case.reference}/report/full/pdf/"].status == 403


@pytest.mark.slow
@pytest.mark.usefixtures("still")
def test_nothing_tells_b_s_progress_after_a_submitted(site: Site, sample: Sample) -> None:
    case = site.case("rating")
    rate_all(sample, case, "expert-a", 0)
    submit_ratings(case=case, by=sample.by("expert-a"))
    idle = b_did(sample, case, {}, 0, submits=False)
    busy = b_did(sample, case, {RATED: 1, MEASURED: None}, 2, submits=False)
    one, other = compared(sample, case, idle, busy)
    assert told_apart(one, other) == []
    work = one[f"/cases/{case.reference}/ratings/"].body.decode()
    assert "The consensus opens when all have submitted." in work


@pytest.mark.slow
@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("state", ["desk_review", "site_visit"])
def test_nothing_tells_b_s_questions_before_the_ratings(site: Site, sample: Sample, state: str) -> None:
    case = site.case(state)
    one, other = compared(
        sample,
        case,
        b_did(sample, case, {}, 0, submits=False),
        b_did(sample, case, {RATED: 4}, 2, submits=False),
    )
    assert told_apart(one, other) == []
    assert b"B asks" not in b"".join(each.body for each in other.values())


@pytest.mark.slow
@pytest.mark.usefixtures("still")
def test_nothing_tells_whether_b_declared(site: Site, sample: Sample) -> None:
    case = site.case("declaring")

    def declared() -> None:
        declare(seat=case.seats.get(expert=sample.people["expert-b"]), free=True, by=sample.by("expert-b"))

    one, other = compared(sample, case, lambda: None, declared)
    assert told_apart(one, other) == []


@pytest.mark.slow
@pytest.mark.usefixtures("still")
def test_the_comparison_can_fail(site: Site, sample: Sample) -> None:
    """After both have submitted the panel is open to itself: then, and only then, A's pages do depend on B."""
    case = site.case("rating")
    rate_all(sample, case, "expert-a", 0)
    submit_ratings(case=case, by=sample.by("expert-a"))

    def low() -> None:
        rate_all(sample, case, "expert-b", 1)
        submit_ratings(case=case, by=sample.by("expert-b"))

    def high() -> None:
        rate_all(sample, case, "expert-b", 1)
        b = sample.by("expert-b")
        record_rating(case=case, indicator=RATED, by=b, rating=0, reason="Nothing is focused.")
        ask_question(case=case, indicator=RATED, question="B asks?", by=b)
        submit_ratings(case=case, by=b)

    one, other = compared(sample, case, low, high, acts=False)
    base = f"/cases/{case.reference}/"
    apart = set(told_apart(one, other))
    assert {base + "consensus/", base + f"consensus/{RATED}/", base + "questions/"} <= apart
    assert base + "ratings/" not in apart


def test_routes_are_found_and_an_unknown_argument_is_told(
    site: Site, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = site.case("draft")
    found = dict(routes())
    assert found["cases/{reference}/ratings/{code}/"] == ["reference", "code"]
    monkeypatch.setattr(f"{__name__}.routes", lambda: iter([("new/{thing}/", ["thing"])]))
    with pytest.raises(AssertionError, match="thing"):
        urls(sample, case)


def test_question_numbers_count_only_one_s_own(site: Site, sample: Sample) -> None:
    case = site.case("rating")
    for login in ("expert-b", "expert-b", "expert-a"):
        ask_question(case=case, indicator=RATED, question="How?", by=sample.by(login))
    numbers = Clarification.objects.filter(case=case).values_list("seat__expert__name", "number")
    # expert A had asked one in the desk review already
    assert sorted(numbers) == [("Anna Keller", 1), ("Anna Keller", 2), ("Jan Novák", 1), ("Jan Novák", 2)]

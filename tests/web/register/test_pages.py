"""The public pages: seen by anyone, kept by anyone, the same truth on each."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from clustermark.certificates.did import read_key_document
from clustermark.certificates.verify import verify
from clustermark.cli.app import app
from clustermark.register import statistics
from clustermark.register.entries import read_register
from clustermark.register.life import IN_FORCE
from clustermark.register.rows import rows_on
from clustermark.transparency.checkpoint import read_checkpoint, read_key
from clustermark.transparency.log import ConsistencyProof, InclusionProof
from clustermark.web.accounts.people import today
from clustermark.web.files.store import BlobStore
from clustermark.web.register.domain.importing import enter_register
from clustermark.web.register.domain.living import suspend_award, withdraw_award
from clustermark.web.register.models import Award
from clustermark.web.register.queries.search import Search, found_awards
from clustermark.web.register.queries.whole import log_tree
from clustermark.web.seeding import Sample
from tests.web.conftest import SignIn

STATES = ("decided",)

SYNTHETIC = Path(__file__).parents[3] / "examples" / "register" / "synthetic-2017.json"


@pytest.fixture
def synthetic(db: None) -> None:
    """The synthetic register of 2017."""
    enter_register(register=read_register(SYNTHETIC.read_bytes(), file=SYNTHETIC.name), file=SYNTHETIC.name)


PAGES = (
    "/register/",
    "/register/?state=any&on=2017-10-26&page=2",
    "/register/?name=Cluster&country=DE&sector=food&level=bronze&region=x",
    "/register/map/",
    "/register/statistics/",
    "/register/statistics/holders/?by=country&as_of=2017-11-30",
    "/register/statistics/time_in_process/",
    "/register/statistics/renewals/",
    "/register/membership/",
    "/transparency/",
    "/verify/",
)


def test_every_public_page_is_open_and_may_be_kept(synthetic: None, queries: Any) -> None:
    for place in PAGES:
        with queries(15):
            response = Client().get(place)
        assert response.status_code == 200, place
        assert response.headers["Cache-Control"] == "public, max-age=60", place
        assert response.headers["Last-Modified"]
        assert "csrftoken" not in response.cookies, place
        page = response.content.decode()
        assert not re.findall(r"\sstyle=|<style|\son[a-z]+=|javascript:", page), place
        again = Client().get(place, headers={"if-none-match": response.headers["ETag"]})
        assert again.status_code == 304, place
        for language in ("ru", "de"):
            spoken = Client().get(place, headers={"accept-language": language})
            assert spoken.headers["Content-Language"] == language
            assert spoken.headers["ETag"] != response.headers["ETag"]


def test_a_page_costs_as_many_questions_whatever_it_shows(synthetic: None, queries: Any) -> None:

    counted = []
    for place in ("/register/?country=RU&state=any", "/register/?state=any"):
        Client().get(place)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert Client().get(place).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 6


def test_somebody_signed_in_gets_a_page_of_their_own(award: Award, sample: Sample, sign_in: SignIn) -> None:
    response = sign_in(sample.people["secretariat"]).get("/register/")
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_chosen_language_is_remembered(synthetic: None) -> None:
    client = Client()
    response = client.get("/register/?lang=ru")
    assert response.headers["Content-Language"] == "ru"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert '<html lang="ru"' in response.content.decode()
    assert client.get("/register/").headers["Content-Language"] == "ru"


def test_the_page_behind_the_code(award: Award) -> None:
    for place in (f"/register/{award.number}/", f"/register/{award.number}"):
        page = Client().get(place)
        assert page.status_code == 200
        text = page.content.decode()
        assert award.holder in text
        assert "<strong>valid</strong>" in text
        assert "This is a sample register" in text
        assert "Not endorsed by the scheme owner" in text
    described = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert described is not None
    assert json.loads(described[1])["certificationIdentification"] == award.number
    assert "not yet valid" in Client().get(f"/register/{award.number}/?on=2000-01-01").content.decode()
    assert Client().get("/register/RU-2017-10-0099-99/").status_code == 404


def test_the_files_are_those_that_were_issued(award: Award) -> None:
    file = award.files.get()
    pdf = b"".join(Client().get(f"/register/{award.number}/en.pdf"))
    with BlobStore().open(file.pdf_id) as kept:
        assert pdf == kept.read()
    token = Client().get(f"/register/{award.number}/credential.jwt")
    assert token.content.decode() == file.token
    assert token.headers["Content-Type"] == "application/vc+jwt"
    document = read_key_document(Client().get("/.well-known/did.json").content.decode(), file="did.json")
    lists = [Client().get(f"/status/{purpose}").content.decode() for purpose in ("revocation", "suspension")]
    verdict = verify(pdf, documents=[document], status_lists=lists, now=datetime.now(UTC))
    assert (verdict.standing, verdict.kind) == ("valid", "pdf")
    assert Client().get(f"/register/{award.number}/ru.pdf").status_code == 404


def test_an_act_shows_at_once_everywhere(award: Award, sample: Sample, time_machine: Any) -> None:
    places = (f"/register/{award.number}/", "/status/suspension", f"/badge/{award.number}.svg", "/register/")
    before = {place: Client().get(place) for place in places}

    suspend_award(
        award=award,
        by=sample.by("secretariat"),
        until=today() + timedelta(days=60),
        reason="Documents are missing.",
    )
    for place in places:
        tag = before[place].headers["ETag"]
        after = Client().get(place, headers={"if-none-match": tag})
        assert after.status_code == 200, place
        assert after.content != before[place].content, place
    assert "suspended" in Client().get(f"/badge/{award.number}.svg").content.decode()


def test_the_log_proves_itself(award: Award, synthetic_log: None) -> None:
    key = read_key(Client().get("/transparency/key").content.decode().strip())
    checkpoint = read_checkpoint(Client().get("/transparency/checkpoint").content.decode(), key)
    lines = Client().get("/transparency/entries").content.decode().splitlines()
    assert checkpoint.size == len(lines)
    proof = InclusionProof.model_validate_json(
        Client().get(f"/transparency/inclusion?index=0&size={checkpoint.size}").content
    )
    assert proof.holds()
    assert proof.root == checkpoint.root.hex()
    consistent = ConsistencyProof.model_validate_json(
        Client().get(f"/transparency/consistency?earlier=1&later={checkpoint.size}").content
    )
    assert consistent.holds()
    for place in (
        "inclusion",
        "inclusion?index=99999",
        "inclusion?index=-1",
        "consistency?earlier=2&later=1",
    ):
        assert Client().get(f"/transparency/{place}").status_code == 422


def test_a_page_that_reads_the_log_is_not_disturbed_by_what_is_added(award: Award, sample: Sample) -> None:
    read = log_tree()
    size, root = len(read), read.root()
    suspend_award(
        award=award, by=sample.by("secretariat"), until=today() + timedelta(days=10), reason="No audit."
    )
    grown = log_tree()
    assert len(grown) == size + 1
    # the signed checkpoint says the size first and then the root
    assert (len(read), read.root()) == (size, root)


def test_the_operator_signs_and_a_monitor_watches(
    award: Award, sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*arguments: object) -> str:
        done = CliRunner().invoke(app, ["log", *map(str, arguments), "--lang", "en"], catch_exceptions=False)
        assert done.exit_code == 0
        return done.stdout

    key, folder, log = run("key").strip(), tmp_path / "points", tmp_path / "log"
    assert key == Client().get("/transparency/key").content.decode().strip()
    run("checkpoint", "--out", folder)
    withdraw_award(award=award, by=sample.by("secretariat"), reason="It was obtained with false papers.")
    run("checkpoint", "--out", folder)
    log.write_text(run("entries"), encoding="utf-8")
    assert log.read_bytes() == Client().get("/transparency/entries").content
    told = run("monitor", log, folder, "--key", key).splitlines()
    assert [line.rpartition(": ")[2] for line in told] == [
        "The history stands as it was; 0 entries were added.",
        "The history stands as it was; 1 entry was added.",
    ]


@pytest.fixture
def synthetic_log(award: Award, sample: Sample) -> None:
    """A second entry in the log."""

    withdraw_award(award=award, by=sample.by("secretariat"), reason="It was obtained with false papers.")


def test_statistics_say_what_the_pure_functions_say(synthetic: None) -> None:

    register = read_register(SYNTHETIC.read_bytes(), file=SYNTHETIC.name)
    day = date(2017, 11, 30)
    wanted = statistics.holders(register, as_of=day, by="country")
    answer = Client().get("/register/statistics/holders.json?by=country&as_of=2017-11-30")
    told = json.loads(answer.content)["statistic"]
    assert told["value"] == int(wanted.value or 0) > 750
    assert [(group["key"], group["value"]) for group in told["groups"]] == [
        (group.key, group.value) for group in wanted.groups
    ]
    assert 'rel="license"' in answer.headers["Link"]
    csv = Client().get("/register/statistics/holders.csv?by=country&as_of=2017-11-30").content.decode()
    assert csv.splitlines()[0] == "key,title,value"
    parquet = Client().get("/register/statistics/in_force.parquet?as_of=2017-11-30").content
    assert parquet[:4] == parquet[-4:] == b"PAR1"
    assert Client().get("/register/statistics/nothing/").status_code == 404
    assert Client().get("/register/statistics/ordinal/?number=nobody").status_code == 422


def test_machines_find_their_way(synthetic: None) -> None:
    feed = Client().get("/register/feed.atom").content.decode()
    assert "http://www.w3.org/2005/Atom" in feed
    index = Client().get("/sitemap.xml").content.decode()
    assert "/sitemap-1.xml" in index
    numbers = Client().get("/sitemap-1.xml").content.decode()
    assert numbers.count("<loc>") == Award.objects.count()
    assert Client().get("/sitemap-2.xml").status_code == 404
    assert f"Sitemap: {settings.SITE_URL}/" in Client().get("/robots.txt").content.decode()


def test_the_search_finds_what_the_pure_functions_find(synthetic: None) -> None:
    register = read_register(SYNTHETIC.read_bytes(), file=SYNTHETIC.name)
    for day in (date(2012, 2, 29), date(2017, 10, 26), today()):
        wanted = {row.number: row.state for row in rows_on(register, day=day, known_on=today())}
        known = {item.number for item in register.known_on(day).certificates}
        for state in ("valid", "expired", "suspended", "withdrawn", "not_yet", "void"):
            found = set(found_awards(Search(day=day, state=state)).values_list("number", flat=True))
            numbers = {number for number, held in wanted.items() if held == state} & known
            if state != "void":
                assert found == numbers, (day, state)
        in_force = {award.number: getattr(award, "state", None) for award in found_awards(Search(day=day))}
        assert in_force == {
            number: held for number, held in wanted.items() if held in IN_FORCE and number in known
        }
    assert found_awards(Search(day=today(), state="any")).count() == len(register.certificates)

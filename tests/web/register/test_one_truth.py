"""One truth: page, register, holder's page, signed status lists, API, badge and the command `verify` agree on every
certificate after any history of every act that its life knows."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any, get_args

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from clustermark.certificates import jws
from clustermark.certificates.status import read_status_list
from clustermark.cli.app import app
from clustermark.ground.problems import ProblemsError
from clustermark.register.entries import ActKind
from clustermark.register.life import STATE_WORDS
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case
from clustermark.web.register.domain import living
from clustermark.web.register.domain.drawing import draw_holders
from clustermark.web.register.domain.issuing import issue_certificate
from clustermark.web.register.models import Award, IssuerKeys
from clustermark.web.seeding import Sample

STATES = ("decided",)

REASON = "Decided by the committee."


class RolledBackError(Exception):
    """Ends an example; the database goes back to where it was."""


ACTS = (
    "extend",
    "suspend",
    "reinstate",
    "withdraw",
    "void",
    "renew",
    "report_change",
    "surveillance_due",
    "surveillance_done",
    "draw",
    "wait",
)
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 500)), min_size=1, max_size=6)


def test_every_act_of_a_life_is_in_the_histories() -> None:
    """What begins a life is how it was issued; the draw notes that a look is due."""
    assert {*ACTS, "issue", "award_conditionally"} == {*get_args(ActKind), "draw", "wait"}


def do(kind: str, award: Award, sample: Sample) -> None:
    by = sample.by("secretariat")
    verbs: dict[str, Any] = {
        "extend": lambda: living.extend_award(
            award=award, by=by, until=today() + timedelta(days=900), reason=REASON
        ),
        "report_change": lambda: living.report_change(
            award=award, by=sample.by("manager"), change="merger", reason=REASON
        ),
        "draw": lambda: draw_holders(seed="42", year=today().year, by=by),
        "suspend": lambda: living.suspend_award(
            award=award, by=by, until=today() + timedelta(days=60), reason=REASON
        ),
        "reinstate": lambda: living.reinstate_award(award=award, by=by, reason=REASON),
        "withdraw": lambda: living.withdraw_award(award=award, by=by, reason=REASON),
        "void": lambda: living.void_award(award=award, by=by, reason=REASON),
        "renew": lambda: living.renew_award(award=award, by=by, reason=REASON),
        "surveillance_due": lambda: living.note_surveillance_due(award=award, by=by, reason=REASON),
        "surveillance_done": lambda: living.note_surveillance_done(award=award, by=by, reason=REASON),
        "wait": lambda: None,
    }
    # where the rules of its life refuse the act, nothing may have changed, which is what is compared afterwards
    with suppress(ProblemsError):
        verbs[kind]()


def verified(award: Award, folder: Path) -> str:
    """What the command says of the newest credential, with the key document and status lists of this moment saved."""
    client, file = Client(), award.files.first()
    assert file is not None
    saved = {
        "did.json": client.get("/.well-known/did.json").content,
        "revocation.jwt": client.get("/status/revocation").content,
        "suspension.jwt": client.get("/status/suspension").content,
        "certificate.jwt": file.token.encode(),
    }
    for name, content in saved.items():
        (folder / name).write_bytes(content)
    lists = [
        part for name in ("revocation.jwt", "suspension.jwt") for part in ("--status-list", folder / name)
    ]
    asked = ["verify", folder / "certificate.jwt", "--offline", "--key-document", folder / "did.json", *lists]
    done = CliRunner().invoke(app, [*map(str, asked), "--json"], catch_exceptions=False)
    verdict = json.loads(done.stdout)
    assert (done.exit_code == 0) is verdict["ok"]
    standing: str = verdict["standing"]
    return standing


def told(award: Award, folder: Path) -> dict[str, str]:
    """What each place says, each in its own words."""
    client = Client()
    page = client.get(f"/register/{award.number}/").content.decode()
    words = re.search(r'class="standing__line">.*?<strong>(.*?)</strong>', page, re.DOTALL)
    assert words is not None
    state = {text: name for name, text in STATE_WORDS.items()}[words[1]]
    rows = client.get(f"/register/?state={state}&name={award.number}").content.decode()
    assert award.number in re.sub(r"<input[^>]*>", "", rows), f"the search does not find it as {state}"
    api = json.loads(client.get(f"/api/certificates/{award.number}").content)["state"]
    index = award.status_place.index
    lists = {}
    for purpose in ("revocation", "suspension"):
        token = jws.read(client.get(f"/status/{purpose}").content.decode())
        lists[purpose] = index in read_status_list(token.payload)
    listed = "revoked" if lists["revocation"] else "suspended" if lists["suspension"] else "neither"
    holder = client.get("/register/holder/", {"id": award.holder_id}).content.decode()
    badges = re.search(rf'id="{award.number}">.*?<span class="badge[^>]*>(.*?)</span>', holder, re.DOTALL)
    assert badges is not None
    in_force = client.get("/api/statistics/in_force")
    counted = award.number in [row["number"] for row in json.loads(in_force.content)["statistic"]["rows"]]
    badge = client.get(f"/badge/{award.number}.svg").content.decode()
    return {
        "page": state,
        "holder": {text: name for name, text in STATE_WORDS.items()}[badges[1]],
        "api": api,
        "list": listed,
        "counted": str(counted),
        "badge": "in force" if "valid until" in badge else "not in force",
        "verify": verified(award, folder),
    }


LISTED = {"withdrawn": "revoked", "void": "revoked", "suspended": "suspended"}
VERIFIED = {
    "valid": "valid",
    "conditional": "valid",
    "suspended": "suspended",
    "expired": "expired",
    "withdrawn": "revoked",
    "void": "revoked",
    "not_yet": "not_yet_valid",
}


@pytest.mark.slow
@pytest.mark.parametrize("conditional", [False, True])
def test_all_places_agree_after_any_history(
    decided: Case, keys: IssuerKeys, sample: Sample, tmp_path: Path, conditional: bool
) -> None:
    start = datetime.combine(today(), time(), UTC)
    with time_machine.travel(start, tick=False):
        award = issue_certificate(
            case=decided,
            by=sample.by("secretariat"),
            languages=("en",),
            conditional=conditional,
            immediately=True,
            reason="The cluster waived its right to appeal.",
        )
    # the clock never shows the same moment twice, as outside of tests, although every example begins anew
    moments = count()

    # inside, so that Hypothesis does not write the whole sample out when an example fails
    @given(history=steps)
    @settings(max_examples=10, deadline=None)
    def agree(history: list[tuple[str, int]]) -> None:
        with suppress(RolledBackError), transaction.atomic():
            passed = 0
            for kind, days in history:
                passed += days
                moment = start + timedelta(days=passed, seconds=next(moments) + 1)
                with time_machine.travel(moment, tick=False):
                    do(kind, award, sample)
                    compare(award, tmp_path)
            raise RolledBackError

    agree()


def compare(award: Award, folder: Path) -> None:
    found = told(award, folder)
    state = found["page"]
    in_force = state in {"valid", "conditional"}
    assert found == {
        "page": state,
        "holder": state,
        "api": state,
        "list": LISTED.get(state, "neither"),
        "counted": str(in_force),
        "badge": "in force" if in_force else "not in force",
        "verify": VERIFIED[state],
    }

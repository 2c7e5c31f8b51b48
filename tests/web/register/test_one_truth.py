"""One truth: page, register, signed status list, API and badge agree on every certificate after any history."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from clustermark.certificates import jws
from clustermark.certificates.status import read_status_list
from clustermark.ground.problems import ProblemsError
from clustermark.register.life import STATE_WORDS
from clustermark.web.accounts.people import today
from clustermark.web.register.domain import living
from clustermark.web.register.models import Award
from clustermark.web.seeding import Sample

STATES = ("decided",)

REASON = "Decided by the committee."


class RolledBackError(Exception):
    """Ends an example; the database goes back to where it was."""


ACTS = ("suspend", "reinstate", "withdraw", "void", "renew", "surveillance_due", "surveillance_done", "wait")
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 500)), min_size=1, max_size=6)


def do(kind: str, award: Award, sample: Sample) -> None:
    by = sample.by("secretariat")
    verbs: dict[str, Any] = {
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


def told(award: Award) -> dict[str, str]:
    """What each place says, as one of: valid, suspended, revoked, other."""
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
    in_force = client.get("/api/statistics/in_force")
    counted = award.number in [row["number"] for row in json.loads(in_force.content)["statistic"]["rows"]]
    badge = client.get(f"/badge/{award.number}.svg").content.decode()
    return {
        "page": state,
        "api": api,
        "list": listed,
        "counted": str(counted),
        "badge": "in force" if "valid until" in badge else "not in force",
    }


LISTED = {"withdrawn": "revoked", "void": "revoked", "suspended": "suspended"}


@pytest.mark.slow
def test_all_places_agree_after_any_history(award: Award, sample: Sample) -> None:
    start = datetime.combine(today(), time(), UTC)
    # the clock never shows the same moment twice, as outside of tests, although every example begins anew
    moments = count()

    # inside, so that Hypothesis does not write the whole sample out when an example fails
    @given(history=steps)
    @settings(max_examples=12, deadline=None)
    def agree(history: list[tuple[str, int]]) -> None:
        with suppress(RolledBackError), transaction.atomic():
            passed = 0
            for kind, days in history:
                passed += days
                moment = start + timedelta(days=passed, seconds=next(moments))
                with time_machine.travel(moment, tick=False):
                    do(kind, award, sample)
                    compare(award)
            raise RolledBackError

    agree()


def compare(award: Award) -> None:
    found = told(award)
    state = found["page"]
    in_force = state in {"valid", "conditional"}
    assert found == {
        "page": state,
        "api": state,
        "list": LISTED.get(state, "neither"),
        "counted": str(in_force),
        "badge": "in force" if in_force else "not in force",
    }

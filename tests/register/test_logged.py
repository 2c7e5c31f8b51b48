"""The log holds the acts of a register; whatever is changed afterwards shows."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clustermark.register.logged import entries_of, first_difference
from clustermark.transparency.checkpoint import Checkpoint
from clustermark.transparency.log import prove_inclusion
from clustermark.transparency.merkle import Tree, leaf_hash
from clustermark.transparency.monitor import watch
from tests.register.material import act, certificate, register

ACTS = [
    act("issue", date(2017, 11, 15), "A"),
    act("issue", date(2017, 12, 1), "B"),
    act("suspend", date(2018, 2, 1), "A", until=date(2018, 3, 1)),
    act("withdraw", date(2018, 5, 1), "B"),
]
REPORTED = act("report_change", date(2018, 6, 1), "A", change="name")
SAMPLE = register(certificate("A"), certificate("B"), acts=[*ACTS, REPORTED])


def test_an_entry_tells_digests_and_nothing_of_the_reason() -> None:
    entry = json.loads(entries_of(SAMPLE)[2])
    assert (entry["certificate"], entry["on"]) == ("A", "2018-02-01")
    assert set(entry) == {"format", "certificate", "certificate_digest", "on", "act_digest"}
    assert entry["certificate_digest"] == json.loads(entries_of(SAMPLE)[0])["certificate_digest"]


@given(st.sampled_from(range(4)), st.sampled_from(["reason", "by", "level", "drop"]))
def test_a_register_changed_behind_its_log_is_found(index: int, what: str) -> None:
    entries = entries_of(SAMPLE)
    assert first_difference(SAMPLE, entries) is None
    acts: list[Any] = [*ACTS]
    certificates = [*SAMPLE.certificates]
    if what == "level":
        certificates[0] = certificate("A", level="gold")
    elif what == "drop":
        del acts[index]
    else:
        acts[index] = acts[index].model_copy(update={what: "otherwise"})
    changed = SAMPLE.model_copy(update={"acts": acts, "certificates": certificates})
    assert first_difference(changed, entries) == (0 if what == "level" else index)
    tree, now = Tree(entries), entries_of(changed)
    point = Checkpoint("register.example", 4, tree.root())
    later = Checkpoint("register.example", len(now), Tree(now).root())
    assert not watch(point, later, now, kept=entries).sound


def test_the_log_proves_an_act() -> None:
    entries = entries_of(SAMPLE)
    proof = prove_inclusion(Tree(entries), 2)
    assert proof.holds()
    assert proof.leaf == leaf_hash(entries[2]).hex()
    assert first_difference(SAMPLE, entries[:3]) == 3

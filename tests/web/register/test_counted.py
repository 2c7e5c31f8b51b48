"""Statistics of the web are those of the pure functions, remembered until the register changes, within bounds."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.test import Client

from clustermark.ground.texts import use_language
from clustermark.register import statistics
from clustermark.register.entries import Act, Certificate, Register, read_register
from clustermark.register.rows import Scope
from clustermark.register.statistics import BY, Statistic
from clustermark.web.register.domain.recording import add_act, recording
from clustermark.web.register.models import Award
from clustermark.web.register.queries import counted
from clustermark.web.register.queries.counted import GRACE_MONTHS
from clustermark.web.register.queries.whole import head, whole_register
from clustermark.web.remembering import Remembered
from tests.web.register.test_pages import SYNTHETIC, synthetic

__all__ = ["synthetic"]

DAYS = (date(2012, 2, 29), date(2017, 11, 30))


def oracle() -> Register:
    return read_register(SYNTHETIC.read_bytes(), file=SYNTHETIC.name)


def told(key: str, **query: object) -> Any:
    answer = Client().get(
        f"/api/statistics/{key}", {name: str(value) for name, value in query.items() if value}
    )
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)["statistic"]


def same(answer: Any, wanted: Statistic) -> bool:
    return bool(answer == json.loads(wanted.model_dump_json()))


def test_every_statistic_is_that_of_the_pure_functions(synthetic: None) -> None:
    register = oracle()
    for day, by, level in product(DAYS, (None, *BY), (None, "silver")):
        scope = Scope(level=level)
        asked = {"as_of": day, "by": by, "level": level}
        assert same(told("in_force", **asked), statistics.in_force(register, as_of=day, by=by, scope=scope))
        assert same(told("awarded", **asked), statistics.awarded(register, as_of=day, by=by, scope=scope))
        assert same(told("holders", **asked), statistics.holders(register, as_of=day, by=by, scope=scope))
    for day, country in product(DAYS, (None, "DE")):
        scope, asked = Scope(country=country), {"as_of": day, "country": country}
        wanted = statistics.renewals(register, as_of=day, grace_months=GRACE_MONTHS, scope=scope)
        assert same(told("renewals", **asked), wanted)
        assert same(
            told("time_in_process", **asked), statistics.time_in_process(register, as_of=day, scope=scope)
        )
    wanted = statistics.ordinal(
        register,
        "RU-201711-001",
        as_of=DAYS[1],
        scope=Scope(level="silver", continent="150", sector="health"),
    )
    assert wanted.value == 9
    assert same(told("ordinal", as_of=DAYS[1], number="RU-201711-001", within="sector"), wanted)


def test_what_is_read_without_being_checked_again_is_what_was_entered(synthetic: None) -> None:
    known, entered = whole_register(), oracle()
    assert known.certificates == entered.certificates
    assert sorted(known.acts, key=str) == sorted(entered.acts, key=str)
    assert [act.on for act in known.acts] == sorted(act.on for act in known.acts)
    for one in known.certificates:
        assert Certificate.model_validate(one.model_dump()) == one
    for act in known.acts:
        assert Act.model_validate(act.model_dump()) == act


def test_the_register_is_read_once_for_all_languages(synthetic: None, queries: Any) -> None:
    now, english = head(), whole_register()
    with queries(0), use_language("de"):
        german = whole_register(now)
        assert whole_register(now) is german
    assert german.notice != english.notice
    assert all(one is other for one, other in zip(german.certificates, english.certificates, strict=True))


def test_an_act_is_counted_at_once(synthetic: None) -> None:
    before = told("in_force", as_of=DAYS[1])
    number = before["rows"][0]["number"]
    award = Award.objects.get(number=number)
    day = max(DAYS[1], *(act.on for act in award.acts.all()))
    with recording():
        add_act(
            award,
            Act(certificate=number, kind="void", on=day, reason="x", by="board"),
        )
    after = told("in_force", as_of=DAYS[1])
    assert after["value"] == before["value"] - 1
    assert number not in {row["number"] for row in after["rows"]}


def test_few_rows_are_remembered_and_nothing_else_changes(
    synthetic: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    small: Remembered[Statistic] = Remembered(1_000)
    monkeypatch.setattr(counted, "_REMEMBERED", small)
    asked = [counted.Asked(key, day) for key in ("awarded", "holders", "in_force") for day in DAYS]
    now = head()
    for _round in range(2):
        for one in asked:
            wanted = counted.GROUPED[one.key](oracle(), as_of=one.as_of, by=None, scope=Scope())
            assert counted.computed(one, now) == wanted
    assert 0 < small._weight <= 1_000


def test_what_is_heaviest_alone_is_not_remembered() -> None:
    kept: Remembered[str] = Remembered(10)
    kept.keep("a", "a", 4)
    kept.keep("b", "b", 4)
    assert kept.find("a") == "a"
    kept.keep("c", "c", 4)
    assert [kept.find(key) for key in "abc"] == ["a", None, "c"]
    kept.keep("a", "A", 10)
    assert [kept.find(key) for key in "abc"] == ["A", None, None]
    kept.keep("d", "d", 11)
    assert kept.find("d") is None
    assert kept._weight == 0

"""What is due, who is drawn, which changes are reviewed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustermark.ground.problems import ProblemsError
from clustermark.register.surveillance import (
    asks_for_review,
    calendar,
    draw,
    due_between,
    reviews_open,
    suspensions_overdue,
)
from tests.register.material import act, certificate, rules

VALIDITY, RULES = rules()


def test_the_calendar_has_reminders_looks_and_the_end() -> None:
    found = [(due.on.isoformat(), due.kind, due.months) for due in calendar(certificate(), [], RULES)]
    assert found == [
        ("2018-10-31", "reminder", 12),
        ("2018-11-15", "look", None),
        ("2019-04-30", "reminder", 6),
        ("2019-07-31", "reminder", 3),
        ("2019-09-30", "reminder", 1),
        ("2019-10-31", "end", None),
    ]


def test_a_renewal_moves_the_calendar_and_a_withdrawal_empties_it() -> None:
    renewed = act("renew", date(2019, 9, 1), starts=date(2019, 11, 1), until=date(2022, 10, 31))
    due = due_between([(certificate(), [renewed])], RULES, date(2021, 10, 1), date(2022, 4, 30))
    assert [(item.on, item.kind) for item in due] == [
        (date(2021, 10, 31), "reminder"),
        (date(2021, 11, 15), "look"),
        (date(2022, 4, 30), "reminder"),
    ]
    for over in ("withdraw", "void"):
        assert calendar(certificate(), [act(over, date(2018, 1, 1))], RULES) == []


@given(st.permutations([f"C-{n}" for n in range(25)]), st.text("abc", max_size=3))
def test_a_draw_depends_on_its_seed_and_on_nothing_else(numbers: list[str], seed: str) -> None:
    drawn = draw([certificate(number) for number in numbers], RULES, seed=seed, year=2018)
    again = draw([certificate(f"C-{n}") for n in range(25)], RULES, seed=seed, year=2018)
    assert [item.number for item in drawn] == [item.number for item in again]
    assert len(drawn) == 3  # a tenth of 25, rounded up


def test_draws_are_known_and_spread() -> None:
    """The lots are SHA-256 of SEED/YEAR/NUMBER: any tool can repeat them; over years everybody comes to be drawn."""
    numbers = [f"C-{n}" for n in range(25)]
    drawn = draw([certificate(number) for number in numbers], RULES, seed="s", year=2018)
    # printf 's/2018/C-N' | sha256sum, sorted
    assert [item.number for item in drawn] == ["C-17", "C-2", "C-9"]
    over_years = {
        item.number
        for year in range(60)
        for item in draw(map(certificate, numbers), RULES, seed="s", year=year)
    }
    assert over_years == set(numbers)
    none = RULES.model_copy(update={"draw_percent": None})
    assert draw([certificate()], none, seed="s", year=2018) == []


def test_changes_ask_for_a_review_until_it_is_done() -> None:
    assert asks_for_review(RULES, "management")
    assert not asks_for_review(RULES, "address")
    with pytest.raises(ProblemsError) as error:
        asks_for_review(RULES, "colour")
    assert error.value.problems[0].code == "change-unknown"
    moved = act("report_change", date(2018, 1, 1), change="address")
    headed = act("report_change", date(2018, 2, 1), change="management")
    assert reviews_open([moved, headed], RULES) == [headed]
    assert reviews_open([moved, headed, act("surveillance_done", date(2018, 3, 1))], RULES) == []


def test_a_suspension_past_its_term_is_told() -> None:
    suspended = [act("suspend", date(2018, 3, 1), until=date(2018, 6, 30))]
    told = [
        suspensions_overdue(certificate(), suspended, day) for day in (date(2018, 6, 30), date(2018, 7, 1))
    ]
    assert told == [False, True]
    assert not suspensions_overdue(
        certificate(), [*suspended, act("reinstate", date(2018, 6, 1))], date(2018, 7, 1)
    )

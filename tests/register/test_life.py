"""The life of a certificate: single rules by hand, and random lives against a day-by-day reckoning."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from clustermark.register.entries import Act, ActKind, Certificate
from clustermark.register.life import (
    State,
    StatusBits,
    first_term,
    history_problems,
    renewed_term,
    state_on,
    status_bits,
    why_not,
)
from clustermark.scoring.validity import add_months
from tests.register.material import act, certificate, rules

VALIDITY, SURVEILLANCE = rules()
DAY = timedelta(days=1)


def states(*acts: Act, on: list[date]) -> list[State]:
    return [state_on(certificate(), acts, day) for day in on]


def test_it_expires_by_itself() -> None:
    days = [date(2017, 11, 14), date(2017, 11, 15), date(2019, 10, 31), date(2019, 11, 1)]
    assert states(on=days) == ["not_yet", "valid", "valid", "expired"]


def test_a_suspension_lasts_until_it_is_lifted_and_ends_with_the_certificate() -> None:
    suspended = act("suspend", date(2018, 3, 1), until=date(2018, 6, 30))
    lifted = act("reinstate", date(2018, 8, 1))
    days = [date(2018, 2, 28), date(2018, 3, 1), date(2018, 7, 31), date(2018, 8, 1), date(2019, 11, 1)]
    assert states(suspended, lifted, on=days) == ["valid", "suspended", "suspended", "valid", "expired"]
    assert states(suspended, on=days[3:]) == ["suspended", "expired"]


def test_withdrawn_is_final_and_void_is_void_on_every_day() -> None:
    withdrawn = act("withdraw", date(2018, 3, 1))
    assert states(withdrawn, on=[date(2018, 2, 28), date(2018, 3, 1), date(2030, 1, 1)]) == [
        "valid",
        "withdrawn",
        "withdrawn",
    ]
    void = act("void", date(2020, 3, 1))
    assert set(states(withdrawn, void, on=[date(2017, 1, 1), date(2018, 1, 1), date(2030, 1, 1)])) == {"void"}


def test_a_condition_falls_with_the_proof() -> None:
    given_so = act("award_conditionally", date(2017, 11, 15))
    proved = act("extend", date(2018, 5, 2), until=date(2020, 10, 31))
    assert states(given_so, proved, on=[date(2018, 5, 1), date(2018, 5, 2), date(2020, 10, 31)]) == [
        "conditional",
        "valid",
        "valid",
    ]


def test_a_renewal_within_the_grace_period_leaves_no_gap() -> None:
    starts, until = renewed_term(VALIDITY, previous=date(2019, 10, 31), on=date(2020, 4, 3))
    assert (starts, until) == (date(2019, 11, 1), date(2022, 10, 31))
    renewed = act("renew", date(2020, 4, 3), starts=starts, until=until)
    assert why_not(certificate(), [], renewed, validity=VALIDITY) is None
    assert states(renewed, on=[date(2020, 2, 1), until, until + DAY]) == ["valid", "valid", "expired"]
    assert first_term(VALIDITY, assessed_on=date(2017, 10, 26), decided_on=date(2017, 11, 15)) == (
        date(2017, 11, 15),
        date(2019, 10, 31),
    )


def test_an_entry_without_dates_is_of_unknown_term() -> None:
    old = certificate(valid_from=None, valid_until=None)
    assert state_on(old, [], date(2020, 1, 1)) == "unknown"
    assert state_on(old, [act("withdraw", date(2019, 1, 1))], date(2020, 1, 1)) == "withdrawn"


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (
            act("reinstate", date(2018, 1, 1)),
            "This is not possible: on 1 January 2018 the certificate is valid.",
        ),
        (
            act("withdraw", date(2020, 1, 1)),
            "This is not possible: on 1 January 2020 the certificate is expired.",
        ),
        (
            act("renew", date(2020, 11, 1), starts=date(2019, 11, 1), until=date(2022, 10, 31)),
            "Renewal was possible until 31 October 2020; a new award is needed.",
        ),
        (
            act("renew", date(2019, 9, 1), starts=date(2019, 9, 1), until=date(2022, 10, 31)),
            "By the rules of its scheme, a renewal is valid from 1 November 2019 to 31 October 2022.",
        ),
        (
            act("suspend", date(2018, 1, 1), until=date(2018, 7, 2)),
            "The scheme allows suspensions of at most 6 months.",
        ),
        (
            act("suspend", date(2018, 1, 1), until=date(2017, 12, 31)),
            "The term of a suspension ends after it begins.",
        ),
    ],
)
def test_what_is_not_allowed_says_why(new: Act, reason: str) -> None:
    assert why_not(certificate(), [], new, validity=VALIDITY, surveillance=SURVEILLANCE) == reason
    assert history_problems(certificate(), [new], validity=VALIDITY, surveillance=SURVEILLANCE) == [
        (new, reason)
    ]


def test_acts_stand_in_the_order_of_their_days() -> None:
    before = [act("suspend", date(2018, 5, 1), until=date(2018, 6, 1))]
    reason = why_not(certificate(), before, act("withdraw", date(2018, 4, 30)))
    assert reason == "The act before it is of 1 May 2018; an act cannot be dated before that."
    assert (
        why_not(certificate(), before, act("issue", date(2018, 6, 1)))
        == "The certificate has been awarded already."
    )


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("suspend", {}),
        ("withdraw", {"until": date(2019, 1, 1)}),
        ("report_change", {}),
        ("renew", {"until": date(2019, 1, 1)}),
    ],
)
def test_an_act_states_the_parts_of_its_kind(kind: ActKind, parts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        act(kind, date(2018, 1, 1), **parts)


def reckoned(item: Certificate, acts: list[Act], until: date) -> dict[date, State]:
    """The states day by day, kept as a clerk would: a book of today's standing, changed by the acts of the day."""
    assert item.valid_from is not None
    assert item.valid_until is not None
    days: dict[date, State] = {}
    conditional = suspended = withdrawn = False
    covered = [(item.valid_from, item.valid_until)]
    for one in acts:  # a renewal or extension counts from its first day, whenever it was decided
        if one.kind == "renew" and one.starts and one.until:
            covered.append((one.starts, one.until))
        if one.kind == "extend" and one.until:
            covered.append((item.valid_from, one.until))
    day = item.valid_from - 40 * DAY
    while day <= until:
        for one in acts:
            if one.on == day:
                conditional = one.kind == "award_conditionally" or (conditional and one.kind != "extend")
                suspended = one.kind == "suspend" or (suspended and one.kind != "reinstate")
                withdrawn = withdrawn or one.kind == "withdraw"
        if withdrawn:
            days[day] = "withdrawn"
        elif day < item.valid_from:
            days[day] = "not_yet"
        elif not any(first <= day <= last for first, last in covered):
            days[day] = "expired"
        elif suspended:
            days[day] = "suspended"
        else:
            days[day] = "conditional" if conditional else "valid"
        day += DAY
    if any(one.kind == "void" for one in acts):
        return dict.fromkeys(days, "void")
    return days


KINDS: list[ActKind] = [
    "extend", "suspend", "reinstate", "withdraw", "void", "renew", "report_change", "surveillance_due", "surveillance_done",
]  # fmt: skip


@st.composite
def lives(draw: st.DrawFn) -> tuple[Certificate, list[Act]]:
    """A certificate and acts that went by the rules: wishes that may not be granted fall away."""
    item = certificate()
    first: ActKind = draw(st.sampled_from(["issue", "award_conditionally"]))
    acts = [act(first, date(2017, 11, 15))]
    for _step in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(KINDS))
        on = acts[-1].on + draw(st.integers(0, 300)) * DAY
        parts: dict[str, Any] = {}
        if kind == "extend":
            parts["until"] = add_months(on, draw(st.integers(1, 24)))
        elif kind == "suspend":
            parts["until"] = add_months(on, draw(st.integers(0, 7)))
        elif kind == "report_change":
            parts["change"] = "name"
        elif kind == "renew":
            ends = [last.until for last in acts if last.kind in {"renew", "extend"} and last.until]
            try:
                starts, until = renewed_term(VALIDITY, previous=max([date(2019, 10, 31), *ends]), on=on)
            except ValueError:
                continue
            parts |= {"starts": starts, "until": until}
        wish = act(kind, on, **parts)
        if why_not(item, acts, wish, validity=VALIDITY, surveillance=SURVEILLANCE) is None:
            acts.append(wish)
    return item, acts


@given(lives())
def test_random_lives_have_the_state_that_a_clerk_keeps(life: tuple[Certificate, list[Act]]) -> None:
    item, acts = life
    assert history_problems(item, acts, validity=VALIDITY, surveillance=SURVEILLANCE) == []
    days = reckoned(item, acts, max(one.on for one in acts) + 60 * DAY)
    assert {day: state_on(item, acts, day) for day in days} == days


@given(lives(), st.integers(-30, 3000))
def test_the_status_list_agrees_and_what_is_over_stays_over(
    life: tuple[Certificate, list[Act]], after: int
) -> None:
    item, acts = life
    day = date(2017, 11, 15) + after * DAY
    state = state_on(item, acts, day)
    bits = status_bits(state)
    assert bits == StatusBits(revoked=state in {"withdrawn", "void"}, suspended=state == "suspended")
    later = state_on(item, acts, day + 400 * DAY)
    if state == "withdrawn":
        assert later == "withdrawn"
    if bits.revoked:
        assert status_bits(later).revoked
    far = state_on(item, acts, date(2200, 1, 1))
    assert far in {"expired", "withdrawn", "void"}


@given(lives(), st.integers(0, 1500))
def test_what_was_told_on_a_day_is_not_changed_by_what_came_later(
    life: tuple[Certificate, list[Act]], after: int
) -> None:
    """Only two acts look back: a void award never was, and a renewal in the grace period closes the gap."""
    item, acts = life
    day = date(2017, 11, 15) + after * DAY
    known = [one for one in acts if one.on <= day]
    told, now = state_on(item, known, day), state_on(item, acts, day)
    assert told == now or now == "void" or (told == "expired" and any(one.kind == "renew" for one in acts))

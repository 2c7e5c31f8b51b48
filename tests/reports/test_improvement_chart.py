"""The timeline of a plan as a picture."""

from __future__ import annotations

from decimal import Decimal

from clustermark.analysis.improvement.result import Bar, Plan, Proof
from clustermark.reports.charts import svg
from clustermark.reports.improvement_chart import timeline_chart


def plan() -> Plan:
    bars = [
        Bar(code="2.5", title="Contacts", start=0, end=5),
        Bar(code="4.5", title="Groups", start=5, end=14),
    ]
    days = Decimal(20)
    return Plan(
        days=days,
        months=14,
        steps=[],
        points=Decimal(120),
        level="gold",
        level_title="Gold",
        timeline=bars,
        proof=Proof(days=days, bound=days, gap=Decimal(0)),
        words="",
    )


def test_a_bar_from_begin_to_end_over_whole_years() -> None:
    chart = timeline_chart(plan(), title="Months")
    assert chart["data"]["values"] == [
        {"name": "2.5  Contacts", "start": 0, "end": 5},
        {"name": "4.5  Groups", "start": 5, "end": 14},
    ]
    assert chart["encoding"]["x"]["scale"]["domain"] == [0, 24]
    assert timeline_chart(plan(), title="Months", narrow=True)["data"]["values"][0]["name"] == "2.5"


def test_it_can_be_drawn() -> None:
    drawn = svg(timeline_chart(plan(), title="Months"))
    assert "Contacts" in drawn
    assert "Months" in drawn

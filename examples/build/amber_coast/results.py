"""Stories, checks and ratings of Amber Coast."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from common.folder import Record
from common.sketch import rows
from common.windows import AS_OF

_RATED = (
    ("2.4", 4, "Board of nine elected by members; ideas for projects are ranked by the groups."),
    ("4.1.1", 4, "Broad process in 2021/22 with 47 members."),
    ("4.1.2", 4, "Complete, public, in two languages."),
    ("4.1.3", 4, "All eight actions have an owner, a date and a budget."),
    ("4.1.4", 5, "Monthly report with forecast; audited every year."),
    ("4.2", 4, "Port data and cyber security are clear priorities."),
)
_RATERS = {"Marit Solberg": (4, 4, 4, 4, 5, 4), "Piotr Halicki": (4, 3, 4, 4, 4, 4)}


def stories() -> list[Record]:
    """The table `success_stories`."""
    return rows(
        "story_id title year:i companies consent:b credits_contribution:i credits_cooperation:i credits_result:i credits_proof:i",
        "Y1|A cyber range that small firms can pay|2025|Portside Security, Beacon Identity, Cape Cyber|yes|3|3|2|2\n"
        "Y2|Sensors that save fuel on forty boats|2024|Marine Sensors, Storm Forecast|yes|2|2|3|3\n"
        "Y3|Forty-seven apprentices|2025|Dock ERP, Hanse Integration|yes|3|2|2|3",
    )


def checks() -> list[Record]:
    """The table `checks`: everything is there."""
    plain = "events_calendar member_area annual_report press_work social_channel brand_manual general_meeting"
    web = "web_english web_contact web_team web_members web_mission web_services web_events web_stories web_privacy"
    found: list[Record] = [
        {"item": "newsletter", "holds": True, "quantity": Decimal(10), "last_on": date(2025, 10, 1)},
        {"item": "web_news", "holds": True, "last_on": date(2025, 10, 13)},
    ]
    return found + [{"item": item, "holds": True} for item in f"{plain} {web}".split()]


def ratings() -> list[Record]:
    """The table `ratings`: two experts who nearly agree, and their consensus."""
    table: list[Record] = []
    for rater, given in _RATERS.items():
        for (code, _, _), rating in zip(_RATED, given, strict=True):
            table.append(
                {
                    "indicator": code,
                    "view": "expert",
                    "rater": rater,
                    "rating": rating,
                    "rated_on": date(2025, 10, 15),
                }
            )
    for code, rating, reason in _RATED:
        table.append(
            {
                "indicator": code,
                "view": "consensus",
                "rating": rating,
                "reason": reason,
                "rated_on": AS_OF,
            }
        )
    table.append(
        {
            "indicator": "4.1.5",
            "view": "consensus",
            "reason": "The only documented review is of 12 May 2022, 41 months ago. Talks in the board about the strategy are"
            " believable, but no minutes were found.",
            "recommendation": "Review the strategy before the end of the year and write minutes; then apply again.",
            "evidence": ["E3"],
            "rated_on": AS_OF,
        }
    )
    return table

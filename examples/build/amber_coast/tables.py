"""The tables of Amber Coast: strong everywhere, but the strategy was last reviewed in May 2022."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from amber_coast import members, results
from common.dice import Dice
from common.folder import Record, Tables
from common.sketch import answers, meetings, memberships, rows

_DICE = Dice("amber-coast/tables")

PROFILE: Record = {
    "name": "Amber Coast ICT Cluster",
    "legal_name": "VšĮ Amber Coast ICT",
    "legal_form": "public institution",
    "country": "LT",
    "region": "Amber Coast County",
    "city": "Marijampa",
    "sector": "ict",
    "established_on": date(2009, 6, 4),
    "website": "https://amber-coast.example",
    "email": "hello@amber-coast.example",
    "contact_person": "Rasa Vaitkutė",
    "description": "Software and hardware firms of a port region. A fictional cluster.",
    "currency": "EUR",
    "annual_budget": Decimal("512400.00"),
    "recognised_by_programme": False,
    "social_economy": False,
}

_TEAM = """
T1|Rasa Vaitkutė|Cluster manager|yes|1|2011-02-01|yes|17|4.5
T2|Jonas Brazdys|Projects|no|1|2015-08-17|yes|14|4
T3|Ieva Mikalauskė|Internationalisation|no|1|2018-01-08|yes|9|4.5
T4|Tomas Rimša|Working groups|no|0.8|2019-09-02|yes|8|3
T5|Aistė Gudė|Communication|no|0.6|2024-05-06|yes|3|2
"""

_PROJECTS = """
J1|Port data space|2023-04-03||1184300|Innovation agency, members|P04 P02 P28 P35 P51 P47 P18
J2|Cyber range for small firms|2024-01-15||648900|Members|P07 P26 P43 P44 P21
J3|Speech interfaces for Baltic languages|2022-09-01|2025-02-28|912750|Research council|P48 P11 P20 P41
J4|Sensors on fishing boats|2024-06-03||386200|Regional fund, members|P18 P22 P42 P30 P10
J5|Dual studies in software|2021-09-01||274600|Members|P45 P44 P02 P12 P16
"""

_GROUPS = """
W1|Security|2014-03-13|P07 P26 P43 P21 P09 P04 P31
W2|Data and artificial intelligence|2017-10-05|P05 P06 P41 P14 P02 P48 P20
W3|Talent|2016-02-11|P44 P45 P46 P12 P16 P02 P17
W4|Export|2015-05-21|P03 P24 P33 P38 P23 P32
"""

_EVENTS = """
V01|Security: supply chains|group_meeting|exchange|2024-11-20|W1|Marijampa
V02|Data: shared test sets|group_meeting|exchange|2024-12-11|W2|online
V03|Talent: apprentices|group_meeting|training|2025-01-22|W3|Marijampa
V04|Export: fair plan|group_meeting|internationalisation|2025-02-05|W4|Smiltaitė
V05|General assembly 2025|general_assembly||2025-03-20||Marijampa
V06|Start-up evening|matchmaking|start_ups|2025-03-27||Marijampa
V07|Security: exercise|group_meeting|innovation|2025-04-16|W1|Marijampa
V08|Hackathon port data|workshop|innovation|2025-05-09||Marijampa
V09|Data: language models|group_meeting|exchange|2025-05-28|W2|Palvė
V10|Talent: salaries report|group_meeting|policy|2025-06-11|W3|Marijampa
V11|Mission to Tallinn|visit|internationalisation|2025-06-18||Tallinn
V12|Export: autumn|group_meeting|marketing|2025-09-17|W4|online
V13|Amber Coast Tech Day|conference|marketing|2025-10-02||Marijampa
"""

_SERVICES = """
X1|projects|Consortium for a European call put together|2024-12-04|P04
X2|projects|Application written|2025-02-19|P07
X3|start_ups|Mentoring of a start-up|2025-01-15|P39
X4|training|Course on secure development|2025-04-29|
X5|policy|Paper on public procurement of software|2025-05-20|
X6|innovation|Technology audit|2025-07-08|P12
"""

_AGREEMENTS = """
G1|Amber Coast University|education|LT|2010-01-12||Dual studies
G2|Institute of Marine Informatics|research|LT|2016-04-05||Laboratories
G3|Coast College of Applied Sciences|education|LT|2017-05-30||Practical terms
G4|Innovation agency of the county|agency|LT|2021-11-08|2027-12-31|Programme partner
G5|Cluster Digital Gotland|cluster|SE|2019-10-17||Exchange of companies
G6|Pomerania ICT Cluster|cluster|PL|2022-06-09||Joint missions
G7|Saaremaa Tech Network|cluster|EE|2023-03-02||Cyber range
G8|Centre for Language Technology|research|LT|2022-08-25||Speech data
G9|Export promotion agency|agency|LT|2024-01-30||Fairs
"""

_DOCUMENTS = """
D1|statutes|Statutes|2009-06-04|||
D2|strategy|Strategy 2022–2027|2022-05-12|2027-12-31|General assembly|E2
D3|review|Review of the strategy 2017–2021|2022-05-12||Board|E3
D4|implementation_plan|Plan 2025|2025-01-16|2025-12-31|Board|E2
D5|kpi_report|Report on targets, half-year 2025|2025-07-15||Board|E4
D6|annual_report|Annual report 2024|2025-03-20||General assembly|E4
D7|interview|Second benchmarking interview, bronze|2025-05-22|||
"""

_TARGETS = """
management|Members visited|%|80|83.9
management|Answers within a day|%|90|94
management|Private share of income|%|55|57.6
management|Members that left|number|3|2
management|Satisfaction|points|75|80
management|Participants at events|number|25|28
management|Newsletter readers|number|900|1014
management|Cost per member|EUR|9500|9140
management|Training days per post|days|4|4.1
management|Days to monthly report|days|10|8
management|Projects on time|%|80|75
management|Actions on time|%|80|82
output|Project applications|number|8|9
output|Projects started|number|2|2
output|Funds won|thousand EUR|900|1034.9
output|Apprentices|number|40|47
output|Export contacts|number|60|71
output|Start-ups mentored|number|5|6
output|Course participants|number|120|133
output|New members|number|3|0
output|Technology audits|number|6|6
output|Security exercises|number|2|2
"""


def tables() -> Tables:
    """All tables but `evidence`; deliveries are not stated."""
    people = members.table()
    committed = [
        str(row["participant_id"]) for row in people if row["commitment"] != "none" and not row.get("left_on")
    ]
    met = [
        pid for pid in committed if pid not in {"P19", "P29", "P33", "P36", "P40", "P46", "P53", "P55", "P56"}
    ]
    topics = (
        "Project idea",
        "Search for staff",
        "Export",
        "Security audit",
        "Public procurement",
        "Place in a group",
    )
    return {
        "profile": [PROFILE],
        "participants": people,
        "team": rows(
            "person_id name role manager:b fte:n started_on:d degree:b experience_years:n training_days:n",
            _TEAM,
        ),
        "bodies": rows(
            "body_id name kind governing:b meetings_a_year:i",
            "B1|General assembly|general_assembly|yes|1\nB2|Board|board|yes|6",
        ),
        "finances": rows(
            "year:i kind source private:b amount:n closed:b",
            "2024|income|membership_fees|yes|168300.00|yes\n2024|income|services|yes|104725.40|yes\n2024|income|sponsorship|yes|21500.00|yes\n"
            "2024|income|eu|no|141860.75|yes\n2024|income|local|no|75000.00|yes\n2024|expense|staff||298412.66|yes\n2024|expense|activities||176204.18|yes",
        ),
        "secured_funding": rows(
            "funding_id source private:b amount:n secured_until:d contract",
            "F1|Membership fees under contract|yes|442600.00|2028-06-30|Register of members\nF2|European project Port Data|no|418350.00|2028-03-31|Grant 101-2231\n"
            "F3|City of Marijampa|no|187500.00|2028-06-30|Decision T2-118\nF4|Service contracts|yes|81240.00|2026-12-31|Contracts 2025/4–9",
        ),
        "documents": rows(
            "document_id kind title dated_on:d valid_until:d approved_by evidence_id", _DOCUMENTS
        ),
        "actions": _actions(),
        "targets": _targets(),
        "services": rows("service_id field title delivered_on:d participant_id", _SERVICES),
        "contacts": meetings(
            _DICE,
            met,
            staff=("T1", "T2", "T3", "T4"),
            topics=topics,
            first=date(2024, 11, 4),
            last=date(2025, 10, 3),
        ),
        "projects": rows("project_id title started_on:d ended_on:d budget:n funding _", _PROJECTS),
        "project_participants": memberships("project_id", _PROJECTS),
        "working_groups": rows("group_id title started_on:d _", _GROUPS),
        "group_participants": memberships("group_id", _GROUPS),
        "events": rows("event_id title kind field held_on:d group_id place", _EVENTS),
        "agreements": rows(
            "agreement_id partner partner_type country signed_on:d ends_on:d subject", _AGREEMENTS
        ),
        "press": _press(),
        "success_stories": results.stories(),
        "surveys": rows("survey_id kind held_on:d invited:i", "Q2025|both|2025-05-30|74"),
        "survey_answers": answers(_DICE, "Q2025", 33, {"overall": 82, "events": 79, "projects": 81}),
        "checks": results.checks(),
        "labels": rows(
            "label_id scheme level assessed_on:d valid_until:d number",
            "L1|ecei-bronze-2019|bronze|2023-09-14|2025-09-30|BR-2023-087\nL2|ecei-bronze-2019|bronze|2025-05-22|2028-09-30|BR-2025-052",
        ),
        "improvements": rows(
            "improvement_id indicator title named_on:d before:n after:n validated:b validated_on:d",
            "I1|2.5|Every member visited|2023-09-14|51|83.9|yes|2025-10-15\nI2|3.2|More own income|2023-09-14|41|57.6|yes|2025-10-15\nI3|4.5|Groups that meet|2023-09-14|22|46.4|yes|2025-10-15",
        ),
        "ratings": results.ratings(),
    }


def _actions() -> list[Record]:
    titles = (
        "Cyber range open to members|Jonas Brazdys|2025-03-31|48000",
        "Port data catalogue|Jonas Brazdys|2025-09-30|36500",
        "Visit every member|Rasa Vaitkutė|2025-12-19|6200",
        "Mission to Tallinn|Ieva Mikalauskė|2025-06-18|14800",
        "Stand at the autumn fair|Ieva Mikalauskė|2025-11-14|21300",
        "Salaries report|Tomas Rimša|2025-06-11|5400",
        "Apprentices: 40 places|Tomas Rimša|2025-09-01|12700",
        "Tech Day 2025|Aistė Gudė|2025-10-02|33900",
    )
    return rows(
        "action_id title owner due_on:d budget:n",
        "\n".join(f"A{n}|{line}" for n, line in enumerate(titles, start=1)),
    )


def _targets() -> list[Record]:
    lines = _TARGETS.strip().splitlines()
    table = rows(
        "target_id kind title unit target:n reached:n",
        "\n".join(f"K{n:02}|{line}" for n, line in enumerate(lines, start=1)),
    )
    lower = {"Members that left", "Cost per member", "Days to monthly report"}
    return [
        dict(row) | {"lower_is_better": row["title"] in lower, "reported_on": date(2025, 7, 15)}
        for row in table
    ]


def _press() -> list[Record]:
    media = (
        "Coast Daily",
        "IT Review",
        "Port News",
        "Regional radio",
        "Start-up Letter",
        "Baltic Business Monthly",
    )
    themes = (
        "Cyber range opens",
        "Who needs port data?",
        "Apprentices in software",
        "Speech for small languages",
        "Tech Day",
        "Salaries in ICT",
    )
    days = sorted(_DICE.working_day(date(2024, 11, 4), date(2025, 10, 10)) for _ in range(28))
    return [
        {
            "item_id": f"M{n:02}",
            "published_on": day,
            "medium": _DICE.one(media),
            "title": _DICE.one(themes),
            "third_party": True,
        }
        for n, day in enumerate(days, start=1)
    ]

"""The cluster organisation: its profile, its team of six, its bodies and their seats."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from common.folder import Record
from oka_valley.members import BY_ID, COMMITTED, day

ANNUAL_BUDGET = Decimal("25146300.00")
"""Budget of the cluster management for 2025, in roubles."""

PROFILE: Record = {
    "name": "Oka Valley Pharma Cluster",
    "legal_name": "Association Oka Valley Pharma",
    "legal_form": "association",
    "country": "RU",
    "region": "Oka Region",
    "city": "Vyatsk",
    "sector": "health",
    "established_on": date(2012, 3, 15),
    "website": "https://oka-valley.example",
    "email": "office@oka-valley.example",
    "contact_person": "Irina Sokolova",
    "description": (
        "63 participants along the pharmaceutical value chain, from synthesis of active substances to"
        " packaging and clinical trials, in and around the Oka Region. A fictional cluster."
    ),
    "currency": "RUB",
    "annual_budget": ANNUAL_BUDGET,
    "recognised_by_programme": True,
    "social_economy": False,
    "sector_turnover": Decimal("118640000000.00"),
    "sector_companies": 94,
}

# id | name | role | leads | FTE | since | until | degree | years of experience | training days
_TEAM = """
T1|Irina Sokolova|Cluster manager|yes|1|2014-09-01||yes|19|3
T2|Pavel Gromov|Projects and innovation|no|1|2017-02-13||yes|12.5|2.5
T3|Elena Vasnetsova|Internationalisation and partnerships|no|1|2020-10-05||yes|8.5|3
T4|Dmitry Karpov|Working groups and training|no|0.8|2022-08-22||yes|4|1.5
T5|Olga Belyaeva|Communication and member service|no|0.7|2024-03-18||yes|4.5|1.5
T6|Anton Yermakov|Finance and controlling|no|0.5|2018-05-14||yes|21|0.5
T7|Sergey Lunin|Communication|no|0.7|2019-03-11|2024-02-29|yes|7|0
T8|Maria Zotova|Working groups|no|0.5|2018-09-03|2023-01-31|no|5|0
"""


def team() -> list[Record]:
    """The table `team`: six people in place, two that have left."""
    rows: list[Record] = []
    for line in _TEAM.strip().splitlines():
        pid, name, role, leads, fte, since, until, degree, years, training = line.split("|")
        rows.append(
            {
                "person_id": pid,
                "name": name,
                "role": role,
                "manager": leads == "yes",
                "fte": Decimal(fte),
                "started_on": day(since),
                "ended_on": day(until),
                "degree": degree == "yes",
                "experience_years": Decimal(years),
                "training_days": Decimal(training),
            }
        )
    return rows


BODIES: list[Record] = [
    {
        "body_id": "B1",
        "name": "General assembly",
        "kind": "general_assembly",
        "governing": True,
        "meetings_a_year": 1,
    },
    {"body_id": "B2", "name": "Supervisory board", "kind": "board", "governing": True, "meetings_a_year": 4},
    {"body_id": "B3", "name": "Directorate", "kind": "executive", "governing": False, "meetings_a_year": 11},
    {
        "body_id": "B4",
        "name": "Science and technology council",
        "kind": "advisory",
        "governing": False,
        "meetings_a_year": 2,
    },
    {
        "body_id": "B5",
        "name": "Audit commission",
        "kind": "committee",
        "governing": False,
        "meetings_a_year": 1,
    },
]

# body | participant (empty: from outside) | person | vote | since | until
_SEATS = """
B2|P002|Viktor Drozdov|yes|2021-04-15|
B2|P004|Tatiana Meshkova|yes|2021-04-15|
B2|P001|Nikolai Arsenyev|yes|2015-04-23|
B2|P007|Galina Shubina|yes|2023-04-20|
B2|P022|Roman Tikhonov|yes|2023-04-20|
B2|P044|Prof. Andrei Vetrov|yes|2018-04-19|
B2|P046|Dr Larisa Nefedova|yes|2021-04-15|
B2|P049|Oleg Sinitsyn|yes|2022-10-06|
B2|P050|Marina Kovrova|no|2019-11-14|
B2|P005|Ilya Burtsev|yes|2017-04-20|2023-04-20
B2||Henrik Adler (Belgrade)|no|2024-04-18|
B3||Irina Sokolova|yes|2014-09-01|
B3||Pavel Gromov|yes|2017-02-13|
B3||Elena Vasnetsova|yes|2020-10-05|
B4|P046|Dr Larisa Nefedova|yes|2020-06-18|
B4|P047|Dr Stepan Ryabov|yes|2020-06-18|
B4|P055|Dr Vera Polyanskaya|yes|2021-06-17|
B4|P014|Dr Maksim Zhilin|yes|2021-06-17|
B4|P018|Dr Alla Fomina|yes|2022-06-16|
B4|P053|Prof. Igor Latyshev|yes|2020-06-18|2025-06-19
B5|P009|Svetlana Orekhova|yes|2023-04-20|
B5|P051|Denis Malakhov|yes|2023-04-20|
B5|P016|Yulia Tretyak|yes|2023-04-20|
"""


def seats() -> list[Record]:
    """The table `seats`: each member has one in the general assembly, partners by letter have none."""
    rows: list[Record] = []
    for number, line in enumerate(_SEATS.strip().splitlines(), start=1):
        body, participant, person, vote, since, until = line.split("|")
        if participant and participant not in BY_ID:
            raise ValueError(f"seat of an unknown participant {participant}")
        rows.append(
            {
                "seat_id": f"S{number:02}",
                "body_id": body,
                "participant_id": participant,
                "person": person,
                "voting": vote == "yes",
                "since": day(since),
                "until": day(until),
            }
        )
    for member in COMMITTED:
        if member.record["commitment"] != "letter":
            rows.append(
                {
                    "seat_id": f"S{len(rows) + 1:02}",
                    "body_id": "B1",
                    "participant_id": member.id,
                    "voting": True,
                    "since": member.record["committed_on"],
                }
            )
    return rows

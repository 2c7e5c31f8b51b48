"""Results and recognition: agreements, press, stories, survey, checks, labels, improvements."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from common.dice import Dice
from common.folder import Record
from oka_valley.members import COMMITTED, day

# partner | kind | country | signed | ends | subject
_AGREEMENTS = """
Oka State University|education|RU|2019-09-12||Master's course in industrial pharmacy, joint laboratory
Institute of Fine Organic Synthesis|research|RU|2020-03-05|2027-03-04|Process development for the pilot plant
Protvinsk Centre for Medical Physics|research|RU|2022-11-17|2026-11-16|Isotope technology, access to the cyclotron
Borovets Medical College|education|RU|2022-06-30|2025-08-31|Dual training of operators
Volga Life Science Cluster|cluster|RU|2023-05-25||Exchange of suppliers, joint stands
Vitebsk Pharma Park|cluster|BY|2024-05-16|2027-05-15|Market entry, mutual recognition of supplier audits
Vojvodina Health Cluster|cluster|RS|2025-06-05|2028-06-04|Registration guide, buyers' visits
Oka Region Development Agency|agency|RU|2024-02-01|2026-12-31|Investment projects of members
Oka Region Development Fund|finance|RU|2021-10-14||Loans for members' projects
Alatau Biotech Cluster|cluster|KZ|2021-09-08|2024-09-07|Partner search
"""

# date | medium | title | by others
_PRESS = """
2024-08-14|Oka Business Weekly|Pilot plant for drug substances gets its site|yes
2024-10-11|Vyatsk Today|Forum of the drug makers: 44 organisations, one list of needs|yes
2024-11-22|Oka Valley news page|Our joint stand at the ingredients fair|no
2024-12-05|Pharma Engineering Review|Who still imports which intermediate|yes
2025-01-24|Oka Business Weekly|Cluster programme 2026: the wish list of business|yes
2025-02-07|Vitebsk Industry Portal|Guests from the Oka look for partners|yes
2025-02-11|Regional television, evening news|Region's drug makers share a pilot plant|yes
2025-03-03|Borovets Pharma Plant, site|Granulate line extended with partners of the cluster|no
2025-03-27|Medical Journal of the Oka|Isotope kits: hospital and plant in one project|yes
2025-04-18|Vyatsk Today|General assembly: new members wanted|yes
2025-05-15|Lab & Process|From bench to bedside in eighty kilometres|yes
2025-06-10|Vojvodina Health Cluster, newsletter|Agreement with Oka Valley signed|yes
2025-06-20|Oka Valley news page|Survey closed: thank you for 38 answers|no
2025-07-14|Industry Digest|Solvents: recover, do not burn|yes
2025-09-05|Oka Business Weekly|Buyers and suppliers day (text of the cluster's release)|yes
2025-09-05|Borovets Courier|Buyers and suppliers day (text of the cluster's release)|yes
2025-10-10|Vyatsk Today|Forum 2025: glass, codes and people|yes
2025-10-14|Oka Valley news page|Visit of the experts announced|no
"""

_STORIES: list[Record] = [
    {
        "story_id": "Y1",
        "title": "Five intermediates from Kremnevo instead of from overseas",
        "year": 2024,
        "companies": "Kremnevo Organic Synthesis, Oka Farmsintez, Borovets Pharma Plant, Zaoksk Antibiotics",
        "consent": True,
        "credits_contribution": 3,
        "credits_cooperation": 3,
        "credits_result": 2,
        "credits_proof": 2,
    },
    {
        "story_id": "Y2",
        "title": "Twenty-six operators trained in two plants and one college",
        "year": 2025,
        "companies": "Borovets Pharma Plant, Borovets Medical College, Oka State University",
        "consent": True,
        "credits_contribution": 3,
        "credits_cooperation": 2,
        "credits_result": 2,
        "credits_proof": 3,
    },
    {
        "story_id": "Y3",
        "title": "First batches for Serbia under one common registration guide",
        "year": 2025,
        "companies": "NordVet Pharma, Aerosol Pharm, Oka Diagnostics",
        "consent": True,
        "credits_contribution": 2,
        "credits_cooperation": 2,
        "credits_result": 2,
        "credits_proof": 2,
    },
]
STORIES = _STORIES
"""The table `success_stories`: 28 of 36 credits."""

QUESTIONS = {
    "overall": 78,
    "contacts": 83,
    "events": 81,
    "projects": 70,
    "information": 82,
    "value_for_fee": 66,
}
"""Questions of the survey, with the score around which the answers lie."""

# item | holds | how often | last | where
_CHECKS = """
newsletter|yes|6|2025-09-22|https://oka-valley.example/en/newsletter
events_calendar|yes||2025-10-20|https://oka-valley.example/en/events
member_area|no||2025-06-02|Closed for rebuilding since June 2025
annual_report|yes|1|2025-09-30|Activity report 2024/25
press_work|yes|9|2025-10-08|Nine releases in twelve months
social_channel|yes|87|2025-10-23|Channel “Oka Valley Pharma”
brand_manual|yes||2022-11-10|Brand manual, second edition
general_meeting|yes|1|2025-04-17|Minutes of 17 April 2025
web_english|yes||2025-10-23|https://oka-valley.example/en
web_contact|yes|||https://oka-valley.example/en/contact
web_team|yes||2025-04-22|https://oka-valley.example/en/team
web_members|yes||2025-10-06|https://oka-valley.example/en/members
web_mission|yes|||https://oka-valley.example/en/about
web_services|yes|||https://oka-valley.example/en/services
web_news|yes|31|2025-10-14|https://oka-valley.example/en/news
web_events|yes||2025-10-20|https://oka-valley.example/en/events
web_stories|yes||2025-08-28|https://oka-valley.example/en/stories
web_privacy|no|||Only in Russian, and without the survey tool
"""

LABELS: list[Record] = [
    {
        "label_id": "L1",
        "scheme": "ecei-bronze-2019",
        "level": "bronze",
        "assessed_on": date(2023, 11, 16),
        "valid_until": date(2025, 11, 30),
        "number": "BR-2023-114",
    },
    {
        "label_id": "L2",
        "scheme": "ecei-bronze-2019",
        "level": "bronze",
        "assessed_on": date(2025, 7, 3),
        "valid_until": date(2028, 11, 30),
        "number": "BR-2025-071",
    },
]
"""The table `labels`: bronze, and its second benchmarking 19 months later."""

# indicator | title | before | after | evidence
_IMPROVEMENTS = """
2.5|Documented visits to members instead of chance meetings|28.8|65|E09
4.1.6|A target report every quarter|5|10|E15
4.6.2|New website in two languages|6|9|E18
"""
_DICE = Dice("oka-valley/survey")
_RESPONDENTS = 38


def agreements() -> list[Record]:
    """The table `agreements`: seven count, one of them abroad twice; two have ended."""
    rows: list[Record] = []
    for number, line in enumerate(_AGREEMENTS.strip().splitlines(), start=1):
        partner, kind, country, signed, ends, subject = line.split("|")
        rows.append(
            {
                "agreement_id": f"G{number:02}",
                "partner": partner,
                "partner_type": kind,
                "country": country,
                "signed_on": day(signed),
                "ends_on": day(ends),
                "subject": subject,
            }
        )
    return rows


def press() -> list[Record]:
    """The table `press`."""
    rows: list[Record] = []
    for number, line in enumerate(_PRESS.strip().splitlines(), start=1):
        published, medium, title, others = line.split("|")
        rows.append(
            {
                "item_id": f"M{number:02}",
                "published_on": day(published),
                "medium": medium,
                "title": title,
                "third_party": others == "yes",
                "url": f"https://press.oka-valley.example/{published[:7].replace('-', '/')}/m{number:02}",
            }
        )
    return rows


SURVEYS: list[Record] = [
    {"survey_id": "Q2023", "kind": "participants", "held_on": date(2023, 6, 16), "invited": 65},
    {
        "survey_id": "Q2025",
        "kind": "participants",
        "held_on": date(2025, 6, 20),
        "invited": len(COMMITTED) + 2,
    },
]
"""The table `surveys`."""


def survey_answers() -> list[Record]:
    """The table `survey_answers`: both surveys, in steps of ten, some questions left out."""
    rows: list[Record] = []
    for survey, respondents, shift in (("Q2023", 26, -7), ("Q2025", _RESPONDENTS, 0)):
        for respondent in range(1, respondents + 1):
            mood = _DICE.between(-16, 16) + shift
            for question, centre in QUESTIONS.items():
                if _DICE.chance(6):
                    continue
                score = max(0, min(100, round((centre + mood + _DICE.between(-14, 14)) / 10) * 10))
                rows.append(
                    {
                        "survey_id": survey,
                        "respondent": str(respondent),
                        "question": question,
                        "score": Decimal(score),
                    }
                )
    return rows


def checks() -> list[Record]:
    """The table `checks`."""
    rows: list[Record] = []
    for line in _CHECKS.strip().splitlines():
        item, holds, quantity, last, note = line.split("|")
        rows.append(
            {
                "item": item,
                "holds": holds == "yes",
                "quantity": Decimal(quantity) if quantity else None,
                "last_on": day(last),
                "note": note,
            }
        )
    return rows


def improvements() -> list[Record]:
    """The table `improvements`: three areas named at the first bronze, validated on the visit."""
    rows: list[Record] = []
    for number, line in enumerate(_IMPROVEMENTS.strip().splitlines(), start=1):
        indicator, title, before, after, evidence = line.split("|")
        rows.append(
            {
                "improvement_id": f"I{number}",
                "indicator": indicator,
                "title": title,
                "named_on": date(2023, 11, 16),
                "before": Decimal(before),
                "after": Decimal(after),
                "validated": True,
                "validated_on": date(2025, 10, 25),
                "evidence_id": evidence,
            }
        )
    return rows

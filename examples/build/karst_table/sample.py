"""The dossier of the fictional Karst Table Food Cluster, ten months old."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from common.dice import Dice
from common.filing import filed
from common.folder import Evidence, Record, Sample, Tables
from common.paper import Paper, bullets, grid, heading, signed, text
from common.sketch import meetings, memberships, rows
from common.windows import AS_OF

SENDER = "Zavod Kraška miza · Trg 6, Senožet"
RECEIVED = date(2025, 9, 30)

README = """# Karst Table Food Cluster

**Fictional sample.** The cluster, its people, companies and places are invented.

Reference date: **2025-10-26**, the date of its latest ratings. A young cluster, set up on 10 December 2024, ten
months earlier: 19 committed participants, 1.4 posts, an English website with news. It is eligible for bronze and
has had its interview; most of what silver and gold ask for it cannot have yet (two years of age, a closed year, a
survey, a review).

    clustermark assess examples/karst-table --scheme ecei-bronze-2019

Tables that are not there (survey, stories, deliveries …) were not stated: their facts are missing, not zero.
Written by `python examples/build/make.py`: change the generator, not the files.
"""

PROFILE: Record = {
    "name": "Karst Table Food Cluster",
    "legal_name": "Zavod Kraška miza",
    "legal_form": "institute",
    "country": "SI",
    "region": "Karst Plateau",
    "city": "Senožet",
    "sector": "food",
    "established_on": date(2024, 12, 10),
    "website": "https://karst-table.example",
    "email": "miza@karst-table.example",
    "contact_person": "Nataša Furlan",
    "description": "Dairies, ham makers, wineries and mills of a karst plateau. A fictional cluster.",
    "currency": "EUR",
    "annual_budget": Decimal("87600.00"),
    "recognised_by_programme": False,
    "social_economy": False,
}

_PARTICIPANTS = """
P01|Mlekarna Brin|company|small|Senožet|4.0|2024-12-10|membership|2024-12-10|31
P02|Pršut Gabrje|company|small|Gabrje|11.2|2024-12-10|membership|2024-12-10|24
P03|Vinska klet Rdeča zemlja|company|small|Rdeča|8.7|2024-12-10|membership|2024-12-10|18
P04|Mlin Podjama|company|micro|Podjama|14.6|2024-12-10|membership|2024-12-10|7
P05|Čebelarstvo Lipa|company|micro|Senožet|2.9|2024-12-10|membership|2024-12-10|3
P06|Oljarna Kamen|company|micro|Rdeča|9.5|2024-12-10|membership|2024-12-10|6
P07|Burja Craft Brewery|company|micro|Burjanica|17.3|2025-01-21|membership|2025-01-21|9
P08|Pekarna Žito|company|small|Senožet|1.2|2025-01-21|membership|2025-01-21|27
P09|Zelišča Doline|company|micro|Gabrje|10.8|2025-02-18|membership|2025-02-18|4
P10|Kras Cold Store|company|medium|Burjanica|19.0|2025-02-18|membership|2025-02-18|58
P11|Testenine Nona|company|small|Senožet|3.4|2025-03-18|membership|2025-03-18|16
P12|Ribogojnica Izvir|company|micro|Podjama|15.1|2025-03-18|letter|2025-03-27|5
P13|Embalaža Rob|company|small|Koper|52.0|2025-05-20|letter|2025-05-20|22
P14|Turistična kmetija Škocjan Brest|company|micro|Rdeča|7.6|2025-05-20|membership|2025-05-20|5
P15|Agricultural School Senožet|education|not_applicable|Senožet|1.9|2024-12-10|letter|2024-12-18|64
P16|Faculty of Food Science, chair of fermentation|research|not_applicable|Ljubljana|78.0|2025-03-18|letter|2025-04-09|12
P17|Municipality of Senožet|public_body|not_applicable|Senožet|0.4|2024-12-10|letter|2024-12-11|38
P18|Plateau Development Agency|intermediary|not_applicable|Senožet|0.6|2024-12-10|letter|2024-12-11|9
P19|Farmers' Cooperative Bank, branch|finance|not_applicable|Senožet|0.9|2025-06-17|letter|2025-06-24|6
P20|Sirarna Vrh|company|micro|Gabrje|12.4|2025-06-17|none||4
P21|Hotel Jama|company|medium|Podjama|13.8|2025-09-16|none||61
"""

# the self-test that goes with the application for bronze
_CLAIM = """
2.4|2|The steering committee decides; how, is not yet written down.
4.1.1|2|Two evenings with the founders in spring.
4.1.2|1|A draft of nine pages.
4.1.3|1|A list of ideas with names, no dates.
4.1.4|1|One cost centre at the municipality.
4.2|3|The common box and the common delivery come first.
"""

_DICE = Dice("karst-table")


def tables() -> Tables:
    """The tables that a young cluster can state."""
    columns = (
        "participant_id name type size city distance_km:n joined_on:d commitment committed_on:d employees:i"
    )
    return {
        "profile": [PROFILE],
        "participants": [dict(row) | {"country": "SI"} for row in rows(columns, _PARTICIPANTS)],
        "team": rows(
            "person_id name role manager:b fte:n started_on:d degree:b experience_years:n training_days:n",
            "T1|Nataša Furlan|Cluster manager|yes|0.8|2024-12-10|yes|6|3\nT2|Matej Košuta|Events and website|no|0.6|2025-02-03|yes|2|1.5",
        ),
        "bodies": rows(
            "body_id name kind governing:b meetings_a_year:i",
            "B1|Assembly of partners|general_assembly|yes|2\nB2|Steering committee|board|yes|5",
        ),
        "finances": rows(
            "year:i kind source private:b amount:n closed:b",
            "2025|income|regional|no|48200.00|no\n2025|income|local|no|12000.00|no\n2025|income|membership_fees|yes|6450.00|no\n2025|expense|staff||38114.20|no\n2025|expense|activities||14386.75|no",
        ),
        "secured_funding": rows(
            "funding_id source private:b amount:n secured_until:d contract",
            "F1|Regional start-up grant for clusters|no|64300.00|2026-11-30|Contract 4300-12/2024",
        ),
        "documents": rows(
            "document_id kind title dated_on:d valid_until:d approved_by evidence_id",
            "D1|statutes|Founding act|2024-12-10|||E1\nD2|strategy|First strategy 2025–2027, draft|2025-05-29|2027-12-31|Steering committee|\nD3|interview|Benchmarking interview, bronze|2025-09-18|||E3",
        ),
        "services": rows(
            "service_id field title delivered_on:d participant_id",
            "X1|training|Course: labels and allergens|2025-04-10|\nX2|marketing|Common box for the holidays|2025-05-12|\nX3|innovation|Trial of low-salt ham with the faculty|2025-08-26|P02",
        ),
        "contacts": meetings(
            _DICE,
            ["P01", "P02", "P03", "P08", "P10", "P13", "P16", "P17", "P18"],
            staff=("T1", "T2"),
            topics=("First talk on needs", "Place in the common box", "Trial with the faculty"),
            first=date(2025, 1, 20),
            last=date(2025, 10, 3),
        ),
        "working_groups": rows("group_id title started_on:d", "W1|Common delivery|2025-03-11"),
        "group_participants": memberships("group_id", "W1|P01 P02 P08 P10 P11"),
        "events": rows(
            "event_id title kind field held_on:d group_id place",
            "V1|Founding assembly|general_assembly||2024-12-10||Senožet\nV2|Common delivery: routes|group_meeting|exchange|2025-03-11|W1|Senožet\nV3|Taste of the plateau|fair|marketing|2025-06-07||Gabrje\n"
            "V4|Common delivery: cold chain|group_meeting|exchange|2025-09-09|W1|Burjanica",
        ),
        "agreements": rows(
            "agreement_id partner partner_type country signed_on:d subject",
            "G1|Faculty of Food Science, Ljubljana|research|SI|2025-04-09|Trials with members",
        ),
        "press": rows(
            "item_id published_on:d medium title third_party:b",
            "M1|2024-12-12|Plateau Weekly|Food makers found a cluster|yes\nM2|2025-06-09|Coast Radio|A market of tastes|yes\nM3|2025-06-10|Cluster website|Thank you for coming|no",
        ),
        "checks": rows(
            "item holds:b quantity:n last_on:d",
            "newsletter|yes|2|2025-09-05\nevents_calendar|yes||2025-10-12\nmember_area|no||\nannual_report|no||\npress_work|yes|3|2025-06-05\nsocial_channel|yes|41|2025-10-19\nbrand_manual|no||\n"
            "general_meeting|yes|1|2024-12-10\nweb_english|yes||\nweb_contact|yes||\nweb_team|yes||\nweb_members|yes||\nweb_mission|yes||\nweb_services|no||\nweb_news|yes|9|2025-10-12\n"
            "web_events|yes||2025-10-12\nweb_stories|no||\nweb_privacy|yes||",
        ),
        "ratings": [
            dict(row) | {"view": "claim", "rated_on": AS_OF}
            for row in rows("indicator rating:i reason", _CLAIM)
        ],
    }


def sample() -> Sample:
    """The whole dossier."""
    stated = tables()
    return Sample(folder="karst-table", readme=README, tables=stated, evidence=_evidence(stated))


def _evidence(stated: Tables) -> list[Evidence]:
    committed = [row for row in stated["participants"] if row["commitment"] != "none"]
    founding = Paper(
        title="Founding act (Akt o ustanovitvi), English summary",
        sender=SENDER,
        dated=date(2024, 12, 10),
        blocks=[
            text(
                "On 10 December 2024, nine organisations of the plateau found the institute Kraška miza to run a food cluster. Seat: Senožet."
            ),
            bullets(
                "The assembly of partners meets twice a year and adopts the strategy.",
                "The steering committee of five decides on projects and the budget.",
                "Partners sign a letter or become members with a fee of 150 to 600 euros.",
            ),
            signed("Nataša Furlan", "for the Municipality: Boris Rebec"),
        ],
    )
    letters = Paper(
        title="Commitments of partners, state of 25 September 2025",
        sender=SENDER,
        dated=date(2025, 9, 25),
        blocks=[
            text(
                f"{len(committed)} of {len(stated['participants'])} partners have signed. Copies of the signed forms follow in the originals."
            ),
            grid(
                ["No.", "Partner", "Kind", "Form", "Signed"],
                [
                    (
                        r["participant_id"],
                        r["name"],
                        str(r["type"]).replace("_", " "),
                        r["commitment"],
                        r["committed_on"],
                    )
                    for r in committed
                ],
                [1, 6, 3, 3, 3],
            ),
        ],
    )
    interview = Paper(
        title="Record of the benchmarking interview (bronze)",
        sender="Zavod Kraška miza, with the interviewing expert",
        dated=date(2025, 9, 18),
        blocks=[
            text(
                "By video, 18 September 2025, 13:00–15:50. Interviewer: Claire Dumont. For the cluster: Nataša Furlan, Matej Košuta."
            ),
            heading("Impressions"),
            bullets(
                "Young, close to its members, with a common delivery as its first result.",
                "Money until November 2026, nearly all of it public.",
                "No survey and no closed year yet; the strategy is a draft.",
            ),
        ],
    )
    return [
        filed(
            "E1",
            "statutes",
            "founding-act.pdf",
            founding,
            title="Founding act, summary",
            received=RECEIVED,
            proves="2.1",
        ),
        filed(
            "E2",
            "commitment",
            "commitments.pdf",
            letters,
            title="Signed commitments of partners",
            received=RECEIVED,
            proves="1.1.0 1.1.2",
        ),
        filed(
            "E3",
            "report",
            "bronze-interview.docx",
            interview,
            title="Record of the benchmarking interview",
            received=RECEIVED,
            proves="",
        ),
    ]

"""Papers on the organisation: register, statutes, chart, qualification, training."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from common.folder import Tables
from common.paper import Paper, bullets, grid, heading, signed, text
from common.printing import Sheet
from oka_valley.members import COMMITTED, PRESENT

OFFICE = "Association Oka Valley Pharma · 3 Naberezhnaya, Vyatsk"
COMMITMENT = {"fee": "contract, fee paid", "membership": "membership", "letter": "letter", "none": "none"}


def register(tables: Tables) -> Paper:
    """Who belongs to the cluster on 30 September 2025."""
    left = [row for row in tables["participants"] if row["left_on"]]
    return Paper(
        title="Register of participants, 30 September 2025",
        sender=OFFICE,
        dated=date(2025, 9, 30),
        number="R-2025/3",
        wide=True,
        blocks=[
            text(
                f"The register lists {len(PRESENT)} participants, of which {len(COMMITTED)} have a documented commitment:",
                "a membership contract with fee, a decision on membership, or a signed letter. Originals are kept in",
                "folders 1–4 of the office. Distances are by road from the office.",
            ),
            grid(
                ["No.", "Participant", "Type", "Size", "Place", "km", "Since", "Commitment", "Dated"],
                [
                    (
                        m.id,
                        m.name,
                        str(m.record["type"]).replace("_", " "),
                        "" if m.record["size"] == "not_applicable" else m.record["size"],
                        m.record["city"],
                        m.record["distance_km"],
                        m.record["joined_on"],
                        COMMITMENT[str(m.record["commitment"])],
                        m.record["committed_on"],
                    )
                    for m in PRESENT
                ],
                [3, 14, 6, 4, 7, 4, 6, 8, 6],
            ),
            heading("Left since January 2023"),
            grid(
                ["No.", "Participant", "Since", "Left on"],
                [(row["participant_id"], row["name"], row["joined_on"], row["left_on"]) for row in left],
                [2, 8, 4, 4],
            ),
            text("Checked against the contracts and fee payments by the controller and the cluster manager."),
            signed("Anton Yermakov, controlling", "Irina Sokolova, cluster manager"),
        ],
    )


def statutes() -> Paper:
    """What the statutes say, in the parts that matter here."""
    return Paper(
        title="Statutes of the Association Oka Valley Pharma (Устав), English extract",
        sender=OFFICE,
        dated=date(2021, 4, 15),
        number="fourth version",
        blocks=[
            heading("§ 1 Name, seat, registration"),
            text(
                "The association bears the name “Association Oka Valley Pharma” and has its seat in Vyatsk. It was entered in the register of associations on 15 March 2012."
            ),
            heading("§ 2 Purpose"),
            text(
                "The association is the organisation of the Oka Valley Pharma Cluster. It brings companies, research, education and public bodies of the pharmaceutical and medical field together, prepares joint projects, and represents the common interests of its members. It pursues no profit."
            ),
            heading("§ 4 Members and other participants"),
            bullets(
                "Companies become members by contract and pay a yearly fee according to their size: 18,000, 42,000, 96,000 or 204,000 roubles.",
                "Institutions become members by decision of the board; they pay no fee.",
                "Partners that cannot become members for reasons of law take part by letter of commitment.",
                "Members leave on the last day of a month, with three months' notice.",
            ),
            heading("§ 6 General assembly"),
            text(
                "It meets at least once a year. It adopts the strategy, approves the accounts, elects the board and the audit commission. Each member has one vote. It has a quorum with half of the members; decisions on the statutes need two thirds."
            ),
            heading("§ 7 Supervisory board"),
            text(
                "Eight members with a vote: five companies, and one member each for higher education, research and the towns. The Ministry and an adviser from abroad sit on it without a vote. It meets every quarter, adopts the implementation plan and the budget, reviews both at least once a year and appoints the cluster manager."
            ),
            heading("§ 8 Directorate"),
            text(
                "The cluster manager and the managers for projects and for partnerships run the association and report to the board every quarter."
            ),
            heading("§ 9 Science and technology council, § 10 Audit commission"),
            text(
                "The council advises on projects and has no say in the running of the association. The audit commission of three members checks the accounts every year and reports to the general assembly."
            ),
            text("Adopted by the general assembly on 15 April 2021 with 39 of 44 votes."),
            signed("Viktor Drozdov, chairman of the board", "Irina Sokolova, cluster manager"),
        ],
    )


def chart(tables: Tables) -> Paper:
    """Bodies, posts and who does what."""
    team = [row for row in tables["team"] if not row["ended_on"]]
    seats = [row for row in tables["seats"] if row["body_id"] == "B2" and not row["until"]]
    names = {row["participant_id"]: row["name"] for row in tables["participants"]}
    posts = sum((Decimal(str(row["fte"])) for row in team), Decimal(0))
    return Paper(
        title="Organisation chart and division of tasks",
        sender=OFFICE,
        dated=date(2024, 4, 1),
        number="in force since 1 April 2024",
        blocks=[
            text(
                "General assembly → Supervisory board → Directorate → team. The science and technology council advises the directorate; the audit commission reports to the assembly."
            ),
            heading("Bodies"),
            grid(
                ["Body", "Kind", "Decides", "Meetings a year"],
                [
                    (b["name"], str(b["kind"]).replace("_", " "), b["governing"], b["meetings_a_year"])
                    for b in tables["bodies"]
                ],
                [5, 4, 2, 3],
            ),
            heading("Supervisory board"),
            grid(
                ["Person", "From", "Vote"],
                [(s["person"], names.get(s["participant_id"], "outside"), s["voting"]) for s in seats],
                [4, 6, 2],
            ),
            heading(f"Team: {len(team)} persons, {posts:.1f} full-time posts"),
            grid(
                ["Person", "Tasks", "Post", "Since"],
                [(t["name"], t["role"], t["fte"], t["started_on"]) for t in team],
                [4, 7, 2, 3],
            ),
            text(
                "Deputies: Pavel Gromov for the cluster manager, Dmitry Karpov for projects, Olga Belyaeva for working groups. Decisions on project ideas above one million roubles are prepared by Pavel Gromov and taken by the board."
            ),
        ],
    )


def qualification(tables: Tables) -> Paper:
    """Short records of the careers of the team."""
    team = [row for row in tables["team"] if not row["ended_on"]]
    lives = {
        "T1": "Diploma in chemical engineering; plant manager at a drug maker 2006–2014; cluster manager since 2014.",
        "T2": "Doctorate in pharmaceutical technology; project manager in contract development until 2017.",
        "T3": "Master in international trade; export manager for medical devices; speaks English, Serbian and German.",
        "T4": "Master in quality management; quality unit at Sterile Lines; since 2022 with the cluster.",
        "T5": "Bachelor in journalism; editor of a trade magazine; since March 2024 with the cluster.",
        "T6": "Diploma in economics; accountant and controller in industry and public service since 2004.",
    }
    return Paper(
        title="Qualification of the team: overview of careers",
        sender=OFFICE,
        dated=date(2025, 9, 22),
        blocks=[
            text(
                "Relevant experience counts years in the sector, in project management or in running networks. Copies of degrees are in the personnel files and were shown on site."
            ),
            grid(
                ["Person", "Task", "Post", "Degree", "Years of experience", "Since"],
                [
                    (t["name"], t["role"], t["fte"], t["degree"], t["experience_years"], t["started_on"])
                    for t in team
                ],
                [4, 6, 2, 2, 3, 3],
            ),
            heading("Careers in short"),
            bullets(*(f"{t['name']}: {lives[str(t['person_id'])]}" for t in team)),
            text(
                "With a degree and at least five years of experience: Irina Sokolova, Pavel Gromov, Elena Vasnetsova (one post each) and Anton Yermakov (half a post), 3.5 of 5.0 posts, 70 %."
            ),
        ],
    )


def training(tables: Tables) -> list[Sheet]:
    """Training of the team, November 2024 to October 2025: course by course, and days by person."""
    courses = [
        (
            date(2024, 11, 13),
            "T1",
            "Leading member organisations, two days",
            "Academy of Associations",
            Decimal(2),
            True,
        ),
        (
            date(2024, 12, 4),
            "T2",
            "Project finance for pilot plants",
            "Institute of Project Work",
            Decimal("1.5"),
            True,
        ),
        (
            date(2025, 1, 29),
            "T3",
            "Trade law of the Eurasian Union",
            "Chamber of Commerce of the Oka Region",
            Decimal(1),
            True,
        ),
        (
            date(2025, 2, 18),
            "T4",
            "Moderating working groups",
            "Academy of Associations",
            Decimal("1.5"),
            True,
        ),
        (
            date(2025, 3, 12),
            "T5",
            "Writing for members: newsletter and portal",
            "School of Trade Journalism",
            Decimal("1.5"),
            True,
        ),
        (
            date(2025, 4, 3),
            "T3",
            "Cluster partnerships in practice, two days",
            "Network of Cluster Managers",
            Decimal(2),
            True,
        ),
        (
            date(2025, 5, 20),
            "T6",
            "Grant accounts 2025",
            "Oka Region Development Agency",
            Decimal("0.5"),
            True,
        ),
        (date(2025, 6, 17), "T2", "Selecting project ideas", "Network of Cluster Managers", Decimal(1), True),
        (
            date(2025, 9, 10),
            "T1",
            "Impact of clusters: how to measure it",
            "Network of Cluster Managers",
            Decimal(1),
            True,
        ),
        (date(2025, 3, 25), "T1", "Online: negotiation", "own study", Decimal(1), False),
        (date(2025, 4, 22), "T2", "Online: statistics", "own study", Decimal(2), False),
        (date(2025, 7, 8), "T4", "Online: process audits", "own study", Decimal(1), False),
        (date(2025, 8, 19), "T5", "Online: photographs that work", "own study", Decimal(1), False),
    ]
    team = {str(row["person_id"]): row for row in tables["team"]}
    days = {
        who: sum((course[4] for course in courses if course[1] == who and course[5]), Decimal(0))
        for who in team
    }
    for who, row in team.items():
        if not row["ended_on"] and days[who] != row["training_days"]:
            raise ValueError(
                f"training of {who}: {days[who]} days in the list, {row['training_days']} in the table"
            )
    present = [row for row in team.values() if not row["ended_on"]]
    return [
        Sheet(
            name="Courses",
            title="Training of the team, 27 October 2024 to 26 October 2025",
            columns=[
                ("Date", 12),
                ("Person", 20),
                ("Course", 46),
                ("Held by", 36),
                ("Days", 8),
                ("Certificate", 11),
            ],
            rows=[
                (c[0], team[c[1]]["name"], c[2], c[3], c[4], c[5])
                for c in sorted(courses, key=lambda c: c[0])
            ],
        ),
        Sheet(
            name="By person",
            title="Days with a certificate, by person",
            columns=[("Person", 24), ("Post", 8), ("Days", 8)],
            rows=[(row["name"], row["fte"], row["training_days"]) for row in present],
            total=(
                "Sum",
                sum((Decimal(str(row["fte"])) for row in present), Decimal(0)),
                sum(days.values(), Decimal(0)),
            ),
        ),
    ]

"""The dossier of Amber Coast, put together, with its four evidence files."""

from __future__ import annotations

from datetime import date

from amber_coast.tables import tables
from common.filing import filed, filed_book
from common.folder import Evidence, Sample, Tables
from common.paper import Paper, bullets, grid, heading, signed, text
from common.printing import Sheet

SENDER = "VšĮ Amber Coast ICT · Pier 4, Marijampa"
RECEIVED = date(2025, 9, 24)

README = """# Amber Coast ICT Cluster

**Fictional sample.** The cluster, its people, companies and places are invented.

Reference date: **2025-10-26**, the date of its latest ratings. An established, strong cluster: 131 of 150 points by
consensus, more than Oka Valley and more than the 120 that gold asks for. Still it gets neither silver nor gold:
the last documented review of its strategy is 41 months old (4.1.5, at most 36 months are allowed). A high total
never buys a failed minimum.

    clustermark assess examples/amber-coast --scheme ecei-gold-2013

Deliveries, seats and attendance are not stated; facts about them are missing, not zero. Written by
`python examples/build/make.py`: change the generator, not the files.
"""


def sample() -> Sample:
    """The whole dossier."""
    stated = tables()
    return Sample(folder="amber-coast", readme=README, tables=stated, evidence=_evidence(stated))


def _evidence(stated: Tables) -> list[Evidence]:
    people = [row for row in stated["participants"] if not row.get("left_on")]
    return [
        filed_book(
            "E1",
            "participant_list",
            "members.xlsx",
            [
                Sheet(
                    name="Members",
                    title="Members and partners, 15 September 2025",
                    columns=[
                        ("No.", 7),
                        ("Name", 36),
                        ("Type", 14),
                        ("Place", 16),
                        ("Since", 12),
                        ("Commitment", 14),
                    ],
                    rows=[
                        [
                            row[key]
                            for key in ("participant_id", "name", "type", "city", "joined_on", "commitment")
                        ]
                        for row in people
                    ],
                )
            ],
            title="Register of members",
            author="Amber Coast ICT",
            dated=date(2025, 9, 15),
            received=RECEIVED,
            proves="1.1.0 1.1.1 1.1.2 1.2",
        ),
        filed(
            "E2",
            "strategy",
            "strategy-and-plan.pdf",
            _strategy(stated),
            title="Strategy 2022–2027 and plan 2025",
            received=RECEIVED,
            proves="4.1.1 4.1.2 4.1.3 4.2",
        ),
        filed(
            "E3",
            "minutes",
            "review-2022.docx",
            _review(),
            title="Minutes of the review of May 2022",
            received=RECEIVED,
            proves="4.1.5",
        ),
        filed(
            "E4",
            "report",
            "targets-2025.pdf",
            _report(stated),
            title="Report on targets, half-year 2025",
            received=RECEIVED,
            proves="4.1.6 4.4 4.1.4",
        ),
    ]


def _strategy(stated: Tables) -> Paper:
    return Paper(
        title="Strategy 2022–2027, summary, with the plan for 2025",
        sender=SENDER,
        dated=date(2025, 1, 16),
        blocks=[
            text(
                "Adopted by the general assembly on 12 May 2022 after talks with 47 members. Two fields are to lead: data of ports and shipping, and cyber security for small firms."
            ),
            heading("Plan 2025"),
            grid(
                ["No.", "Action", "Owner", "Due", "EUR"],
                [
                    (a["action_id"], a["title"], a["owner"], a["due_on"], a["budget"])
                    for a in stated["actions"]
                ],
                [1, 6, 4, 3, 3],
            ),
        ],
    )


def _review() -> Paper:
    return Paper(
        title="Minutes: review of the strategy 2017–2021",
        sender=SENDER,
        dated=date(2022, 5, 12),
        blocks=[
            text("Board meeting of 12 May 2022, Marijampa, eight of nine members present."),
            bullets(
                "Of eleven aims, eight were reached.",
                "Export to the Nordic countries stays an aim; e-government does not.",
                "The next review is planned for spring 2024.",
            ),
            signed("Rasa Vaitkutė", "Darius Kalnys, chair"),
        ],
    )


def _report(stated: Tables) -> Paper:
    return Paper(
        title="Targets: half-year report 2025",
        sender=SENDER,
        dated=date(2025, 7, 15),
        blocks=[
            grid(
                ["No.", "Kind", "What", "Unit", "Target", "Reached"],
                [
                    (t["target_id"], t["kind"], t["title"], t["unit"], t["target"], t["reached"])
                    for t in stated["targets"]
                ],
                [1, 3, 6, 3, 2, 2],
            ),
            text("New members are sought in autumn; two members left for other regions."),
        ],
    )

"""Papers on what participants do together: contacts, projects, minutes, agreements, activities."""

from __future__ import annotations

from collections import Counter
from datetime import date

from common.folder import Tables
from common.paper import Paper, bullets, grid, heading, signed, text
from common.printing import Sheet
from common.windows import within_year
from oka_valley.members import BY_ID, COMMITTED
from oka_valley.papers.organisation import OFFICE


def contact_log(tables: Tables) -> list[Sheet]:
    """The log of bilateral meetings, and for each committed participant when it was last met."""
    team = {row["person_id"]: row["name"] for row in tables["team"]}
    rows = tables["contacts"]
    last: dict[str, date] = {}
    for row in rows:
        held = row["held_on"]
        if row["documented"] and row["form"] in {"visit", "office", "video"} and isinstance(held, date):
            last[str(row["participant_id"])] = held
    met = sum(1 for member in COMMITTED if member.id in last and within_year(last[member.id]))
    return [
        Sheet(
            name="Log",
            title="Bilateral meetings, July 2024 to October 2025",
            columns=[
                ("No.", 7),
                ("Date", 12),
                ("Participant", 34),
                ("Form", 9),
                ("By", 20),
                ("Topic", 48),
                ("Note", 7),
            ],
            rows=[
                (
                    r["contact_id"],
                    r["held_on"],
                    BY_ID[str(r["participant_id"])].name,
                    r["form"],
                    team[r["person_id"]],
                    r["topic"],
                    r["documented"],
                )
                for r in rows
            ],
        ),
        Sheet(
            name="Last met",
            title=f"Committed participants: last meeting with a note ({met} of {len(COMMITTED)} in the last twelve months)",
            columns=[("No.", 7), ("Participant", 34), ("Last met", 12), ("Within 12 months", 16)],
            rows=[
                (m.id, m.name, last.get(m.id), m.id in last and within_year(last[m.id])) for m in COMMITTED
            ],
        ),
    ]


def project_list(tables: Tables) -> Paper:
    """Joint projects with those who take part."""
    names = {member.id: member.name for member in BY_ID.values()}
    blocks = [
        text(
            "All projects run or ended since 2021 in which at least two participants work under a common contract. The lead is named first. State of 30 September 2025."
        ),
    ]
    for project in tables["projects"]:
        partners = [
            row for row in tables["project_participants"] if row["project_id"] == project["project_id"]
        ]
        running = "running" if project["ended_on"] is None else "ended"
        blocks += [
            heading(f"{project['project_id']} {project['title']} ({running})"),
            grid(
                ["Start", "End", "Budget, RUB", "Funding"],
                [(project["started_on"], project["ended_on"], project["budget"], project["funding"])],
                [3, 3, 4, 7],
            ),
            text("Participants: " + "; ".join(names[str(row["participant_id"])] for row in partners) + "."),
        ]
    return Paper(
        title="List of joint projects",
        sender=OFFICE,
        dated=date(2025, 9, 30),
        number="Projects 2025/2",
        blocks=blocks,
    )


_POINTS = {
    "V11": (
        "Gaps against annex 1 at four plants compared; the worst is the monitoring of clean rooms.",
        "Sterile Lines shows its isolator in February.",
    ),
    "V18": (
        "Seventeen suppliers are audited by more than one member.",
        "One shared audit report for each supplier from June; P. Gromov drafts the contract.",
    ),
    "V25": (
        "Cross contamination: three cases told without names.",
        "Checklist to be tried in Dugna and Borovets.",
    ),
    "V31": ("One year on: 11 of 19 gaps closed.", "Mock inspections at six members by December."),
    "V14": ("Only two sites have trained investigators.", "Register of investigators by December."),
    "V22": ("Bioequivalence studies go to other regions for want of beds.", "Feasibility study ordered."),
    "V33": ("Frame agreement with the hospital signed today.", "First study in January 2026."),
    "V20": ("Aggregation works on two of five lines.", "Next meeting in September (postponed, no date yet)."),
}


def minutes(tables: Tables) -> Paper:
    """Minutes of the meetings of working groups in the last twelve months, in short."""
    titles = {row["group_id"]: row["title"] for row in tables["working_groups"]}
    names = {member.id: member.name for member in BY_ID.values()}
    blocks = [
        text(
            "Short minutes of all meetings between November 2024 and September 2025. Lists of those present are kept with the originals."
        )
    ]
    for event in tables["events"]:
        held = event["held_on"]
        if event["group_id"] is None or not isinstance(held, date) or not within_year(held):
            continue
        there = [
            names[str(row["participant_id"])]
            for row in tables["attendance"]
            if row["event_id"] == event["event_id"]
        ]
        found, agreed = _POINTS[str(event["event_id"])]
        blocks += [
            heading(f"{titles[event['group_id']]}: {held.day} {held:%B %Y}, {event['place']}"),
            text("Present: " + "; ".join(there) + "."),
            bullets(found, "Agreed: " + agreed),
        ]
    blocks.append(
        text(
            "The group on internationalisation has not met since 26 September 2024; the group on radiopharmaceuticals ended in May 2024 and lives on in project J7."
        )
    )
    return Paper(
        title="Minutes of the working groups 2024/25", sender=OFFICE, dated=date(2025, 9, 25), blocks=blocks
    )


def agreements(tables: Tables) -> Paper:
    """Agreements, with one in full."""
    return Paper(
        title="Agreements with partners of the innovation system",
        sender=OFFICE,
        dated=date(2025, 9, 30),
        number="Folder 7",
        blocks=[
            grid(
                ["No.", "Partner", "Kind", "Country", "Signed", "Ends", "Subject"],
                [
                    (
                        a["agreement_id"],
                        a["partner"],
                        str(a["partner_type"]),
                        a["country"],
                        a["signed_on"],
                        a["ends_on"],
                        a["subject"],
                    )
                    for a in tables["agreements"]
                ],
                [2, 7, 4, 3, 4, 4, 8],
            ),
            heading("G07 in full: Memorandum between Oka Valley and the Vojvodina Health Cluster"),
            text(
                "Novi Sad, 5 June 2025. The Association Oka Valley Pharma and the Vojvodina Health Cluster agree for three years:"
            ),
            bullets(
                "to exchange lists of suppliers and wanted partners every half year;",
                "to keep a common guide to registration in both markets, in English;",
                "to receive visits of buyers, at least one in each direction a year;",
                "to name one person in charge each: Elena Vasnetsova and Milan Jović;",
                "to bear their own costs; there is no exclusivity. Either side may end the memorandum with three months' notice.",
            ),
            signed("Irina Sokolova, Oka Valley", "Milan Jović, Vojvodina Health Cluster"),
        ],
    )


def activity_report(tables: Tables) -> Paper:
    """Activities and services by field, and the events with how many came."""
    done: Counter[str] = Counter()
    for row, key in [(r, "delivered_on") for r in tables["services"]] + [
        (r, "held_on") for r in tables["events"]
    ]:
        held = row[key]
        if row["field"] and isinstance(held, date) and date(2024, 10, 26) < held <= date(2025, 9, 30):
            done[str(row["field"]).replace("_", "-")] += 1
    came = Counter(str(row["event_id"]) for row in tables["attendance"])
    recent = [
        e
        for e in tables["events"]
        if e["group_id"] is None
        and isinstance(e["held_on"], date)
        and date(2024, 10, 26) < e["held_on"] <= date(2025, 9, 30)
    ]
    given = [
        s
        for s in tables["services"]
        if isinstance(s["delivered_on"], date) and date(2024, 10, 26) < s["delivered_on"] <= date(2025, 9, 30)
    ]
    return Paper(
        title="Activity report 2024/25 with catalogue of services",
        sender=OFFICE,
        dated=date(2025, 9, 30),
        blocks=[
            text(
                "From 27 October 2024 to 30 September 2025. Services are free of charge for members up to two days a year; audits, courses and fairs are charged by the price list of 1 January 2025."
            ),
            heading("Activities by field of service"),
            grid(["Field", "Events and services"], sorted(done.items()), [4, 3]),
            heading("Events"),
            grid(
                ["Date", "Event", "Kind", "Place", "Participants"],
                [
                    (
                        e["held_on"],
                        e["title"],
                        str(e["kind"]).replace("_", " "),
                        e["place"],
                        came[str(e["event_id"])],
                    )
                    for e in recent
                ],
                [3, 9, 4, 4, 3],
            ),
            heading("Services to single members and to all"),
            grid(
                ["Date", "Service", "For"],
                [
                    (
                        s["delivered_on"],
                        s["title"],
                        BY_ID[str(s["participant_id"])].name if s["participant_id"] else "all",
                    )
                    for s in given
                ],
                [3, 8, 6],
            ),
        ],
    )

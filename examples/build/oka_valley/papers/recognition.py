"""Papers on communication and results: newsletter, website, press, stories, survey, bronze interview."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from common.folder import Record, Tables
from common.paper import Paper, bullets, grid, heading, signed, text
from common.windows import within_year
from oka_valley.papers.organisation import OFFICE


def newsletter() -> Paper:
    """One issue of the newsletter."""
    return Paper(
        title="Oka Valley Letter 5/2025 (Вести Приочья)",
        sender="Association Oka Valley Pharma · newsletter, six issues a year, 412 readers",
        dated=date(2025, 9, 22),
        blocks=[
            heading("Thirty-one members at the buyers and suppliers day"),
            text(
                "On 4 September, purchasing managers of Oka Farmsintez and Borovets Pharma Plant met suppliers for fifteen minutes each. Nine contracts have come of these days this year. Next date: September 2026, in Dugna."
            ),
            heading("Hospital signs in a few days"),
            text(
                "The frame agreement with the Oka Regional Clinical Hospital is to be signed on 25 September at the meeting of the group on clinical trials. The first study starts in January."
            ),
            heading("Annex 1, one year on"),
            text(
                "Of nineteen gaps found in four plants, eleven are closed. Six members have asked for a mock inspection; two dates in November are still free (Dmitry Karpov)."
            ),
            heading("Visit of the experts, 24–26 October"),
            text(
                "Two experts will visit the cluster for the silver label. They would like to talk to members of all kinds; please tell Olga Belyaeva if you can spare half an hour."
            ),
            heading("Dates"),
            bullets(
                "9 October: Oka Pharma Forum, Vyatsk",
                "November: pharma ingredients fair, Moscow, joint stand",
                "12 December: last day for mock inspections 2025",
            ),
            heading("Earlier issues"),
            grid(
                ["Issue", "Date", "Main topic"],
                [
                    ("6/2024", date(2024, 12, 16), "Who imports which intermediate"),
                    ("1/2025", date(2025, 2, 10), "Pilot plant: rules and fees"),
                    ("2/2025", date(2025, 4, 21), "General assembly"),
                    ("3/2025", date(2025, 6, 9), "Serbia: the guide is out"),
                    ("4/2025", date(2025, 7, 21), "Survey: what you think of us"),
                    ("5/2025", date(2025, 9, 22), "this issue"),
                ],
                [2, 3, 8],
            ),
        ],
    )


def website(tables: Tables) -> Paper:
    """What was seen on the website, and the other channels."""
    return Paper(
        title="Protocol: web presence and communication",
        sender=OFFICE,
        dated=date(2025, 10, 24),
        number="looked up on 24 October 2025, 10:05–10:40",
        blocks=[
            text(
                "Looked up by Olga Belyaeva in the presence of both experts, on a laptop of the experts, without a log-in. Pages in English were opened first."
            ),
            grid(
                ["Item", "There", "How often in 12 months", "Last", "Where"],
                [
                    (str(c["item"]).replace("_", " "), c["holds"], c["quantity"], c["last_on"], c["note"])
                    for c in tables["checks"]
                ],
                [4, 2, 4, 4, 10],
            ),
            text(
                "Remarks: the member area shows a notice of rebuilding since 2 June 2025. The privacy notice exists in Russian only and does not name the survey tool."
            ),
            signed("Olga Belyaeva", "Anna Keller", "Luca Ferrero"),
        ],
    )


def press_file(tables: Tables) -> Paper:
    """Mentions in press and media."""
    rows = tables["press"]
    own = [r for r in rows if not r["third_party"]]
    others = [r for r in rows if r["third_party"]]
    year = [r for r in others if isinstance(r["published_on"], date) and within_year(r["published_on"])]
    columns, widths = ["No.", "Date", "Medium", "Title"], [2, 4, 8, 12]
    return Paper(
        title="Press file, August 2024 to October 2025",
        sender=OFFICE,
        dated=date(2025, 10, 20),
        blocks=[
            text(
                f"{len(others)} mentions by others, {len(year)} of them in the twelve months before 26 October 2025; {len(own)} texts of our own or of members. Cuttings are in folder 9."
            ),
            heading("By others"),
            grid(
                columns, [(r["item_id"], r["published_on"], r["medium"], r["title"]) for r in others], widths
            ),
            heading("Our own and our members'"),
            grid(columns, [(r["item_id"], r["published_on"], r["medium"], r["title"]) for r in own], widths),
            heading("Excerpt: Regional television, 11 February 2025"),
            text(
                "“Twelve years ago they were competitors who did not greet each other. Today six of them share one pilot plant in Kremnevo: what costs 84.6 million roubles was too much for any of them alone. The reactors arrive in March …”"
            ),
        ],
    )


_TOLD = {
    "Y1": (
        "Three plants bought the same intermediates overseas, each in small lots and without knowing of the others.",
        "The cluster's manager for projects asked all members for their lists, found five intermediates that Kremnevo could make, and wrote the application for the pilot plant.",
        "Since autumn 2024 Kremnevo delivers five intermediates. Members' purchases from Kremnevo rose by 214 million roubles a year; delivery time fell from eleven weeks to nine days.",
        "Supply contracts S-2024 of three buyers; deliveries of 2024 in the dossier; letter of Oka Farmsintez of 3 March 2025.",
    ),
    "Y2": (
        "Operators for filling lines could not be hired; training them took each plant a year.",
        "The cluster brought two plants, the college and the university together, moderated the curriculum and found places and funds.",
        "Twenty-six operators finished between August 2024 and September 2025; twenty-three work with members. Time to independent work fell from twelve to seven months.",
        "Lists of graduates, work contracts seen by the experts, report to the employment service.",
    ),
    "Y3": (
        "Small makers could not afford to register abroad one by one.",
        "The consortium shares one adviser and one guide, prepared with the Vojvodina Health Cluster.",
        "Three firms delivered their first batches in July 2025, orders of 38 million roubles; turnover of a full year is estimated at 90 million by one of the firms.",
        "Orders seen; the estimate is not backed by a contract.",
    ),
}


def stories(tables: Tables) -> Paper:
    """Three success stories with consent."""
    blocks = []
    for row in tables["success_stories"]:
        need, part, result, proof = _TOLD[str(row["story_id"])]
        blocks += [
            heading(f"{row['title']} ({row['year']})"),
            text(f"Companies and partners: {row['companies']}. All agree to be named."),
            bullets(
                f"What was missing: {need}",
                f"What the cluster did: {part}",
                f"What came of it: {result}",
                f"Proof: {proof}",
            ),
            grid(
                ["Contribution", "Cooperation", "Result", "Proof", "Credits of 12"],
                [_credits(row)],
                [1, 1, 1, 1, 1],
            ),
        ]
    return Paper(
        title="Three success stories",
        sender=OFFICE,
        dated=date(2025, 8, 28),
        number="with declarations of consent",
        blocks=blocks,
    )


def _credits(row: Record) -> tuple[int, ...]:
    given = tuple(
        int(str(row[f"credits_{part}"])) for part in ("contribution", "cooperation", "result", "proof")
    )
    return (*given, sum(given))


def survey(tables: Tables) -> Paper:
    """The member survey 2025."""
    asked = {str(row["survey_id"]): row for row in tables["surveys"]}
    by_question: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for row in tables["survey_answers"]:
        by_question[str(row["survey_id"]), str(row["question"])].append(Decimal(str(row["score"])))
        by_question[str(row["survey_id"]), "all"].append(Decimal(str(row["score"])))
    people = {
        key: len({row["respondent"] for row in tables["survey_answers"] if row["survey_id"] == key})
        for key in asked
    }
    questions = list(dict.fromkeys(str(row["question"]) for row in tables["survey_answers"]))
    share = Decimal(100) * people["Q2025"] / Decimal(str(asked["Q2025"]["invited"]))

    def mean(survey: str, question: str) -> str:
        scores = by_question[survey, question]
        return f"{sum(scores, Decimal(0)) / len(scores):.1f}"

    return Paper(
        title="Member survey 2025: report",
        sender=OFFICE,
        dated=date(2025, 7, 10),
        blocks=[
            text(
                f"From 2 to 20 June 2025, {asked['Q2025']['invited']} participants were asked; {people['Q2025']} answered ({share:.1f} %). Answers are anonymous; each question goes from 0 (not at all satisfied) to 100 (fully). In 2023, {people['Q2023']} of {asked['Q2023']['invited']} answered."
            ),
            grid(
                ["Question", "Mean 2025", "Answers 2025", "Mean 2023", "Answers 2023"],
                [
                    (
                        q.replace("_", " "),
                        mean("Q2025", q),
                        len(by_question["Q2025", q]),
                        mean("Q2023", q),
                        len(by_question["Q2023", q]),
                    )
                    for q in [*questions, "all"]
                ],
                [5, 3, 3, 3, 3],
            ),
            heading("What members wrote (selection)"),
            bullets(
                "“The visit of the manager was worth more than two conferences.”",
                "“Too many groups on paper. Two of them work well, the rest should be closed.”",
                "“For a firm of nine people the fee is felt. Show me what I get.”",
                "“The supplier audits in common save us three weeks a year.”",
                "“Who decides which project is taken up? Please write it down.”",
            ),
            heading("What we make of it"),
            text(
                "Value for the fee is rated lowest; the directorate will show every member once a year which services it had. The way of choosing projects goes to the board in September."
            ),
        ],
    )


def interview() -> Paper:
    """The record of the second bronze interview, with the areas of improvement."""
    return Paper(
        title="Record of the second benchmarking interview (bronze)",
        sender="Association Oka Valley Pharma, with the interviewing expert",
        dated=date(2025, 7, 3),
        number="BR-2025-071",
        blocks=[
            text(
                "By video, 3 July 2025, 9:00–12:10. Interviewer: Henning Vogt. For the cluster: Irina Sokolova, Pavel Gromov, Anton Yermakov. The first interview was on 16 November 2023 (BR-2023-114)."
            ),
            heading("Change since the first interview"),
            grid(
                ["Area", "November 2023", "July 2025"],
                [
                    ("Committed participants", "66", "61"),
                    ("Team, full-time posts", "5.0", "5.0"),
                    ("Private share of income", "28.1 % (2022)", "30.0 % (2024)"),
                    ("Members met one to one in a year", "28.8 %", "55.7 %"),
                    ("Indicators reported with a target", "5", "9"),
                    ("Items of a good website, of ten", "6", "9"),
                ],
                [5, 4, 4],
            ),
            heading("Areas of improvement named in November 2023"),
            bullets(
                "2.5 Direct personal contacts: every member is met once a year, with a note.",
                "4.1.6 Performance monitoring: targets are reported every quarter.",
                "4.6.2 Web presence: a website in two languages.",
            ),
            heading("Remarks of the interviewer"),
            text(
                "Progress is clear in all three areas, though five participants fewer are committed. Working groups have fallen behind; money beyond autumn 2026 is not yet in sight. The cluster may apply for silver."
            ),
            signed("Henning Vogt", "Irina Sokolova"),
        ],
    )

"""Papers on strategy and money: strategy, plan, review, accounts, grant, report on targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from common.folder import Record, Tables
from common.paper import Paper, bullets, grid, heading, money, signed, text
from common.printing import Sheet
from oka_valley.office import ANNUAL_BUDGET
from oka_valley.papers.organisation import OFFICE
from oka_valley.strategy import GOALS


def strategy() -> Paper:
    """The strategy, in short."""
    return Paper(
        title="Strategy 2024–2028 of the Oka Valley Pharma Cluster (short version)",
        sender=OFFICE,
        dated=date(2024, 2, 8),
        blocks=[
            heading("How it came about"),
            text(
                "Adopted by the general assembly on 8 February 2024. Four workshops between September and December 2023 with 38 members; a regional analysis by an institute; a draft open for comment from 18 December to 29 January, with 61 comments from 23 members. After the workshops goals 1 and 3 were rewritten."
            ),
            heading("Where we stand"),
            bullets(
                "Strengths: finished dosage forms in three large plants, solvents and intermediates in Kremnevo, isotope research in Protvinsk, glass and packaging close by.",
                "Weaknesses: two thirds of intermediates bought outside the region, few operators with training, hardly any phase I capacity.",
                "Opportunities: localisation, contract manufacturing, the markets of the Eurasian area and South-East Europe.",
                "Risks: dependence on one public programme, shortage of quality staff, energy costs.",
            ),
            heading("Vision"),
            text(
                "In 2028 a medicine can be made in the Oka Valley from the intermediate to the sealed pack, and tested in the region's hospitals."
            ),
            heading("Goals"),
            grid(
                ["Goal", "What", "Indicator for 2028"],
                [
                    ("G1", GOALS["G1"], "12 intermediates made by members for members (2023: 4)"),
                    ("G2", GOALS["G2"], "30 shared auditors; no critical finding in two years"),
                    ("G3", GOALS["G3"], "6 studies a year with the regional hospital (2023: 1)"),
                    ("G4", GOALS["G4"], "25 members that export with help of the cluster (2023: 9)"),
                    ("G5", GOALS["G5"], "70 members, half of the income private"),
                ],
                [1, 6, 6],
            ),
            heading("Carrying out"),
            text(
                "The board adopts a plan for two years with actions, owners, dates and budgets. Strategy and plan are reviewed every February. Figures are reported every quarter."
            ),
        ],
    )


def plan(tables: Tables) -> list[Sheet]:
    """The actions of the implementation plan."""
    rows = tables["actions"]
    budget = sum((Decimal(str(row["budget"])) for row in rows if row["budget"] is not None), Decimal(0))
    return [
        Sheet(
            name="Plan 2025-2026",
            title="Implementation plan 2025–2026, adopted by the board on 30 January 2025, state of 30 September 2025",
            columns=[
                ("No.", 6),
                ("Goal", 6),
                ("Action", 52),
                ("Owner", 22),
                ("Due", 12),
                ("Budget, RUB", 15),
                ("Done", 12),
            ],
            rows=[
                [row[key] for key in ("action_id", "goal", "title", "owner", "due_on", "budget", "done_on")]
                for row in rows
            ],
            total=("", "", "Sum", "", "", budget),
        ),
        Sheet(
            name="Goals",
            title="Strategic goals",
            columns=[("Goal", 6), ("What", 70)],
            rows=list(GOALS.items()),
        ),
    ]


def review() -> Paper:
    """Minutes of the yearly review."""
    return Paper(
        title="Minutes: first review of Strategy 2024–2028 and of the plan",
        sender=OFFICE,
        dated=date(2025, 2, 20),
        number="Supervisory board, meeting 1/2025",
        blocks=[
            text(
                "Vyatsk, 20 February 2025, 14:00–17:20. Present: V. Drozdov (chair), T. Meshkova, N. Arsenyev, G. Shubina, R. Tikhonov, A. Vetrov, L. Nefedova, O. Sinitsyn; M. Kovrova (without vote). For the directorate: I. Sokolova, P. Gromov, E. Vasnetsova. Excused: H. Adler."
            ),
            heading("1 What was reached in 2024"),
            text(
                "P. Gromov reports: the pilot plant has its site and its rules are being drawn up; seven joint applications, two new projects. The aim of four new members was missed."
            ),
            heading("2 What has changed"),
            bullets(
                "Goal 1: the list of intermediates is cut from nineteen to twelve; the other seven find no buyer in the region.",
                "Goal 3: isotope kits move forward by one year, as the hospital is ready.",
                "Goal 4: the working group on internationalisation met twice in 2024 and not since; E. Vasnetsova is to propose by June whether to revive or close it.",
            ),
            heading("3 Decisions"),
            bullets(
                "The strategy stands; goals 1 and 3 are amended as above (8 votes of 8).",
                "The plan 2025–2026 is confirmed with 26 actions (8 of 8).",
                "The directorate reports in October on funding after September 2026 (7 of 8, 1 abstention).",
            ),
            signed("Viktor Drozdov, chair", "Elena Vasnetsova, minutes"),
        ],
    )


def accounts(tables: Tables) -> list[Sheet]:
    """Budget 2025 and closed accounts of three years."""
    rows = tables["finances"]
    sheets = []
    for year in (2024, 2023, 2022):
        income = [row for row in rows if row["year"] == year and row["kind"] == "income"]
        expense = [row for row in rows if row["year"] == year and row["kind"] == "expense"]
        share = 100 * _sum(row for row in income if row["private"]) / _sum(income)
        blank = ("", None, None)
        percent = ("Private share of income, %", None, share.quantize(Decimal("0.01")))
        lines: list[tuple[str, str | None, Decimal | None]] = [
            *(_line(row) for row in income),
            blank,
            *(_line(row) for row in expense),
            blank,
            percent,
        ]
        sheets.append(
            Sheet(
                name=f"Accounts {year}",
                title=f"Accounts {year}, closed and audited, RUB",
                columns=[("Item", 44), ("Private", 10), ("Amount", 18)],
                rows=lines,
                total=("Result of the year", "", _sum(income) - _sum(expense)),
            )
        )
    now = [row for row in rows if row["year"] == 2025]
    staff, operations = Decimal("12480000.00"), Decimal("3186300.00")
    budget = Sheet(
        name="Budget 2025",
        title="Budget 2025, adopted on 19 December 2024, and actual figures to 30 September 2025, RUB",
        columns=[("Item", 44), ("Budget", 18), ("Actual", 18)],
        rows=[
            ("Expense: staff", staff, _of(now, "staff")),
            ("Expense: operations", operations, _of(now, "operations")),
            ("Expense: activities", ANNUAL_BUDGET - staff - operations, _of(now, "activities")),
        ],
        total=("Sum", ANNUAL_BUDGET, _sum(row for row in now if row["kind"] == "expense")),
    )
    return [budget, *sheets]


def _line(row: Record) -> tuple[str, str, Decimal]:
    label = f"{str(row['kind']).capitalize()}: {str(row['source']).replace('_', ' ')}"
    private = "" if row["private"] is None else "yes" if row["private"] else "no"
    return label, private, Decimal(str(row["amount"]))


def _sum(rows: object) -> Decimal:
    return sum((Decimal(str(row["amount"])) for row in rows), Decimal(0))  # type: ignore[attr-defined]  # rows or a generator of them


def _of(rows: Sequence[Record], source: str) -> Decimal:
    return _sum([row for row in rows if row["source"] == source])


def grant(tables: Tables) -> Paper:
    """The decision on the subsidy for 2026, and the list of secured funds."""
    secured = tables["secured_funding"]
    total = _sum(secured)
    return Paper(
        title="Subsidy 2026 to the Association Oka Valley Pharma (Соглашение о субсидии)",
        sender="Oka Region Ministry of Economic Development · Department of Clusters",
        dated=date(2025, 9, 25),
        number="Decision 214",
        blocks=[
            heading("1 Subject"),
            text(
                "Under the regional cluster programme the Ministry grants the association a subsidy of",
                money(Decimal("10350000.00")),
                "roubles for the running of the cluster from 1 January to 30 September 2026. An application for the last quarter of 2026 has been received and is not decided.",
            ),
            heading("2 Conditions"),
            bullets(
                "Own means of at least 30 % of the expense.",
                "Quarterly reports on targets within fifteen days; accounts by 31 March of the next year.",
                "Publicity: the programme is named in all publications.",
                "Expense is eligible for staff, services for members and events; not for fixed assets.",
            ),
            heading("3 Payment"),
            grid(
                ["Instalment", "When", "RUB"],
                [
                    (1, date(2026, 1, 20), Decimal("4140000.00")),
                    (2, date(2026, 4, 15), Decimal("3450000.00")),
                    (3, date(2026, 7, 15), Decimal("2760000.00")),
                ],
                [2, 4, 4],
            ),
            heading("Annex: funds secured after 26 October 2025, by the association's statement"),
            grid(
                ["Source", "Contract", "Until", "RUB"],
                [(f["source"], f["contract"], f["secured_until"], f["amount"]) for f in secured],
                [7, 6, 3, 4],
            ),
            text(
                f"Together {money(total)} roubles. The budget of the association for 2025 is {money(ANNUAL_BUDGET)} roubles."
            ),
            signed("Marina Kovrova, head of department", "Irina Sokolova, cluster manager"),
        ],
    )


def report(tables: Tables) -> Paper:
    """Controlling and targets, January to September 2025."""
    now = [row for row in tables["finances"] if row["year"] == 2025]
    targets = tables["targets"]

    def block(kind: str) -> dict[str, object]:
        rows = [row for row in targets if row["kind"] == kind]
        return grid(
            ["No.", "What", "Unit", "Target", "Reached", "Met", "Reported"],
            [
                (
                    r["target_id"],
                    r["title"],
                    r["unit"],
                    ("≤ " if r["lower_is_better"] else "") + str(r["target"]),
                    r["reached"],
                    _met(r),
                    r["reported_on"],
                )
                for r in rows
            ],
            [2, 9, 5, 3, 3, 2, 4],
        )

    output = [row for row in targets if row["kind"] == "output"]
    return Paper(
        title="Controlling and targets: third quarter 2025",
        sender=OFFICE,
        dated=date(2025, 10, 9),
        number="Report 3/2025 to the supervisory board",
        blocks=[
            heading("1 Money, January to September 2025"),
            grid(
                ["Kind", "Source", "RUB"],
                [(r["kind"], str(r["source"]).replace("_", " "), r["amount"]) for r in now],
                [3, 5, 5],
            ),
            text(
                f"Expense is at {100 * _sum([r for r in now if r['kind'] == 'expense']) / ANNUAL_BUDGET:.1f} % of the budget of the year. Activities are behind by one fair that moves to November; staff is on plan."
            ),
            heading("2 Indicators of the management"),
            block("management"),
            text(
                "K11 was last reported in September 2024 and is to be taken up again with the new plan software."
            ),
            heading("3 Output targets of 2025"),
            block("output"),
            text(
                f"{sum(_met(r) for r in output)} of {len(output)} output targets are reached. New members (1 of 4) and joint projects started (3 of 4) are not; two talks on membership are under way."
            ),
        ],
    )


def _met(row: Record) -> bool:
    target, reached = Decimal(str(row["target"])), Decimal(str(row["reached"]))
    return reached <= target if row["lower_is_better"] else reached >= target

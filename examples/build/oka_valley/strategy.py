"""Strategy 2024–2028 of the Oka Valley cluster: documents, actions of the plan, targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from common.folder import Record
from oka_valley.members import day

GOALS = {
    "G1": "Active substances from the region for the region's drug makers",
    "G2": "Quality and people: every plant ready for inspection",
    "G3": "From the laboratory to the clinic in the region",
    "G4": "New markets in the Eurasian area and South-East Europe",
    "G5": "A cluster organisation that members are glad to pay for",
}

# kind | title | date | valid until | approved by | evidence
_DOCUMENTS = """
statutes|Statutes of the Association Oka Valley Pharma, fourth version|2021-04-15||General assembly|E02
roles|Rules of procedure of the supervisory board|2021-06-17||Supervisory board|
strategy|Strategy 2019–2023|2019-02-21|2023-12-31|General assembly|
strategy|Strategy 2024–2028|2024-02-08|2028-12-31|General assembly|E03
implementation_plan|Implementation plan 2025–2026|2025-01-30|2026-12-31|Supervisory board|E04
review|Review of Strategy 2019–2023 and lessons|2023-10-19||Supervisory board|
review|First review of Strategy 2024–2028 and of the plan|2025-02-20||Supervisory board|E05
roles|Organisation chart and division of tasks|2024-04-01||Directorate|E06
budget|Budget 2025|2024-12-19|2025-12-31|Supervisory board|E13
controlling_report|Accounts 2024 with report of the audit commission|2025-03-27||General assembly|E13
controlling_report|Quarterly controlling report, third quarter 2025|2025-10-09||Directorate|E15
kpi_report|Report on targets 2025, January to September|2025-10-09||Directorate|E15
annual_report|Activity report 2024/25|2025-09-30||Directorate|E16
minutes|Minutes of the general assembly 2025|2025-04-17||General assembly|
minutes|Minutes of the working groups, 2025|2025-09-25|||E11
interview|Second benchmarking interview, bronze|2025-07-03|||E22
other|Brand manual, second edition|2022-11-10||Directorate|
"""

# goal | title | owner | due | budget | done; "." where the plan does not say
_ACTIONS = """
G1|Order reactors and dryer for the pilot plant|Pavel Gromov|2025-03-31|2150000|2025-03-18
G1|Rules of use and fees of the pilot plant|Pavel Gromov|2025-06-30|180000|2025-07-09
G1|Map of intermediates that members still import|Pavel Gromov|2025-05-30|240000|2025-05-27
G1|Supply contracts for five intermediates|Pavel Gromov|2026-06-30|0|
G1|Second application to the cooperation fund|Pavel Gromov|2025-11-28|310000|
G1|Solvent recovery at two more plants|.|2026-09-30|.|
G2|Training calendar 2025, eight courses|Dmitry Karpov|2025-02-14|1240000|2025-02-11
G2|Mock inspections at six members|Dmitry Karpov|2025-12-12|685000|
G2|Pool of internal auditors shared by members|Dmitry Karpov|2026-03-31|420000|
G2|Dual training: second group of operators|Dmitry Karpov|2025-09-01|930000|2025-09-01
G2|Common validation files for laboratory systems|Pavel Gromov|2026-02-27|2186750|
G3|Frame agreement with the regional hospital|Elena Vasnetsova|2025-04-30|0|2025-09-25
G3|Bioequivalence unit: feasibility study|Pavel Gromov|2025-10-31|760000|
G3|Isotope kits: first series for validation|Pavel Gromov|2026-04-30|4120000|
G3|Register of investigators|Dmitry Karpov|2025-12-19|150000|
G3|Incentives for phase I units|.|.|.|
G4|Trade mission to Belarus|Elena Vasnetsova|2025-02-28|540000|2025-02-06
G4|Serbian registration guide for members|Elena Vasnetsova|2025-05-16|290000|2025-06-04
G4|Joint stands at two fairs|Elena Vasnetsova|2025-09-30|1870000|2025-09-18
G4|Revive the working group on internationalisation|Elena Vasnetsova|2025-06-30|0|
G4|Partnership with a cluster in Central Asia|.|2026-05-29|340000|
G5|Visit every member once a year|Irina Sokolova|2025-12-31|410000|
G5|New website in two languages|Olga Belyaeva|2025-03-31|890000|2025-04-22
G5|Member survey 2025|Olga Belyaeva|2025-06-30|95000|2025-06-20
G5|Fee model for institutions|Anton Yermakov|2026-04-16|0|
G5|Funding after September 2026|Irina Sokolova|.|.|
"""

# kind | title | unit | target | reached | lower is better | reported
_TARGETS = """
management|Members visited in twelve months|% of committed members|70|65|no|2025-10-09
management|Answers to members within two working days|%|90|93.5|no|2025-10-09
management|Private share of income|%|30|30|no|2025-04-17
management|Members that left in twelve months|number|3|6|yes|2025-10-09
management|People at own events, mean|number|22|24.1|no|2025-10-09
management|Overall satisfaction of members|points of 100|75|78.6|no|2025-07-10
management|Cost per participant, accounts 2024|thousand RUB|325|310.3|yes|2025-10-09
management|Newsletters sent|number|6|6|no|2025-10-09
management|Training days per full-time post|days|4|2.4|no|2025-10-09
management|Days from month's end to controlling report|days|15|9|yes|2025-10-09
management|Share of actions on time|%|75|66.7|no|2024-09-26
output|Joint project applications|number|6|7|no|2025-10-09
output|Joint projects started|number|4|3|no|2025-10-09
output|Funds won for projects of members|million RUB|60|71.8|no|2025-10-09
output|Innovation audits at members|number|4|4|no|2025-10-09
output|People in courses|number|30|34|no|2025-10-09
output|Dual training places|number|24|26|no|2025-10-09
output|Places taken at fairs and on missions|number|18|21|no|2025-10-09
output|Contacts made for export|number|30|34|no|2025-10-09
output|New members|number|4|1|no|2025-10-09
output|Start-ups placed with members|number|2|2|no|2025-10-09
output|Contracts between members brokered|number|8|9|no|2025-10-09
output|Press mentions by third parties|number|12|12|no|2025-10-09
"""


def documents() -> list[Record]:
    """The table `documents`."""
    rows: list[Record] = []
    for number, line in enumerate(_DOCUMENTS.strip().splitlines(), start=1):
        kind, title, dated, until, body, evidence = line.split("|")
        rows.append(
            {
                "document_id": f"D{number:02}",
                "kind": kind,
                "title": title,
                "dated_on": day(dated),
                "valid_until": day(until),
                "approved_by": body,
                "evidence_id": evidence,
            }
        )
    return rows


def actions() -> list[Record]:
    """The table `actions`."""
    rows: list[Record] = []
    for number, line in enumerate(_ACTIONS.strip().splitlines(), start=1):
        goal, title, owner, due, budget, done = line.split("|")
        rows.append(
            {
                "action_id": f"A{number:02}",
                "title": title,
                "goal": goal,
                "owner": None if owner == "." else owner,
                "due_on": None if due == "." else day(due),
                "budget": None if budget == "." else Decimal(budget),
                "done_on": day(done),
            }
        )
    return rows


def targets() -> list[Record]:
    """The table `targets`."""
    rows: list[Record] = []
    for number, line in enumerate(_TARGETS.strip().splitlines(), start=1):
        kind, title, unit, target, reached, lower, reported = line.split("|")
        rows.append(
            {
                "target_id": f"K{number:02}",
                "kind": kind,
                "title": title,
                "unit": unit,
                "target": Decimal(target),
                "reached": Decimal(reached),
                "lower_is_better": lower == "yes",
                "reported_on": date.fromisoformat(reported),
            }
        )
    return rows

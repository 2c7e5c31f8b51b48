"""Bilateral meetings of the team with single participants, July 2024 to October 2025.

39 of the 60 committed participants (65 %, exactly on an edge) have a documented meeting in the last
twelve months; others only an undocumented one, only an older one, or none.
"""

from __future__ import annotations

from datetime import date, timedelta

from common.dice import Dice
from common.folder import Record
from common.windows import AS_OF, YEAR_AGO, within_year
from oka_valley.members import BY_ID, COMMITTED, Member

UNDOCUMENTED_ONLY = ("P015", "P024", "P032", "P035", "P057", "P061")
"""Met in the last twelve months, but without a note."""

OLDER_ONLY = ("P023", "P027", "P038", "P041", "P054", "P059", "P062")
"""With a note, but met more than twelve months ago."""

NEVER = ("P010", "P028", "P031", "P036", "P040", "P045", "P056", "P060")
"""Not met one to one since the log was begun in July 2024."""

MET = tuple(m.id for m in COMMITTED if m.id not in {*UNDOCUMENTED_ONLY, *OLDER_ONLY, *NEVER})
"""Committed participants with a documented meeting in the last twelve months."""

REGULARS = ("P001", "P002", "P004", "P006", "P014", "P044", "P046", "P022")
"""Met every quarter or so."""

# how the topics are shared out: by place in the chain of supply, see members.py
TOPICS = {
    "F": (
        "Marking of medicines: readiness of the packing line",
        "Registration dossier for the Eurasian market",
        "Localisation of the active substance",
        "Export to Serbia: partners and papers",
        "Contract manufacturing of a second dosage form",
        "Places for interns from the university",
        "Stability studies with the preclinical centre",
    ),
    "A": (
        "Supply contract for intermediates",
        "Energy audit and solvent recovery",
        "Pilot plant: time slots and fees",
        "Good manufacturing practice inspection, findings",
        "Joint application for the industrial cooperation fund",
    ),
    "P": (
        "Delivery terms with Borovets Pharma Plant",
        "Serialisation codes on foil",
        "Child-resistant closures project",
        "New printing line: investment plan",
    ),
    "G": ("Type I glass: quality agreement", "Vials for the injectables line", "Furnace renewal and subsidy"),
    "D": (
        "Clinical evaluation with the regional hospital",
        "Registration of a new test kit",
        "Search for a distributor in Kazakhstan",
    ),
    "E": (
        "Isolator for the pilot plant",
        "Qualification of clean rooms at members",
        "Service contract for filling lines",
    ),
    "S": (
        "Services for members: price list",
        "Cold chain audit",
        "Training course on data integrity",
        "Portal of the cluster: next release",
    ),
    "K": (
        "Joint laboratory: equipment list",
        "Programme of the master's course in industrial pharmacy",
        "Licence for a delivery technology",
        "Preclinical study plan 2025",
        "Dual training places for 2025/26",
    ),
    "N": (
        "Subsidy report and plan for 2026",
        "Investment site for members",
        "Land and permits in the town",
        "Loan terms for members",
        "Joint stand at the autumn fair",
    ),
}
FORMS = ("visit", "visit", "visit", "office", "office", "video", "video", "phone")
STAFF = ("T1", "T2", "T2", "T3", "T4", "T5")
_DICE = Dice("oka-valley/contacts")
_LAST_DAY = date(2025, 10, 22)


def table() -> list[Record]:
    """The table `contacts`, by date."""
    meetings: list[tuple[date, Member, bool]] = []
    for pid in MET:
        meetings.append((_recent(), BY_ID[pid], True))
        extra = 4 if pid in REGULARS else _DICE.number(3)
        meetings += [(_any(), BY_ID[pid], _DICE.chance(85)) for _ in range(extra)]
    for pid in UNDOCUMENTED_ONLY:
        meetings.append((_recent(), BY_ID[pid], False))
    for pid in OLDER_ONLY:
        meetings.append((_older(), BY_ID[pid], True))
    meetings += [
        (date(2024, 10, 25), BY_ID["P027"], True),  # one day too early to count
        (date(2025, 2, 6), BY_ID["P050"], True),  # not committed: does not count
        (date(2025, 9, 11), BY_ID["P050"], True),
        (date(2025, 6, 3), BY_ID["P043"], True),
        (date(2025, 3, 18), BY_ID["P063"], False),
        (date(2024, 11, 20), BY_ID["P066"], True),  # left since
        (date(2025, 5, 15), BY_ID["P069"], True),
        (date(2025, 8, 28), BY_ID["P071"], False),
    ]
    meetings.sort(key=lambda meeting: (meeting[0], meeting[1].id))
    return [_record(number, *meeting) for number, meeting in enumerate(meetings, start=1)]


def _record(number: int, day: date, member: Member, documented: bool) -> Record:
    role = member.role if member.role in TOPICS else "S"
    staff = [one for one in STAFF if not (one == "T5" and member.role in {"A", "G"})]
    form = "video" if (distance := member.record["distance_km"]) and distance > 400 else _DICE.one(FORMS)  # type: ignore[operator]  # a decimal
    return {
        "contact_id": f"C{number:03}",
        "participant_id": member.id,
        "held_on": day,
        "form": form,
        "person_id": _DICE.one(staff),
        "topic": _DICE.one(TOPICS[role]),
        "documented": documented,
    }


def _recent() -> date:
    day = _DICE.working_day(YEAR_AGO + timedelta(days=2), _LAST_DAY)
    if not within_year(day):
        raise ValueError(f"{day} is not within the year before {AS_OF}")
    return day


def _older() -> date:
    return _DICE.working_day(date(2024, 7, 8), date(2024, 10, 18))


def _any() -> date:
    return _DICE.working_day(date(2024, 7, 8), _LAST_DAY)

"""Events of the Oka Valley cluster, who attended, and the services delivered."""

from __future__ import annotations

from datetime import date

from common.dice import Dice
from common.folder import Record
from oka_valley.cooperation import group_participants
from oka_valley.members import MEMBERS, Member, day

# day | kind | field | group | place | title | how many participants came (groups: their members)
_EVENTS = """
2024-04-16|group_meeting|exchange|W5|Protvinsk|Radiopharmaceuticals: closing meeting|0
2024-04-18|general_assembly||.|Vyatsk|General assembly 2024|41
2024-05-23|group_meeting|exchange|W4|Vyatsk|Internationalisation: plan of fairs|0
2024-06-20|group_meeting|exchange|W3|Lipitsy|Marking and serialisation: pilot lines|0
2024-07-11|workshop|training|.|Borovets|Data integrity in the laboratory|14
2024-09-05|matchmaking|projects|.|Vyatsk|Buyers and suppliers day 2024|29
2024-09-18|group_meeting|exchange|W1|Vyatsk|Good manufacturing practice: mock inspection|0
2024-09-26|group_meeting|exchange|W4|online|Internationalisation: Serbian registration rules|0
2024-10-10|conference|exchange|.|Vyatsk|Oka Pharma Forum 2024|44
2024-10-17|group_meeting|exchange|W3|Borovets|Marking and serialisation: codes on foil|0
2024-11-14|group_meeting|exchange|W1|Zaoksk|Good manufacturing practice: annex 1 gaps|0
2024-11-20|fair|marketing|.|Moscow|Joint stand at the pharma ingredients fair|9
2024-11-28|training|training|.|Vyatsk|Course: validation master plan, two days|12
2024-12-05|group_meeting|exchange|W2|Vyatsk|Clinical trials: investigators' pool|0
2024-12-12|workshop|innovation|.|Zaoksk|Scouting: peptides and delivery|15
2025-01-23|workshop|policy|.|Vyatsk|Round table on the regional cluster programme 2026|18
2025-02-06|visit|internationalisation|.|Minsk|Trade mission to Belarus|7
2025-02-19|group_meeting|exchange|W1|Vyatsk|Good manufacturing practice: supplier audits|0
2025-02-27|training|training|.|Borovets|Course: deviations and root causes|13
2025-03-13|group_meeting|exchange|W3|Lipitsy|Marking and serialisation: aggregation|0
2025-03-20|matchmaking|projects|.|Borovets|Project fair: ideas looking for partners|21
2025-04-10|group_meeting|exchange|W2|Vyatsk|Clinical trials: bioequivalence capacity|0
2025-04-17|general_assembly||.|Vyatsk|General assembly 2025|43
2025-05-14|workshop|innovation|.|Protvinsk|Good practice: isotopes from bench to bedside|11
2025-05-21|group_meeting|exchange|W1|Dugna|Good manufacturing practice: cross contamination|0
2025-05-29|training|training|.|Vyatsk|Course: English for audits|10
2025-06-05|visit|internationalisation|.|Novi Sad|Visit to the Vojvodina Health Cluster|6
2025-06-19|workshop|start_ups|.|Borovets|Pitch day with the technopark|8
2025-07-10|visit|exchange|.|Kremnevo|Plant visit: solvent recovery|16
2025-09-04|matchmaking|projects|.|Vyatsk|Buyers and suppliers day 2025|31
2025-09-10|group_meeting|exchange|W1|Vyatsk|Good manufacturing practice: annex 1, one year on|0
2025-09-18|fair|marketing|.|Saint Petersburg|Joint stand at the medical technology fair|8
2025-09-25|group_meeting|exchange|W2|Vyatsk|Clinical trials: agreement with the hospital|0
2025-10-09|conference|exchange|.|Vyatsk|Oka Pharma Forum 2025|47
"""

# day | field | title | for whom
_SERVICES = """
2024-08-22|innovation|Innovation audit|P013
2024-09-12|training|Needs survey for courses|
2024-10-24|internationalisation|Partner search in Kazakhstan|P017
2024-11-08|innovation|Innovation audit|P005
2024-11-18|projects|Application to the cooperation fund written|P006
2024-12-03|marketing|Catalogue of members 2025, English and Russian|
2024-12-18|exchange|Benchmark of energy costs among seven plants|
2025-01-30|innovation|Patent landscape on depot injections|P014
2025-02-12|projects|Consortium agreement drafted|P011
2025-03-04|internationalisation|Check of the Serbian registration file|P022
2025-03-26|innovation|Innovation audit|P033
2025-04-02|innovation|Innovation audit|P019
2025-04-24|internationalisation|Partner search in Belarus|P029
2025-05-06|marketing|Profile film for three members|P001
2025-05-22|training|Individual coaching, quality unit|P039
2025-06-11|projects|Application to the regional programme written|P011
2025-06-18|innovation|Innovation audit|P010
2025-06-26|policy|Position paper on marking fees|
2025-07-17|internationalisation|Guided visit of a buyer from Novi Sad|P002
2025-08-14|projects|Budget and reporting for the export consortium|P002
2025-09-02|innovation|Technology scouting: low-temperature drying|P014
2025-09-16|training|Coaching on batch records|P030
2025-09-24|innovation|Innovation audit|P023
2025-10-02|internationalisation|Interpreter and papers for a fair|P008
"""

ASSOCIATES = ("P009", "P021", "P044", "P046", "P050", "P058")
"""Seldom miss an event."""

_DICE = Dice("oka-valley/events")


def events() -> list[Record]:
    """The table `events`."""
    rows: list[Record] = []
    for number, line in enumerate(_EVENTS.strip().splitlines(), start=1):
        when, kind, field, group, place, title, _ = line.split("|")
        rows.append(
            {
                "event_id": f"V{number:02}",
                "title": title,
                "kind": kind,
                "field": field,
                "held_on": day(when),
                "group_id": None if group == "." else group,
                "place": place,
            }
        )
    return rows


def attendance() -> list[Record]:
    """The table `attendance`."""
    rows: list[Record] = []
    for number, line in enumerate(_EVENTS.strip().splitlines(), start=1):
        when, kind, _, group, _, _, count = line.split("|")
        held = date.fromisoformat(when)
        there = _of_group(group, held) if group != "." else _guests(held, int(count))
        for member in there:
            persons = (
                1
                if kind == "group_meeting"
                else 1 + (_DICE.number(3) if member.record["size"] == "large" else _DICE.number(2))
            )
            rows.append({"event_id": f"V{number:02}", "participant_id": member.id, "persons": persons})
    return rows


def services() -> list[Record]:
    """The table `services`."""
    rows: list[Record] = []
    for number, line in enumerate(_SERVICES.strip().splitlines(), start=1):
        when, field, title, whom = line.split("|")
        rows.append(
            {
                "service_id": f"X{number:02}",
                "field": field,
                "title": title,
                "delivered_on": day(when),
                "participant_id": whom,
            }
        )
    return rows


def _there(held: date) -> list[Member]:
    def listed(member: Member) -> bool:
        joined, left = member.record["joined_on"], member.record["left_on"]
        return isinstance(joined, date) and joined <= held and not (isinstance(left, date) and left <= held)

    return [member for member in MEMBERS if listed(member)]


def _guests(held: date, count: int) -> list[Member]:
    listed = _there(held)
    regulars = [member for member in listed if member.id in ASSOCIATES and _DICE.chance(80)][: count // 2]
    others = [member for member in listed if member not in regulars]
    return sorted(regulars + _DICE.some(others, count - len(regulars)), key=lambda member: member.id)


def _of_group(group: str, held: date) -> list[Member]:
    entries = [row for row in group_participants() if row["group_id"] == group]
    ids = {
        row["participant_id"]
        for row in entries
        if isinstance(row["joined_on"], date)
        and row["joined_on"] <= held
        and not (isinstance(row["left_on"], date) and row["left_on"] < held)
    }
    listed = [member for member in _there(held) if member.id in ids]
    return [member for member in listed if _DICE.chance(85)] or listed

"""Joint projects and working groups of the Oka Valley cluster, and who takes part.

33 of the 60 committed participants (55 %) cooperated within 24 months; 11 (18.3 %) sit in a group that
met at least twice in the last twelve months, which is below the required 20 %.
"""

from __future__ import annotations

from decimal import Decimal

from common.folder import Record
from oka_valley.members import day

# id | title | start | end | budget | funding | participants, the lead first
_PROJECTS = """
J1|Shared pilot plant for active substances|2024-02-01||84620000|Members 55 %, regional programme 45 %|P006 P005 P018 P046 P044 P002
J2|Serialisation codes from printer to pharmacy|2024-09-02||11380400|Members|P007 P002 P019 P042 P022
J3|Joint laboratory for peptide delivery|2023-03-01|2025-02-28|23714500|Science fund grant 23-74-118, members|P018 P059 P046
J4|Type I glass for injectables: qualification|2025-01-20||6904150|Members|P003 P001 P014
J5|Dual training places for operators|2022-09-01|2024-08-31|4318900|Regional employment service|P044 P045 P004
J6|Export consortium Belarus and Serbia|2024-05-13||8240600|National fund for industrial cooperation|P002 P022 P029 P017 P058
J7|Isotope kits for the regional hospital|2025-04-07||31475800|Regional programme, members|P011 P030 P047 P048
J8|Solvent recycling at Kremnevo|2021-05-17|2023-09-29|15860300|Members, town programme|P006 P015 P033
J9|Data integrity: common validation files|2025-06-02||2186750|Members|P021 P016 P020 P043
"""

# id | title | start | end | participants; P012:2025-03-31 left the group on that day, +P055:2024-02-08 came later
_GROUPS = """
W1|Good manufacturing practice and quality|2018-03-22||P001 P004 P011 P016 P020 +P029:2023-11-16 +P043:2025-03-12 P012:2025-03-31 P066:2024-12-31
W2|Clinical trials|2019-10-10||P008 P014 P025 P048 P001 +P055:2024-02-08
W3|Marking and serialisation|2020-02-20||P002 P007 P013 P019 P022 P021 +P042:2024-04-18
W4|Internationalisation|2017-11-16||P002 P010 P017 P032 P058
W5|Radiopharmaceuticals|2021-04-08|2024-05-31|P011 P047 P030
"""


def projects() -> list[Record]:
    """The table `projects`."""
    rows: list[Record] = []
    for line in _PROJECTS.strip().splitlines():
        pid, title, start, end, budget, funding, _ = line.split("|")
        rows.append(
            {
                "project_id": pid,
                "title": title,
                "started_on": day(start),
                "ended_on": day(end),
                "budget": Decimal(budget),
                "funding": funding,
            }
        )
    return rows


def project_participants() -> list[Record]:
    """The table `project_participants`."""
    rows: list[Record] = []
    for line in _PROJECTS.strip().splitlines():
        pid, *_, members = line.split("|")
        for place, member in enumerate(members.split()):
            rows.append(
                {"project_id": pid, "participant_id": member, "role": "lead" if place == 0 else "partner"}
            )
    return rows


def groups() -> list[Record]:
    """The table `working_groups`."""
    rows: list[Record] = []
    for line in _GROUPS.strip().splitlines():
        gid, title, start, end, _ = line.split("|")
        rows.append({"group_id": gid, "title": title, "started_on": day(start), "ended_on": day(end)})
    return rows


def group_participants() -> list[Record]:
    """The table `group_participants`."""
    rows: list[Record] = []
    for line in _GROUPS.strip().splitlines():
        gid, _, start, end, members = line.split("|")
        for entry in members.split():
            member, _, when = entry.removeprefix("+").partition(":")
            came = entry.startswith("+")
            rows.append(
                {
                    "group_id": gid,
                    "participant_id": member,
                    "joined_on": day(when if came else start),
                    "left_on": day(end if came or not when else when),
                }
            )
    return rows


def members_of(group: str) -> list[str]:
    """Ids of all who are or were in the group."""
    return [str(row["participant_id"]) for row in group_participants() if row["group_id"] == group]

"""What the cluster claims, what two experts rate apart from each other, and what they agree on.

The cluster sees itself a little rosier than its records. The experts differ on five of the six rated
indicators; Luca Ferrero alone would let the implementation plan miss its minimum.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from common.folder import Record
from common.sketch import rows

KELLER, FERRERO = "Anna Keller", "Luca Ferrero"
FIRST_DAY, SECOND_DAY, LAST_DAY = date(2025, 10, 24), date(2025, 10, 25), date(2025, 10, 26)
CLAIMED_ON = date(2025, 9, 29)

# indicator | rating | corrected value | reason | evidence
_CLAIM = """
2.2.3||3.4|Counts the online courses that four of us finished without a certificate.|E08
2.4|5||Every decision of weight goes through the board; members know whom to ask.|E02 E06
3.1||14|With the subsidy for the last quarter of 2026, applied for in September.|E14
4.1.1|5||Four workshops, 38 members heard, drafts open for comment for six weeks.|E03 E05
4.1.2|5||One document of 46 pages, on the website in Russian and in English in short.|E03
4.1.3|4||26 actions for two years, nearly all with owner, date and budget.|E04
4.1.4|4||Quarterly report, cost by action, audit commission every year.|E13 E15
4.2|3||Five goals, each with indicators.|E03
4.5||23.3|Marking and serialisation met once, and once with the regional agency.|E11
"""

_KELLER = """
2.4|4||Statutes, board and council are clear; interviews with six members confirm it. The assembly has no say on the yearly plan.|E02 E06
4.1.1|4||Minutes of four workshops; small firms and both colleges took part; foreign partners were not heard.|E03 E05
4.1.2|4||Complete, dated, approved; the reasons for leaving out medical devices are missing.|E03
4.1.3|3||22 of 26 actions are complete with owner, date and budget; the open ones are small.|E04
4.1.4|4||Cost by action and quarter, deviations explained, board informed within nine days.|E13 E15
4.2|2||Five goals cover nearly everything the sector does; only goal 1 says what the region can do better than others.|E03
5.2||28|Credits as entered; the plant managers of two stories were met.|E20
"""

_FERRERO = """
2.4|3||Roles are written down, yet three of seven members asked did not know who decides on projects.|E02 E06
4.1.1|3||The analysis was bought in; members commented on it rather than making it.|E03 E05
4.1.2|4||Complete and approved, with sources; the English version is four pages long.|E03
4.1.3|2||Funding after September 2026, the largest risk, has neither date nor budget; two actions have no owner.|E04
4.1.4|3||Plan against actual each quarter; no forecast to the year's end.|E13 E15
4.2|3||The pilot plant and isotopes are a focus that is lived, even if the text is broader.|E03
5.1||10|Two articles of 5 September are the cluster's own release, word for word.|E19
5.2||26|Story 3 names orders, but the turnover is an estimate of one firm.|E20
"""

# indicator | rating | corrected value | reason | recommendation | evidence
_CONSENSUS = """
1.1.0||||Have the Ministry and Seed Capital sign a letter: both take part already.|E01
1.1.1|||All six groups of participants are there; register compared with five signed forms.|Keep the share of companies above half when institutions join.|E01
1.1.2|||Register of 30 September compared with fee payments and letters.||E01
1.2|||Distances checked for ten participants.|Say in the strategy what participants farther than 150 km bring.|E01
2.1|||Entry in the register of associations of 15 March 2012 seen.||E02
2.2.1|||Six persons, five posts.||E06
2.2.2|||Degrees and years of experience seen for all six.|Plan the career of the manager of working groups: one year to go to five.|E07
2.2.3|||Only training with a certificate counts: 12 days for five posts.|Four days a post were the own target; book them in the first half of the year.|E08
2.2.4|||Contracts seen; only the post for communication is younger than two years.||E07
2.3|||Six participants left, four of them service firms from outside the region.|Ask those that leave; talk in autumn with every member that missed all events.|E01
2.4|4||Written rules are clear and used. The doubts of three members concern projects only; the board decided on 26 September how project ideas are chosen.|Put the way of choosing projects on one page for members.|E02 E06
2.5|||39 notes counted, eight read in full. Talks by phone and meetings without a note do not count.|Write the note on the day of the visit; six meetings were lost for want of one.|E09
2.6|||Lists compared with minutes and project contracts.|Bring in the fourteen members that have never worked in a group or project.|E10 E11
2.7|||Seven agreements in force seen; two have ended, the one with the fund is of another kind.|Renew the agreement with the college, which ended in August.|E12
3.1|||Only what is contracted or decided counts; the application for late 2026 is open.|Secure the budget beyond September 2026 before the end of the year: this is the largest risk.|E14
3.2|||Accounts of 2024, audited: 30 % to the kopeck.|A fee for institutions, as planned, would lift the share above a third.|E13
4.1.1|4||Members did shape the goals: two of five were changed after the workshops, as the minutes show. The bought-in analysis was a starting point.|Hear partners abroad at the next review.|E03 E05
4.1.2|4||Complete, dated, approved, with sources and indicators.|Publish a full English version.|E03
4.1.3|3||22 of 26 actions have owner, date and budget (84.6 %). The directorate handed in the missing owner and date for the funding action on the visit; it is to be entered in the plan.|Complete the four open actions by the board's meeting in December.|E04
4.1.4|4||Cost by action, deviations explained, report nine days after the quarter. A forecast for 2025 was shown on site.|Put the forecast into the quarterly report.|E13 E15
4.1.5|||Minutes of 20 February 2025 seen.||E05
4.1.6|||Ten indicators with targets reported in October 2025; the eleventh was last reported in September 2024.|Report actions on time again, or drop the indicator.|E15
4.2|2||Strengths of the region are named for goal 1 and, in part, goal 3. The other goals could stand in any strategy of the sector.|Choose two or three fields in which the region wants to lead, and say what will not be done.|E03
4.3|||Seven of eight fields; start-ups had one activity only.|Agree on start-ups with the technopark instead of a service of its own.|E16
4.4|||Ten of twelve output targets reached by the end of September.||E15
4.5|||Two groups met at least twice. Marking met once, internationalisation not at all.|Revive the group on internationalisation or close it; plan three dates a year for each group.|E11
4.6.1|||Seven of eight; the member area is closed for rebuilding.|Reopen the member area, with the catalogue of services.|E17
4.6.2|||Nine of ten, looked up on 24 October.|Put the privacy notice into English and mention the survey tool.|E18
5.1||10|Twelve mentions are listed; two are the cluster's own release printed word for word.|Offer the trade press figures instead of releases.|E19
5.2||28|Credits as entered after talks with four of the companies. The turnover of story 3 is an estimate, but the orders were seen.|Ask for figures from every company named.|E20
5.3|||Answers of 38 out of 62; report and raw data agree.|Ask why members rate value for the fee lowest.|E21
"""


def table() -> list[Record]:
    """The table `ratings`."""
    stated = _voice(_CLAIM, "claim", None, (CLAIMED_ON,))
    stated += _voice(_KELLER, "expert", KELLER, (FIRST_DAY, SECOND_DAY))
    stated += _voice(_FERRERO, "expert", FERRERO, (FIRST_DAY, SECOND_DAY))
    agreed = rows("indicator rating:i value:n reason recommendation evidence:l", _CONSENSUS)
    return stated + [dict(row) | {"view": "consensus", "rated_on": LAST_DAY} for row in agreed]


def _voice(lines: str, view: str, rater: str | None, days: Sequence[date]) -> list[Record]:
    """The statements of one voice, the first four made on the first of its days."""
    stated = rows("indicator rating:i value:n reason evidence:l", lines)
    return [
        dict(row) | {"view": view, "rater": rater, "rated_on": days[0] if place < 4 else days[-1]}
        for place, row in enumerate(stated)
    ]

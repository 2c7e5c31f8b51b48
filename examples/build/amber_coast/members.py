"""The participants of the fictional Amber Coast ICT Cluster."""

from __future__ import annotations

from decimal import Decimal

from common.dice import Dice
from common.folder import Draft, Record
from common.sketch import rows

_NAMED = """
P01|Marių Cloud|medium|Marijampa|3.1|2009-06-04|138
P02|Juodkrantis Software|large|Marijampa|4.4|2009-06-04|412
P03|Baltwave Systems|medium|Smiltaitė|21.0|2009-06-04|96
P04|Harbour Logic|medium|Marijampa|2.7|2009-06-04|121
P05|Nerija Data|small|Marijampa|5.9|2010-03-18|38
P06|Vėjas Analytics|small|Smiltaitė|19.6|2010-03-18|27
P07|Portside Security|small|Marijampa|1.8|2011-09-22|33
P08|Gintaro Games|small|Marijampa|6.2|2011-09-22|44
P09|Lighthouse Payments|medium|Marijampa|3.5|2012-02-09|87
P10|Kopų Robotics|small|Palvė|34.8|2012-10-11|29
P11|Tide Mobile|small|Marijampa|4.0|2013-05-16|19
P12|Dock ERP|medium|Marijampa|2.2|2013-05-16|73
P13|Seagull Testing|small|Smiltaitė|22.3|2014-01-23|24
P14|Amber Vision|small|Marijampa|7.1|2014-09-18|31
P15|Pajūrio Telekomas|large|Palvė|36.0|2014-09-18|288
P16|Hanse Integration|medium|Marijampa|3.3|2015-04-09|64
P17|Linden Learning|micro|Palvė|33.5|2015-11-12|8
P18|Marine Sensors|small|Marijampa|9.4|2015-11-12|22
P19|Dune Design|micro|Smiltaitė|20.1|2016-06-02|7
P20|Kurėnas Labs|small|Marijampa|4.8|2016-06-02|17
P21|Breakwater Hosting|small|Marijampa|8.0|2016-12-08|26
P22|Storm Forecast|micro|Palvė|35.2|2017-05-18|6
P23|Sail Commerce|small|Marijampa|2.9|2017-05-18|35
P24|Fjord Link|small|Marijampa|3.8|2017-11-16|21
P25|Compass Health IT|medium|Marijampa|5.0|2018-03-22|58
P26|Beacon Identity|small|Smiltaitė|18.9|2018-03-22|23
P27|Gulls & Codes|micro|Marijampa|1.4|2018-10-04|9
P28|Ferryman Ticketing|small|Marijampa|2.0|2018-10-04|28
P29|Sandbar Studio|micro|Palvė|37.7|2019-02-21|5
P30|North Pier Embedded|medium|Marijampa|6.6|2019-02-21|52
P31|Mainland Data Centre|small|Kalnėnai|118.0|2019-09-26|41
P32|Capital Code|medium|Vilnius|312.0|2020-02-13|94
P33|Riga Bay Software|medium|Riga|296.0|2020-02-13|79
P34|Kelp Energy IT|small|Marijampa|4.1|2020-11-05|18
P35|Drift Logistics Tech|small|Marijampa|3.0|2021-04-22|25
P36|Anchor Accounting|small|Smiltaitė|22.0|2021-04-22|16
P37|Foam Interactive|micro|Marijampa|5.5|2021-10-14|7
P38|Polder Systems|small|Vilnius|309.0|2022-03-17|48
P39|Quay Quantum|micro|Marijampa|2.4|2022-09-29|4
P40|Reef Retail|small|Kalnėnai|121.0|2023-02-16|20
P41|Tern AI|small|Marijampa|3.7|2023-09-21|14
P42|Wave Watch|micro|Palvė|34.0|2024-02-15|6
P43|Cape Cyber|small|Marijampa|2.6|2024-06-13|19
"""

_OTHERS = """
P44|Amber Coast University|education|Marijampa|1.9|2009-06-04
P45|Coast College of Applied Sciences|education|Marijampa|3.2|2009-06-04
P46|Palvė School of Design|education|Palvė|34.4|2013-05-16
P47|Institute of Marine Informatics|research|Marijampa|4.6|2009-06-04
P48|Centre for Language Technology|research|Vilnius|310.0|2014-09-18
P49|Open Science Park Laboratory|research|Marijampa|5.3|2016-06-02
P50|City of Marijampa|public_body|Marijampa|1.0|2009-06-04
P51|Port Authority|public_body|Marijampa|2.3|2010-03-18
P52|Coast Credit Union|finance|Marijampa|1.5|2015-04-09
P53|Baltic Seed Fund|finance|Vilnius|311.0|2019-09-26
P54|Science Park Amber Coast|intermediary|Marijampa|5.2|2011-09-22
P55|Chamber of Crafts|intermediary|Marijampa|1.7|2017-05-18
P56|Union of IT Freelancers|association|Marijampa|2.8|2021-10-14
P57|County Administration|public_body|Marijampa|1.2|2022-03-17
P58|Pier Angels|finance|Marijampa|2.1|2024-09-12
"""

_LEFT = """
P59|Bright Outsourcing|small|Vilnius|308.0|2018-03-22|2025-01-31
P60|Lagoon Media|micro|Palvė|33.9|2020-11-05|2025-06-30
"""

UNCOMMITTED = ("P57", "P58")
_DICE = Dice("amber-coast/members")


def table() -> list[Record]:
    """The table `participants`."""
    done: list[Record] = []
    for row in rows("participant_id name size city distance_km:n joined_on:d employees:i", _NAMED):
        turnover = (
            Decimal(int(str(row["employees"])) * _DICE.between(48_200, 97_400))
            + Decimal(_DICE.number(100)) / 100
        )
        done.append(dict(row) | {"type": "company", "turnover": turnover, "commitment": "fee"})
    for row in rows("participant_id name type city distance_km:n joined_on:d", _OTHERS):
        commitment = "none" if row["participant_id"] in UNCOMMITTED else "membership"
        done.append(
            dict(row)
            | {
                "size": "not_applicable",
                "commitment": commitment,
                "knowledge_provider": row["type"] in {"research", "education"},
            }
        )
    gone = rows("participant_id name size city distance_km:n joined_on:d left_on:d", _LEFT)
    done += [dict(row) | {"type": "company", "commitment": "fee"} for row in gone]
    return [_finished(row) for row in done]


def _finished(row: Record) -> Record:
    country = "LV" if row["city"] == "Riga" else "LT"
    committed = None if row["commitment"] == "none" else row["joined_on"]
    more: Draft = {
        "country": country,
        "committed_on": committed,
        "industrial": False,
        "listed_territory": False,
    }
    return dict(row) | more

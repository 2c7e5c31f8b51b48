"""Who belongs to the Oka Valley cluster: 63 participants on the reference date, eight that have left.

All organisations are invented. One line a participant; millions of roubles for turnover and output.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.dice import Dice
from common.folder import Draft, Record
from common.sketch import rows

COMPANIES = """
P001|Vyatsk Biotech|medium|Vyatsk|4.2|2012-03-15||fee|2012-05-11|214|2871|2604|yes|no|F
P002|Oka Farmsintez|large|Borovets|27.8|2012-03-15||fee|2012-05-11|1120|18940|18210|yes|no|F
P003|Serpuhov Glass|medium|Lipitsy|61.4|2012-03-15||fee|2012-06-04|238|2390|2318|yes|no|G
P004|Borovets Pharma Plant|large|Borovets|29.1|2012-03-15||fee|2012-05-11|864|11260|10870|yes|no|F
P005|Zaoksk Antibiotics|medium|Zaoksk|44.6|2012-09-20||fee|2012-10-02|196|1874|1809|yes|no|A
P006|Kremnevo Organic Synthesis|large|Kremnevo|112.3|2013-02-14||fee|2013-03-01|412|5140|4985|yes|yes|A
P007|Lipitsy Packaging Works|medium|Lipitsy|60.2|2013-06-18||fee|2013-07-08|171|1622|1570|yes|no|P
P008|Protva Medical Devices|medium|Protvinsk|87.5|2013-06-18||fee|2013-07-09|143|1186|1094|yes|no|D
P009|AptekaLine Logistics|medium|Vyatsk|11.7|2013-10-03||fee|2013-10-21|186|2064||no|no|S
P010|Tarusovo Herbals|small|Tarusovo|73.0|2014-02-27||fee|2014-03-17|44|268|251|yes|no|F
P011|Stan Radiopharm|medium|Verkhny Stan|138.4|2014-05-20||fee|2014-06-02|97|1043|986|yes|no|F
P012|Cleanroom Engineering Oka|small|Vyatsk|6.9|2014-05-20||fee|2014-06-09|38|312||no|no|E
P013|Dugna Foil and Film|medium|Dugna|96.8|2014-11-13||fee|2014-12-01|158|1475|1432|yes|yes|P
P014|Immunoline|medium|Protvinsk|85.9|2015-03-26||fee|2015-04-14|126|1598|1511|yes|no|F
P015|Kremnevo Solvents|medium|Kremnevo|113.9|2015-03-26||fee|2015-04-20|88|934|905|yes|yes|A
P016|GMP Consult Vyatsk|micro|Vyatsk|3.3|2015-09-17||fee|2015-10-05|9|41||no|no|S
P017|Oka Diagnostics|small|Borovets|30.4|2016-02-11||fee|2016-02-29|47|389|356|yes|no|D
P018|Peptide Technologies Zaoksk|small|Zaoksk|45.2|2016-02-11||fee|2016-03-14|36|427|402|yes|no|A
P019|Vialtek Closures|small|Lipitsy|62.7|2016-06-23||fee|2016-07-11|49|455|441|yes|no|P
P020|Sterile Lines|small|Vyatsk|9.5|2016-10-06||fee|2016-10-24|42|376|340|yes|no|E
P021|Medinform Systems|small|Vyatsk|2.6|2017-03-16||fee|2017-04-03|31|148||no|no|S
P022|NordVet Pharma|medium|Dugna|95.1|2017-03-16||fee|2017-04-10|119|1327|1268|yes|yes|F
P023|Kremnevo Lab Glass|small|Kremnevo|110.7|2017-09-28||fee|2017-10-16|46|298|287|yes|yes|G
P024|BioReactor Oka|small|Protvinsk|88.2|2018-02-22||fee|2018-03-12|28|241|219|yes|no|E
P025|Clinical Trials Centre-Region|small|Vyatsk|5.8|2018-06-14||fee|2018-07-02|26|163||no|no|S
P026|Oftalmika|medium|Moscow|184.3|2018-06-14||fee|2018-07-09|132|1765|1690|yes|no|F
P027|Print & Leaflet|small|Borovets|26.6|2018-10-18||fee|2018-11-06|33|176|171|yes|no|P
P028|Cold Chain Centre|small|Borovets|31.2|2019-02-28||fee|2019-03-18|40|285||no|no|S
P029|Aerosol Pharm|medium|Dugna|97.4|2019-06-20||fee|2019-07-08|104|1089|1043|yes|yes|F
P030|Protvinsk Isotope Technology|small|Protvinsk|86.3|2019-06-20||fee|2019-07-15|39|334|309|yes|no|A
P031|Minsk Blister Systems|medium|Minsk|655.0|2019-10-24||letter|2019-11-12|92|781|748|yes|no|E
P032|Dentaline|small|Tarusovo|74.5|2020-02-13||fee|2020-03-02|35|229|214|yes|no|D
P033|Excipient House|small|Kremnevo|111.6|2020-09-10||fee|2020-09-28|30|318|301|yes|yes|A
P034|Volga Serum|large|Kazan|812.0|2021-02-18||fee|2021-03-09|318|4272|4106|yes|no|F
P035|Sensor Med|micro|Vyatsk|8.1|2021-06-17||fee|2021-07-05|8|54|46|yes|no|D
P036|Nutriceutica Lipitsy|small|Lipitsy|59.3|2021-10-07||fee|2021-10-25|41|347|329|yes|no|F
P037|Neva Injectables|large|Saint Petersburg|873.0|2022-02-24||fee|2022-03-15|296|3918|3760|yes|no|F
P038|RegAffairs Bureau|micro|Moscow|187.6|2022-06-16||fee|2022-07-04|7|38||no|no|S
P039|Capsule Works Dugna|small|Dugna|96.0|2022-10-13||fee|2022-10-31|45|402|389|yes|yes|P
P040|Genoprobe|micro|Protvinsk|86.9|2023-03-23||fee|2023-04-10|9|62|51|yes|no|D
P041|Pannonia Pharma Machines|medium|Novi Sad|2184.0|2023-09-14||letter|2023-10-02|84|716|694|yes|no|E
P042|Data Matrix Solutions|small|Moscow|182.9|2024-02-22||fee|2024-03-11|22|134||no|no|S
P043|Vyatsk Inhalers|small|Vyatsk|12.5|2025-02-20||none||27|118||yes|no|F
"""

INSTITUTIONS = """
P044|Oka State University|education|Vyatsk|2.1|2012-03-15||membership|2012-03-15|1840|no
P045|Borovets Medical College|education|Borovets|28.4|2012-09-20||membership|2012-10-08|168|no
P046|Institute of Fine Organic Synthesis|research|Zaoksk|43.8|2012-03-15||membership|2012-03-15|232|yes
P047|Protvinsk Centre for Medical Physics|research|Protvinsk|87.0|2012-09-20||membership|2012-10-15|418|yes
P048|Oka Regional Clinical Hospital|other|Vyatsk|6.4|2013-10-03||membership|2013-10-28|1260|no
P049|Vyatsk City Administration|public_body|Vyatsk|1.2|2012-03-15||letter|2012-04-19|146|no
P050|Oka Region Ministry of Economic Development|public_body|Vyatsk|1.6|2012-03-15||none||98|no
P051|Oka Region Development Fund|finance|Vyatsk|2.0|2014-05-20||membership|2014-06-16|29|no
P052|Technopark Borovets|intermediary|Borovets|27.1|2013-02-14||membership|2013-03-11|34|yes
P053|Institute of Vaccines and Sera|research|Moscow|188.2|2015-09-17||letter|2015-10-19|364|yes
P054|Moscow University of Pharmacy|education|Moscow|185.0|2016-06-23||letter|2016-09-05|980|no
P055|Centre for Preclinical Studies|research|Lipitsy|63.5|2016-10-06||membership|2016-11-14|57|yes
P056|Kremnevo Town Administration|public_body|Kremnevo|112.0|2017-09-28||letter|2017-10-26|61|no
P057|Zaoksk Chemical Technology School|education|Zaoksk|44.1|2018-02-22||membership|2018-03-26|84|no
P058|Chamber of Commerce of the Oka Region|intermediary|Vyatsk|3.0|2018-10-18||membership|2018-11-19|41|no
P059|Institute for Drug Delivery|research|Saint Petersburg|869.0|2020-02-13||letter|2020-03-23|118|yes
P060|Siberian Institute of Bioactive Compounds|research|Novosibirsk|3471.0|2021-06-17||letter|2021-08-02|203|yes
P061|Union of Pharmacy Chains|association|Moscow|183.7|2022-02-24||letter|2022-04-04|12|no
P062|Volga Technical University|education|Kazan|809.0|2023-03-23||letter|2023-05-15|1410|no
P063|Seed Capital Vyatsk|finance|Vyatsk|4.9|2024-09-12||none||11|no
"""

LEFT = """
P064|Oka Plasma|company|medium|Vyatsk|7.7|2014-11-13|2023-06-30|fee|2014-12-08|108|905|yes
P065|Textil-Med|company|small|Tarusovo|72.4|2016-10-06|2024-04-30|fee|2016-10-31|39|187|yes
P066|Pharma Outsourcing Group|company|small|Moscow|181.5|2019-10-24|2024-12-31|fee|2019-11-18|34|209|no
P067|Bionika Start|company|micro|Protvinsk|87.9|2022-10-13|2025-01-31|fee|2022-11-07|5|19|no
P068|Vita-Trans|company|small|Lipitsy|64.0|2018-10-18|2025-03-31|fee|2018-11-12|46|238|no
P069|Kostroma Fibre|company|medium|Kostroma|489.0|2020-09-10|2025-06-30|fee|2020-10-05|136|824|yes
P070|Ural Reagents|company|small|Yekaterinburg|1702.0|2021-10-07|2025-06-30|letter|2021-11-01|28|153|yes
P071|Consulting Bureau Lex|company|micro|Moscow|186.4|2023-09-14|2025-09-30|letter|2023-10-16|6|27|no
"""

COUNTRIES = {"Minsk": "BY", "Novi Sad": "RS"}
_DICE = Dice("oka-valley/members")


@dataclass(frozen=True)
class Member:
    """One participant: its row in the table, and its place in the chain of supply."""

    record: Record
    role: str

    @property
    def id(self) -> str:
        """Its id in the dossier."""
        return str(self.record["participant_id"])

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.record["name"])

    @property
    def present(self) -> bool:
        """It has not left."""
        return self.record["left_on"] is None

    @property
    def committed(self) -> bool:
        """Present, with a documented commitment."""
        return self.present and self.record["commitment"] != "none"


def day(text: str) -> date | None:
    """A date, or none."""
    return date.fromisoformat(text) if text else None


def roubles(millions: object) -> Decimal | None:
    """An amount near so many millions of roubles, to the kopeck: accounts are never round."""
    if not millions:
        return None
    return (
        Decimal(int(str(millions)) * 1_000_000 + _DICE.between(-480_000, 480_000))
        + Decimal(_DICE.number(100)) / 100
    ).quantize(Decimal("0.01"))


def _companies() -> list[Member]:
    found = []
    for row in rows(
        "participant_id name size city distance_km:n joined_on:d left_on:d commitment committed_on:d"
        " employees:i turnover output industrial:b listed_territory:b role",
        COMPANIES,
    ):
        figures: Draft = {"turnover": roubles(row["turnover"]), "output": roubles(row["output"])}
        record = dict(row) | figures | {"type": "company", "knowledge_provider": False}
        found.append(_member(record, str(record.pop("role"))))
    return found


def _institutions() -> list[Member]:
    found = []
    for row in rows(
        "participant_id name type city distance_km:n joined_on:d left_on:d commitment committed_on:d"
        " employees:i knowledge_provider:b",
        INSTITUTIONS,
    ):
        kind = row["type"]
        more: Draft = {
            "size": "not_applicable",
            "industrial": False,
            "listed_territory": row["city"] in {"Kremnevo", "Dugna"},
            "knowledge_provider": bool(row["knowledge_provider"]) or kind == "education",
        }
        found.append(_member(dict(row) | more, "K" if kind in {"research", "education", "other"} else "N"))
    return found


def _gone() -> list[Member]:
    found = []
    for row in rows(
        "participant_id name type size city distance_km:n joined_on:d left_on:d commitment committed_on:d"
        " employees:i turnover industrial:b",
        LEFT,
    ):
        more: Draft = {
            "turnover": roubles(row["turnover"]),
            "listed_territory": False,
            "knowledge_provider": False,
        }
        found.append(_member(dict(row) | more, "X"))
    return found


def _member(record: Draft, role: str) -> Member:
    return Member(record | {"country": COUNTRIES.get(str(record["city"]), "RU")}, role)


MEMBERS: tuple[Member, ...] = (*_companies(), *_institutions(), *_gone())
BY_ID = {member.id: member for member in MEMBERS}
PRESENT = tuple(member for member in MEMBERS if member.present)
COMMITTED = tuple(member for member in MEMBERS if member.committed)
INDUSTRIAL = tuple(member for member in PRESENT if member.record["industrial"])


def table() -> list[Record]:
    """The table `participants`."""
    return [member.record for member in MEMBERS]

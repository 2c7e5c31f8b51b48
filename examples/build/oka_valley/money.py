"""The money of the cluster management: four years of income and expense, and what is secured.

2024, the last closed year, has exactly 30 % of private income, to the kopeck: a value on an edge, where
binary floats would compute 29.999999999999996.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from common.folder import Record
from oka_valley.members import MEMBERS, Member

FEES = {"micro": Decimal(18000), "small": Decimal(42000), "medium": Decimal(96000), "large": Decimal(204000)}
"""Yearly fee by size of the company, since 2022; institutions pay none."""

PRIVATE = frozenset({"membership_fees", "services", "sponsorship", "private_other"})


def fee_income(year: int) -> Decimal:
    """Fees of the year: companies that pay one, were members by its 30 June and left after it."""

    def pays(member: Member) -> bool:
        joined, left = member.record["committed_on"], member.record["left_on"]
        due = date(year, 6, 30)
        return (
            member.record["commitment"] == "fee"
            and isinstance(joined, date)
            and joined <= due
            and not (isinstance(left, date) and left < due)
        )

    return sum((FEES[str(member.record["size"])] for member in MEMBERS if pays(member)), Decimal(0))


# year | closed | income without fees | expense; services of 2024 bring the private share to 30 % exactly
_YEARS = """
2022|yes|regional 8912640.00,national 3120000.00,local 410350.00,services 1174862.50,sponsorship 385000.00|staff 8214906.33,operations 2407118.74,activities 4986220.18
2023|yes|regional 9204180.00,national 4480715.20,local 412900.00,services 1508344.75,sponsorship 512500.00|staff 9036271.92,operations 2611840.05,activities 6071432.87
2024|yes|regional 10148720.00,national 4306412.55,local 438905.07,services 2505968.98,sponsorship 583190.00|staff 10388054.16,operations 2896333.41,activities 7508719.35
2025|no|regional 9720000.00,national 5613200.00,local 452700.00,services 1986415.30,sponsorship 648750.00|staff 9114870.25,operations 2304127.66,activities 5967038.12
"""


def finances() -> list[Record]:
    """The table `finances`."""
    rows: list[Record] = []
    for line in _YEARS.strip().splitlines():
        year, closed, income, expense = line.split("|")
        sources = [item.split(" ") for item in income.split(",")]
        sources.insert(3, ["membership_fees", str(fee_income(int(year)))])
        for kind, items in (
            ("income", sources),
            ("expense", [item.split(" ") for item in expense.split(",")]),
        ):
            for source, amount in items:
                rows.append(
                    {
                        "year": int(year),
                        "kind": kind,
                        "source": source,
                        "private": (source in PRIVATE) if kind == "income" else None,
                        "amount": Decimal(amount),
                        "closed": closed == "yes",
                    }
                )
    return rows


SECURED: list[Record] = [
    {
        "funding_id": "F1",
        "source": "Oka Region cluster programme, subsidy 2025, last instalments",
        "private": False,
        "amount": Decimal("3240000.00"),
        "secured_until": date(2025, 12, 31),
        "contract": "Subsidy agreement 17/2025 of 12 February 2025",
    },
    {
        "funding_id": "F2",
        "source": "Oka Region cluster programme, subsidy 2026",
        "private": False,
        "amount": Decimal("10350000.00"),
        "secured_until": date(2026, 9, 30),
        "contract": "Decision of the Ministry 214 of 25 September 2025",
    },
    {
        "funding_id": "F3",
        "source": "National fund for industrial cooperation, second stage",
        "private": False,
        "amount": Decimal("5104380.00"),
        "secured_until": date(2026, 9, 30),
        "contract": "Grant contract NF-2024/0387",
    },
    {
        "funding_id": "F4",
        "source": "Membership fees under standing membership contracts",
        "private": True,
        "amount": Decimal("3318000.00"),
        "secured_until": date(2026, 9, 30),
        "contract": "Membership contracts, register of 30 September 2025",
    },
    {
        "funding_id": "F5",
        "source": "Training and audit services, signed orders",
        "private": True,
        "amount": Decimal("1126740.50"),
        "secured_until": date(2026, 6, 30),
        "contract": "Orders S-2025/31, S-2025/34, S-2025/40",
    },
]
"""The table `secured_funding`."""

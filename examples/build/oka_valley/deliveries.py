"""Deliveries between participants in 2024: who supplies whom in the chain, and for how much."""

from __future__ import annotations

from decimal import Decimal

from common.dice import Dice
from common.folder import Record
from oka_valley.members import BY_ID

# supplier | buyers with millions of roubles | product
_CHAIN = """
P003|P001 312,P014 268,P011 121,P034 498|Vials and ampoules, type I glass
P005|P002 618,P004 274,P022 186|Antibiotic substances
P006|P002 2184,P004 1296,P029 312,P026 164|Active substances and intermediates
P007|P002 422,P004 381,P001 93,P036 38|Cartons and leaflets
P008|P048 46|Dressing and infusion sets
P010|P036 24|Dry extracts
P011|P048 137|Radiopharmaceuticals
P013|P002 388,P004 244,P022 161,P029 92,P010 11|Blister foil
P015|P006 402,P005 147,P018 26|Solvents
P017|P048 29|Test kits
P018|P014 143,P001 118,P046 6|Peptide substances
P019|P001 74,P014 61,P037 98|Rubber closures and caps
P020|P001 42,P011 38|Filling isolators
P021|P004 9,P002 17|Laboratory information system
P023|P046 11,P055 8,P017 14|Laboratory glass
P024|P014 54,P001 31|Bioreactors
P025|P014 38,P001 22,P026 31|Clinical trials
P026|P061 52|Eye drops
P027|P007 46,P010 4,P032 7|Leaflets
P030|P011 188,P047 12|Isotope raw material
P031|P036 31,P029 44|Blister lines and spare parts
P032|P048 12|Dental materials
P033|P002 62,P029 38,P010 9,P036 12|Excipients
P034|P037 486|Serum concentrate
P035|P008 17|Sensors
P037|P034 214|Contract filling
P039|P002 118,P036 27,P022 64|Gelatine capsules
P040|P017 16|Reagents
P041|P034 68,P004 37|Tablet presses
P001|P034 342,P037 187|Cell culture media and bulk
P002|P022 884,P004 912,P061 418|Semi-finished dosage forms, contract manufacturing
P004|P002 1418,P029 206|Granulates, contract manufacturing
P009|P002 86,P004 51,P001 19|Warehousing
P012|P018 23,P040 3|Clean rooms
P022|P002 164|Contract packing
P029|P004 73|Contract filling of sprays
P036|P010 8|Capsule filling
P046|P018 14,P006 22|Process development
P055|P014 27,P001 16,P018 9|Preclinical studies
"""

_DICE = Dice("oka-valley/deliveries")


def table() -> list[Record]:
    """The table `deliveries`."""
    rows: list[Record] = []
    for line in _CHAIN.strip().splitlines():
        supplier, buyers, product = line.split("|")
        for entry in buyers.split(","):
            buyer, millions = entry.split(" ")
            if buyer not in BY_ID or supplier not in BY_ID:
                raise ValueError(f"unknown participant in {line}")
            amount = (
                Decimal(int(millions) * 1_000_000 + _DICE.between(-380_000, 380_000))
                + Decimal(_DICE.number(100)) / 100
            )
            rows.append(
                {
                    "supplier_id": supplier,
                    "buyer_id": buyer,
                    "product": product,
                    "year": 2024,
                    "amount": amount.quantize(Decimal("0.01")),
                    "contract": f"S-{_DICE.between(2021, 2024)}/{_DICE.between(3, 96)}",
                }
            )
    return rows

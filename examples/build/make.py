"""Write the sample dossiers and the synthetic register: `python examples/build/make.py [FOLDER]`, by default into examples/.

Same input, same bytes: the test of the examples writes them anew and compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

from amber_coast.sample import sample as amber_coast
from karst_table.sample import sample as karst_table
from oka_valley.sample import sample as oka_valley
from register_2017.sample import write as register_2017

SAMPLES = (oka_valley, amber_coast, karst_table)


def main(into: Path) -> None:
    """Write every sample under `into` and print where."""
    for sample in SAMPLES:
        print(sample().write(into))
    print(register_2017(into, root=into))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1])

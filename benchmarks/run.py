"""`make bench`: every benchmark, one table."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.table import print_table


def main() -> None:
    """Run the benchmarks named on the command line, or all."""
    names = sys.argv[1:] or sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} processors; medians of one run, ours : other"
    )
    for name in names:
        print_table(importlib.import_module(f"benchmarks.{name}").run())


if __name__ == "__main__":
    main()

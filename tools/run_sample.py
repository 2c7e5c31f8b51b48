"""`make run`: the whole road once on the sample dossier, by the commands a user would type.

Files go to build/demo; every command is shown before its output. It ends by serving the sample as live cases on
127.0.0.1; SERVE=0 stops after the files.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "build/demo"
SAMPLE = "build/demo/oka-valley"

ROAD = (
    f"clustermark dossier check {SAMPLE}",
    f"clustermark dossier freeze {SAMPLE}",
    f"clustermark assess {SAMPLE} --scheme ecei-silver-2017"
    + "".join(
        f" --report build/demo/oka-valley-silver.{ending}"
        for ending in ("pdf", "docx", "xlsx", "html", "json")
    ),
    (
        f"clustermark assess {SAMPLE} --scheme ecei-silver-2017 --lang ru --format json"
        " --report build/demo/oka-valley-silver-ru.pdf"
    ),
    (
        f"clustermark assess {SAMPLE} --scheme ecei-gold-2013 --lang de --format json --with all"
        " --report build/demo/oka-valley-gold-de.pdf"
    ),
)
QUIET = ("--format json",)
"""Commands whose output is for machines are run without showing it."""


def main() -> None:
    """Copy the sample, then run the road; stops with the exit code of the first command that fails."""
    shutil.rmtree(DEMO, ignore_errors=True)
    shutil.copytree(ROOT / "examples/oka-valley", ROOT / SAMPLE)
    for command in ROAD:
        print(f"\n$ {command}", flush=True)
        program = str(Path(sys.executable).parent / "clustermark")
        quiet = any(mark in command for mark in QUIET)
        arguments = [program, *shlex.split(command)[1:]]
        done = subprocess.run(arguments, cwd=ROOT, stdout=subprocess.DEVNULL if quiet else None, check=False)  # noqa: S603 - our own commands
        if done.returncode:
            sys.exit(done.returncode)
    print("\nFiles:")
    for path in sorted(DEMO.glob("*.*")):
        print(f"  {path.relative_to(ROOT)}  {path.stat().st_size / 1000:,.0f} kB")
    if os.environ.get("SERVE", "1") != "0":
        serve()


def serve() -> None:
    """Serve the sample as live cases until Ctrl+C, from a database of its own in build/site."""
    program = str(Path(sys.executable).parent / "clustermark")
    print(f"\n$ clustermark site seed {SAMPLE}", flush=True)
    subprocess.run([program, "site", "seed", SAMPLE], cwd=ROOT, check=True)  # noqa: S603 - our own command
    print("\n$ clustermark site serve", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        subprocess.run([program, "site", "serve"], cwd=ROOT, check=True)  # noqa: S603 - as above


if __name__ == "__main__":
    main()

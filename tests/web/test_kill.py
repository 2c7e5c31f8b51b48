"""kill -9 in the middle: afterwards the case is as before or as after, files are whole, and the log verifies.

The same script lets two processes do the same act at once: one does it, the other is refused.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

TIMES, SEED = 20, 2026
ROOT = Path(__file__).parents[2]


def url_of(settings: Mapping[str, Any]) -> str:
    """The server that the tests run on, reached at the database that is always there."""
    return f"postgresql://{settings['USER']}@/postgres?host={settings['HOST'] or settings['OPTIONS'].get('host', '')}"


@pytest.mark.slow
@pytest.mark.django_db
def test_killed_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every act killed at 20 moments of its run, and done by two at once, on the database that the tests run on."""
    if connection.vendor == "postgresql":
        monkeypatch.setenv("DATABASE_URL", url_of(connection.settings_dict))
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "CLUSTERMARK_DEBUG": "1"}
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-m", "tests.web.killed", str(tmp_path), str(TIMES), str(SEED)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    raced = [one for one in lines if one["act"].startswith("twice ")]
    assert [(one["said"], one["is"], one["faults"]) for one in raced] == [
        (["done", "refused"], "after", [])
    ] * 4
    trials = [one for one in lines if one not in raced]
    assert len(trials) == 5 * TIMES
    assert [one for one in trials if one["is"] == "between"] == []
    assert [one for one in trials if one["faults"] or one["half"] or not one["again"]] == []
    # moments that tell something: some came before the act was done, some after
    assert {one["is"] for one in trials if one["act"] != "upload"} == {"before", "after"}, connection.vendor
    assert sum(not one["ended"] for one in trials) >= TIMES

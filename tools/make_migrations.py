"""Makes the first migrations anew: nothing is released yet, so each app has one, and its triggers after it.

python tools/make_migrations.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
WEB = ROOT / "src" / "clustermark" / "web"
APPEND_ONLY = {
    "log": ("log_logrow",),
    "cases": ("cases_sealedrecord",),
    "register": ("register_award", "register_awardact", "register_leafentry", "register_issuedfile"),
}
"""Apps with tables that can be added to and never changed."""
TRIGGERS = '''"""Rows of {tables} can be added and never changed."""

from django.db import migrations

from clustermark.web.log.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("{app}", "{last}")]
    operations = [{steps}]
'''


def main() -> None:
    for folder in WEB.glob("*/migrations"):
        for old in folder.glob("0*.py"):
            old.unlink()
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "CLUSTERMARK_HOME": home,
            "DJANGO_SETTINGS_MODULE": "clustermark.web.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        apps = sorted(folder.parent.name for folder in WEB.glob("*/migrations"))
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "django", "makemigrations", "--no-header", *apps],
            env=environment,
            check=True,
        )
    for app, tables in APPEND_ONLY.items():
        folder = WEB / app / "migrations"
        last = max(path.stem for path in folder.glob("0*.py"))
        (folder / f"{int(last[:4]) + 1:04}_append_only.py").write_text(
            TRIGGERS.format(
                app=app,
                last=last,
                tables=", ".join(tables),
                steps=", ".join(f'append_only("{table}")' for table in tables),
            ),
            encoding="utf-8",
        )
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(WEB)], check=True)  # noqa: S603 - our own files
    subprocess.run([sys.executable, "-m", "ruff", "check", "-q", "--fix", str(WEB)], check=True)  # noqa: S603 - as above


if __name__ == "__main__":
    main()

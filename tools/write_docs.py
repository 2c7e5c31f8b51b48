"""Writes the parts of docs/ that are generated: `python tools/write_docs.py`.

`GENERATED` maps each file to the function that gives its text; a test proves that all are current.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools.cli_reference import cli_markdown  # noqa: E402 - after the path is set

from clustermark.dossiers.guide import tables_markdown, views_markdown  # noqa: E402 - after the path is set
from clustermark.dossiers.schema import dossier_schema  # noqa: E402 - after the path is set
from clustermark.scoring.scorecard import Scorecard  # noqa: E402 - after the path is set

_MADE = "<!-- Made by tools/write_docs.py from tools/texts and the program; do not edit. -->\n\n"


def _dossier_format() -> str:
    introduction = (ROOT / "tools/texts/dossier-format.md").read_text(encoding="utf-8")
    views = (
        "## Standard views\n\n"
        "Facts of a scheme read these tables or the views below, which add columns or bring tables together. "
        "Each has the columns that it keeps and those listed here.\n\n"
    )
    return _MADE + introduction + "\n## Tables\n\n" + tables_markdown() + "\n" + views + views_markdown()


def _dossier_schema() -> str:
    return json.dumps(dossier_schema(), ensure_ascii=False, indent=2) + "\n"


def _scorecard_schema() -> str:
    return json.dumps(Scorecard.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2) + "\n"


def _cli() -> str:
    return "<!-- Made by tools/write_docs.py from the commands; do not edit. -->\n\n" + cli_markdown()


GENERATED: dict[str, Callable[[], str]] = {
    "docs/dossier-format.md": _dossier_format,
    "docs/schemas/dossier.json": _dossier_schema,
    "docs/schemas/scorecard.json": _scorecard_schema,
    "docs/cli.md": _cli,
}


def main() -> None:
    for name, text in GENERATED.items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()

"""Writing reports: the ending chooses the format, and only that format's libraries are loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from clustermark.ground.problems import ProblemsError
from clustermark.reports import write_reports
from clustermark.scoring.scorecard import Scorecard

ROOT = Path(__file__).parents[2]


def test_the_ending_chooses_the_format_in_capitals_too(tmp_path: Path, card: Scorecard) -> None:
    paths = [tmp_path / "report.XLSX", tmp_path / "report.json"]
    write_reports(card, paths, language="en")
    assert paths[0].read_bytes()[:2] == b"PK"
    assert Scorecard.model_validate_json(paths[1].read_bytes()) == card


def test_an_unknown_ending_is_told_before_anything_is_written(tmp_path: Path, card: Scorecard) -> None:
    paths = [tmp_path / "good.json", tmp_path / "bad.odt", tmp_path / "bare"]
    with pytest.raises(ProblemsError) as caught:
        write_reports(card, paths, language="en")
    assert [(problem.code, problem.found) for problem in caught.value.problems] == [
        ("report-ending-unknown", ".odt"),
        ("report-ending-unknown", "no ending"),
    ]
    assert caught.value.problems[0].allowed == ".pdf, .docx, .xlsx, .html, .json"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, card: Scorecard) -> None:
    with pytest.raises(ProblemsError) as caught:
        write_reports(card, [tmp_path / "no" / "report.json"], language="en")
    assert caught.value.problems[0].code == "report-not-written"


def test_only_what_is_asked_for_is_loaded(tmp_path: Path, card: Scorecard) -> None:
    program = """
import json, sys
from pathlib import Path
from clustermark.reports import write_reports
from clustermark.scoring.scorecard import Scorecard
heavy = ("typst", "vl_convert", "docxtpl", "docx", "lxml", "xlsxwriter", "jinja2", "font_source_sans_pro")
card = Scorecard.model_validate_json(Path(sys.argv[1]).read_bytes())
loaded = {}
for ending in ("json", "xlsx", "html"):
    write_reports(card, [Path(sys.argv[2]) / f"r.{ending}"], language="en")
    loaded[ending] = [name for name in heavy if name in sys.modules]
print(json.dumps(loaded))
"""
    source = tmp_path / "card.json"
    source.write_text(card.to_json())
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, str(source), str(tmp_path)],
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(done.stdout) == {
        "json": [],
        "xlsx": ["xlsxwriter"],
        "html": ["vl_convert", "xlsxwriter", "jinja2", "font_source_sans_pro"],
    }


@pytest.mark.slow
def test_another_process_writes_the_same_bytes(tmp_path: Path, card: Scorecard) -> None:
    endings = (".pdf", ".docx", ".xlsx", ".html", ".json")
    program = """
import sys
from pathlib import Path
from clustermark.reports import write_reports
from clustermark.scoring.scorecard import Scorecard
card = Scorecard.model_validate_json(Path(sys.argv[1]).read_bytes())
write_reports(card, [Path(sys.argv[2]) / f"other{ending}" for ending in sys.argv[3:]], language="en")
"""
    source = tmp_path / "card.json"
    source.write_text(card.to_json())
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, str(source), str(tmp_path), *endings],
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        check=True,
    )
    write_reports(card, [tmp_path / f"here{ending}" for ending in endings], language="en")
    starts = [(tmp_path / f"here{ending}").read_bytes()[:5] for ending in endings]
    assert [start[:2] for start in starts] == [b"%P", b"PK", b"PK", b"<!", b"{\n"]
    for ending in endings:
        same = (tmp_path / f"here{ending}").read_bytes() == (tmp_path / f"other{ending}").read_bytes()
        assert same, ending

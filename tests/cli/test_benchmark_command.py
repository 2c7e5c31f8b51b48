"""`clustermark benchmark … --since …` as a person runs it."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from clustermark.analysis.demo import write_demo_data
from clustermark.analysis.disclosure import Ledger
from clustermark.analysis.peers import compare_years, publish
from clustermark.analysis.portfolio import read_portfolio
from clustermark.cli.app import main
from clustermark.schemes.scheme import Scheme
from tests.builders import ROOT

GOLD = ROOT / "src/clustermark/schemes/library/ecei-gold-2013.yaml"
CLUSTER = "S00004"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo_data(folder, clusters=150, seed=4)
    return folder / "portfolio.csv"


@pytest.fixture
def portfolio(demo: Path, tmp_path: Path) -> Path:
    """A portfolio without a ledger."""
    return Path(shutil.copy(demo, tmp_path / "portfolio.csv"))


@pytest.fixture
def milder(tmp_path: Path) -> Path:
    """An older scheme: Gold, but two edges of 2.5 are easier."""
    text = GOLD.read_text(encoding="utf-8").replace("scheme: ecei-gold-2013", "scheme: gold-before", 1)
    edges = "bands: [20, 35, 50, 65, 80]\n    required: 35"
    start = text.index('code: "2.5"')
    place = text.index(edges, start)
    file = tmp_path / "gold-before.yaml"
    file.write_text(
        text[:place] + text[place:].replace(edges, "bands: [20, 25, 30, 65, 80]\n    required: 25", 1),
        encoding="utf-8",
    )
    return file


def run(monkeypatch: pytest.MonkeyPatch, portfolio: Path, *arguments: str) -> int:
    command = ["clustermark", "benchmark", str(portfolio), "--by", "sector", *arguments]
    monkeypatch.setattr(sys, "argv", command)
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def exact(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def test_the_change_stands_below_the_benchmark_with_group_and_n(
    portfolio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--cluster", CLUSTER, "--since", "2025")
    assert run(monkeypatch, portfolio, *asked, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)["year_on_year"]
    assert run(monkeypatch, portfolio, *asked) == 0
    shown = capsys.readouterr().out
    assert "among its peers, edition 2026" in shown
    below = shown.split("The change from 2025 to 2026\n")[1]
    assert "Both years under ecei-gold-2013: the method has no part." in below
    lines = [line.split() for line in below.splitlines()]
    assert ["code", "2025", "2026", "change", "you", "peers", "method", "n", "group"] in lines
    rows = {line[0]: line for line in lines if line}
    points = found["changes"][-1]
    signed = [
        f"{value:+g}".replace("-", "−") if value else "0" for value in (points["change"], points["you"])
    ]
    assert rows["points"][1:5] == [f"{points['own_then']:g}", f"{points['own_now']:g}", *signed]
    assert rows["points"][7:10] == [str(points["peers_then"]["n"]), "|", str(points["peers_now"]["n"])]
    with portfolio.open(encoding="utf-8") as file:
        own = {row["year"]: row for row in csv.DictReader(file) if row["cluster"] == CLUSTER}
    value = next(change for change in found["changes"] if change["code"] == "1.1.2")
    assert [value["own_then"], value["own_now"]] == [int(own[year]["1.1.2"]) for year in ("2025", "2026")]
    assert rows["1.1.2"][1:3] == [own["2025"]["1.1.2"], own["2026"]["1.1.2"]]


def test_json_holds_what_the_library_gives_and_adds_up_exactly(
    portfolio: Path, milder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--cluster", CLUSTER, "--since", "2024", "--old-scheme", str(milder), "--format", "json")
    assert run(monkeypatch, portfolio, *asked) == 0
    text = capsys.readouterr().out
    found = exact(text)["year_on_year"]
    for change in found["changes"]:
        if change["change"] is not None:
            assert change["change"] == change["you"] + change["your_peers"] + change["the_method"]
            assert change["own_change"] == change["you"] + change["method_on_you"]
    assert found["schemes"] == ["gold-before", "ecei-gold-2013"]
    assert [change["code"] for change in found["changes"] if change["method_on_you"]] == ["2", "points"]

    old, new = Scheme.load(milder), Scheme.load("ecei-gold-2013")
    rows, ledger = read_portfolio(portfolio), Ledger.read(portfolio.with_suffix(".ledger.jsonl"))
    then, rescored, now = (
        publish(
            rows,
            year=year,
            scheme=scheme.document,
            scheme_digest=scheme.digest,
            other_schemes=[new.document],
            ledger=ledger,
            ladder=("sector",),
        )
        for year, scheme in ((2024, old), (2024, new), (2026, new))
    )
    assert json.loads(text)["year_on_year"] == json.loads(
        compare_years(then, rescored, now, CLUSTER).to_json()
    )


def test_it_passes_the_gate_and_its_ledger(
    portfolio: Path, milder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--cluster", CLUSTER, "--since", "2025", "--old-scheme", str(milder))
    assert run(monkeypatch, portfolio, *asked) == 0
    first, notes = capsys.readouterr().out, portfolio.with_suffix(".ledger.jsonl").read_bytes()
    ledger = Ledger.read(portfolio.with_suffix(".ledger.jsonl"))
    noted = [
        (release.edition, "total points of gold-before" in release.digests) for release in ledger.releases
    ]
    assert noted == [(2025, True), (2025, False), (2026, False)]
    assert run(monkeypatch, portfolio, *asked) == 0
    assert capsys.readouterr().out == first
    assert portfolio.with_suffix(".ledger.jsonl").read_bytes() == notes
    # values of the year looked back to changed after it was told: refused, and nothing more is noted
    lines = portfolio.read_text(encoding="utf-8").splitlines(keepends=True)
    dropped = [line for line in lines if not (CLUSTER not in line and line.startswith("yes,S00009,2025"))]
    assert len(dropped) == len(lines) - 1
    portfolio.write_text("".join(dropped), encoding="utf-8")
    assert run(monkeypatch, portfolio, *asked) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "corrections wait" in told.err
    assert portfolio.with_suffix(".ledger.jsonl").read_bytes() == notes


def test_few_peers_leave_the_own_change_and_say_why(
    portfolio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = portfolio.read_text(encoding="utf-8").splitlines(keepends=True)
    few = ("S00001,", "S00002,", "S00003,", "S00004,")
    portfolio.write_text(
        "".join([lines[0], *(line for line in lines if any(name in line for name in few))]), encoding="utf-8"
    )
    assert run(monkeypatch, portfolio, "--cluster", CLUSTER, "--since", "2025") == 0
    below = capsys.readouterr().out.split("The change from")[1]
    points = next(line.split() for line in below.splitlines() if line.startswith("points"))
    assert [points[3], *points[5:]] == ["hidden", "hidden", "hidden", "–", "–"]
    assert points[4][0] in "+−0"
    assert "there are too few other clusters in the group" in " ".join(below.split())


def test_the_scheme_then_is_the_one_that_the_portfolio_names(
    portfolio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = portfolio.read_text(encoding="utf-8").splitlines(keepends=True)
    named = [
        line.replace("ecei-gold-2013", "ecei-silver-2017") if ",2025," in line else line for line in lines
    ]
    portfolio.write_text("".join(named), encoding="utf-8")
    assert run(monkeypatch, portfolio, "--cluster", CLUSTER, "--since", "2025") == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "2025 under ecei-silver-2017, 2026 under ecei-gold-2013" in shown
    assert "2025 is rescored under ecei-gold-2013." in shown


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--since", "2026"), "The year to look back to is not before 2026."),
        (("--since", "2024", "--year", "2023"), "Allowed: 2022"),
        (("--since", "1999"), "The portfolio has no rows of this year."),
        (("--old-scheme", "ecei-silver-2017"), "none is given"),
    ],
)
def test_years_that_do_not_go_together_are_told(
    options: tuple[str, ...],
    said: str,
    portfolio: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, portfolio, "--cluster", CLUSTER, *options) == 1
    assert said in " ".join(capsys.readouterr().err.split())
    assert not portfolio.with_suffix(".ledger.jsonl").exists()


def test_documents_fit_their_published_schemas(
    portfolio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, portfolio, "--cluster", CLUSTER, "--since", "2025", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    for name, document in (("benchmark", found), ("year-on-year", found["year_on_year"])):
        schema = json.loads((ROOT / f"docs/schemas/{name}.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        validator.validate(document)
        assert not validator.is_valid({**document, "cluster": None})


def test_it_speaks_german(
    portfolio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, portfolio, "--cluster", CLUSTER, "--since", "2025", "--lang", "de") == 0
    shown = capsys.readouterr().out
    assert "Veränderung von 2025 bis 2026" in shown
    assert "The change" not in shown

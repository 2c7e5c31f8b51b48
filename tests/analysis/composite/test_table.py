"""Reading a table of units: what is accepted, and one clear problem for each thing that is wrong."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from clustermark.analysis.composite.data import CompositeData
from clustermark.analysis.composite.score import composite_of, score_table
from clustermark.analysis.composite.steps import run_steps
from clustermark.analysis.composite.table import read_units
from clustermark.ground.problems import ProblemsError
from clustermark.ground.yaml12 import parse_yaml
from clustermark.schemes.composite import BestOf, Composite, Imputation, MinMax
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.assess import assess
from tests.analysis.composite.material import flat, indicator, table
from tests.builders import ROOT, dossier

COMPOSITE = flat(
    BestOf(method="best_of_sample"),
    indicators=[
        indicator("a", per="size"),
        indicator("b", scale="log", normalisation=MinMax(method="min_max")),
    ],
    imputation=Imputation(method="group_mean", group="sector"),
)


def read(folder: Path, text: str, composite: Composite = COMPOSITE) -> object:
    path = folder / "units.csv"
    path.write_bytes(text.encode())
    return read_units(path, composite)


def test_a_good_table(tmp_path: Path) -> None:
    text = "\ufeffunit, name ,sector,size,a,b,remark\r\nx,Ex,ict,2,10,1e3,\r\n\r\ny,,,4,,.5,seen\r\n"
    path = tmp_path / "units.csv"
    path.write_bytes(text.encode())
    found = read_units(path, COMPOSITE)
    assert found.units == ("x", "y")
    assert found.names == ("Ex", "y")
    assert found.values[0].tolist() == [10.0, 1000.0]
    assert math.isnan(found.values[1, 0])
    assert found.values[1, 1] == 0.5
    assert found.groups["sector"] == ("ict", None)
    assert found.denominators["size"].tolist() == [2.0, 4.0]


HEAD = "unit,sector,size,a,b\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "unit,a\nx,1\n",
            [("column-missing", 1, "b"), ("column-missing", 1, "size"), ("column-missing", 1, "sector")],
        ),
        ("", [("column-missing", 1, c) for c in ("unit", "a", "b", "size", "sector")]),
        (HEAD, [("table-empty", None, None)]),
        ("unit,sector,size,a,b,a\nx,s,1,1,1,1\n", [("column-twice", 1, "a")]),
        (HEAD + "x,s,1,1,1,9,9\n", [("row-too-long", 2, None)]),
        (HEAD + "x,s,1,1\nx,s,1,1,1\n,s,1,1,1\n", [("unit-twice", 3, "unit"), ("unit-missing", 4, "unit")]),
        (
            HEAD + 'x,s,1,"1,5",1\ny,s,1,1,inf\n',
            [("number-unreadable", 2, "a"), ("number-unreadable", 3, "b")],
        ),
        (HEAD + "x,s,0,-1,0\n", [("number-too-low", 2, c) for c in ("a", "b", "size")]),
        (HEAD + "x,s,1,nan,1e999\n", [("number-unreadable", 2, "a"), ("number-too-large", 2, "b")]),
    ],
)
def test_everything_wrong_has_its_place(
    tmp_path: Path, text: str, expected: list[tuple[str, int | None, str | None]]
) -> None:
    with pytest.raises(ProblemsError) as caught:
        read(tmp_path, text)
    assert [(p.code, p.place.row, p.place.column) for p in caught.value.problems] == expected
    assert {p.place.file for p in caught.value.problems} == {"units.csv"}


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="no such file"):
        read_units(tmp_path / "none.csv", COMPOSITE)
    (tmp_path / "latin.csv").write_bytes("unit,ä\n".encode("latin-1"))
    with pytest.raises(ProblemsError, match="not UTF-8"):
        read_units(tmp_path / "latin.csv", COMPOSITE)
    (tmp_path / "quote.csv").write_text('unit,a\n"x"y,1\n')
    with pytest.raises(ProblemsError, match="cannot be read as CSV"):
        read_units(tmp_path / "quote.csv", COMPOSITE)


COLUMNS = (
    "unit,name,participants,staff,budget,own_funds,groups,meetings,answer_days,"
    "joint_projects,innovations,satisfied,partners_abroad,exporters,new_participants\n"
)
BENCHMARK = (
    COLUMNS
    + """\
A,Alpha,60,4,300000,40,5,120,3,6,4,80,3,40,6
B,Beta,120,8,480000,50,8,180,2,12,,100,6,50,12
C,Gamma,30,,,10,,30,,3,,50,0,,3
"""
)


def test_best_of_the_sample_has_ten(tmp_path: Path) -> None:
    path = tmp_path / "clusters.csv"
    path.write_text(BENCHMARK)
    scheme = Scheme.load("pl-benchmark-0-10")
    found = score_table(scheme, read_units(path, composite_of(scheme)))
    alpha, beta, gamma = found.units
    # by hand: staff 4/8, budget 5000/4000 per participant, own funds 40/50
    assert [alpha.scores[code] for code in ("staff", "budget", "own_funds")] == [5, 10, 8]
    assert alpha.scores["resources"] == Decimal("7.66666666667")
    # 120/60 = 2 meetings a participant is best; 2 of 3 days
    assert alpha.scores["answer_days"] == Decimal("6.66666666667")
    assert beta.scores["meetings"] == Decimal("7.5")
    # no word on innovations: the other two carry the area, never a zero
    assert beta.scores["performance"] == 10
    assert (alpha.rank, beta.rank) == (2, 1)
    # Gamma has a third of the resources and of the processes: not half, so neither area, nor the index
    assert gamma.scores["resources"] is None
    assert (gamma.index, gamma.rank, gamma.left_out) == (None, None, False)
    summary = {item.node: item for item in found.summary}
    assert summary["growth"].units == 3
    assert summary["performance"].best == 10
    assert sum(found.effective_weights[code] for code in composite_of(scheme).codes) == pytest.approx(1)


def test_result_is_a_document_with_exact_numbers(tmp_path: Path) -> None:
    path = tmp_path / "clusters.csv"
    path.write_text(BENCHMARK)
    scheme = Scheme.load("pl-benchmark-0-10")
    found = score_table(scheme, read_units(path, composite_of(scheme)))
    assert type(found).model_validate_json(found.to_json()) == found
    schema = json.loads((ROOT / "docs/schemas/composite.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(found.to_json()), schema)
    assert found.unit("B").index == Decimal(str(found.unit("B").index))
    with pytest.raises(KeyError):
        found.unit("Z")
    assert (found.provenance.endorsed, found.provenance.example_values) == (False, 18)


def test_units_screened_out_stay_in_the_result_without_a_score() -> None:
    text = (Path(__file__).parents[3] / "src/clustermark/schemes/library/tai-2001.yaml").read_text()
    scheme = Scheme.from_text(
        text.replace("  decimals: 3\n", "  screening: {min_share: 0.9}\n  decimals: 3\n", 1)
    )
    composite = composite_of(scheme)
    data = table([[1.0] * 8, [1.0] * 7 + [math.nan]])
    found = score_table(scheme, type(data)(units=data.units, codes=composite.codes, values=data.values))
    assert [(unit.left_out, unit.rank) for unit in found.units] == [(False, 1), (True, None)]
    assert [(note.code, note.about) for note in found.notes] == [("left-out", "u1")]


def test_a_scheme_for_dossiers_scores_no_table() -> None:
    with pytest.raises(ProblemsError, match="one dossier at a time"):
        score_table(Scheme.load("ecei-gold-2013"), table([[1.0]]))


def test_a_scheme_for_tables_assesses_no_dossier() -> None:
    with pytest.raises(ProblemsError, match="a table of units, not one dossier"):
        assess(dossier(), Scheme.load("hdi-2022"))


def test_the_example_of_the_documentation_scores() -> None:
    page = (ROOT / "docs/composite-schemes.md").read_text(encoding="utf-8")
    block = page.split("```yaml\n")[1].split("```")[0]
    composite = Composite.model_validate(parse_yaml(block, file="docs").data["composite"])
    values = [[4, 3, 1e5], [8, 11, 1e6], [2, math.nan, 1e4]]
    data = CompositeData(
        units=("x", "y", "z"),
        codes=("meetings", "answer_days", "budget"),
        values=np.array(values),
        groups={"sector": ("s", "s", "s")},
        denominators={"participants": np.array([2.0, 2.0, 2.0])},
    )
    steps = run_steps(composite, data)
    # z states two of three indicators, less than 70 %
    assert steps.normalised.units == ("x", "y")
    # x: meetings 1, days 100 - 99 * 2/20 = 90.1 → √90.1; budget 1; index (2 · 9.492 + 1) / 3
    assert steps.scores["index"] == pytest.approx(
        [(2 * math.sqrt(90.1) + 1) / 3, (2 * math.sqrt(100 * 50.5) + 100) / 3]
    )

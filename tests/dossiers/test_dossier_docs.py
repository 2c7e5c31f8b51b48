"""The published schema and description say what the program does."""

from pathlib import Path

import jsonschema

from clustermark.dossiers.dossier import Dossier
from clustermark.dossiers.schema import dossier_schema
from clustermark.dossiers.tables import TABLES
from clustermark.dossiers.views import VIEWS
from clustermark.ground.exact import plain
from tests.dossiers.dossier_material import write_folder

ROOT = Path(__file__).parents[2]


def test_the_description_names_every_column_and_view() -> None:
    text = (ROOT / "docs/dossier-format.md").read_text(encoding="utf-8")
    for spec in TABLES.values():
        for column in spec.columns:
            assert f"| `{column.name}` | {column.type}" in text
            assert column.example in text
            for word in column.choices:
                assert f"`{word}`" in text
    for view in VIEWS.values():
        for meaning in view.derived.values():
            assert meaning in text


def test_the_schema_accepts_a_dossier_and_refuses_a_wrong_one(tmp_path: Path) -> None:
    schema = dossier_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    content = plain(Dossier.open(write_folder(tmp_path / "d")).content())
    assert list(validator.iter_errors(content)) == []
    content["tables"]["team"][0]["fte"] = 2
    content["tables"]["participants"][0]["size"] = "big"
    del content["tables"]["participants"][1]["name"]
    content["tables"]["profile"] *= 2
    content["files"]["x"] = "no hash"
    assert len(list(validator.iter_errors(content))) == 5

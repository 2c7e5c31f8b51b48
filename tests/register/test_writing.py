"""Open data: formulas defused, metadata in every form, read back by other tools."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Tree

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustermark.register.feeds import atom, certificate_description, register_description, script_text
from clustermark.register.statistics import awarded
from clustermark.register.writing import (
    csv_metadata,
    rows_csv,
    rows_parquet,
    safe,
    statistic_csv,
    statistic_json,
)
from tests.register.material import act, certificate, register

DAY = date(2018, 6, 1)
SITE = "https://register.example"
EVIL = certificate(
    "E-1", holder='=HYPERLINK("http://evil.example")', decided_on=date(2018, 1, 2), region="-1+1"
)
SAMPLE = register(
    certificate("A-1", holder="Ünïcode, <b>& Co</b>"),
    EVIL,
    acts=[
        act("issue", date(2017, 11, 15), "A-1"),
        act("report_change", date(2018, 1, 1), "A-1", change="name"),
        act("suspend", date(2018, 2, 1), "A-1", until=date(2018, 3, 1)),
        act("withdraw", date(2018, 5, 1), "E-1"),
        act("void", date(2018, 7, 1), "E-1"),
    ],
)


def test_rows_are_csv_without_formulas() -> None:
    lines = list(csv.DictReader(io.StringIO(rows_csv(awarded(SAMPLE, as_of=DAY).rows).decode())))
    assert [line["holder"] for line in lines] == [
        "Ünïcode, <b>& Co</b>",
        '\'=HYPERLINK("http://evil.example")',
    ]
    assert lines[0]["state"] == "suspended"
    assert (
        statistic_csv(awarded(SAMPLE, as_of=DAY, by="year")).decode()
        == "key,title,value\n2017,2017,1\n2018,2018,1\n"
    )


@given(st.text(max_size=10))
def test_no_text_begins_a_formula(text: str) -> None:
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert safe(text).endswith(text)


def test_json_and_csv_carry_licence_and_definition() -> None:
    statistic = awarded(SAMPLE, as_of=DAY)
    document = json.loads(statistic_json(statistic, SAMPLE))
    assert document["register"] == {
        "title": "Sample register",
        "official": False,
        "notice": "Invented for tests.",
        "licence": "CC0-1.0",
    }
    assert document["statistic"]["value"] == 2
    meta = json.loads(csv_metadata(statistic, SAMPLE, url="rows.csv"))
    assert (meta["dc:license"], meta["dc:description"]) == ("CC0-1.0", statistic.definition)
    assert [column["name"] for column in meta["tableSchema"]["columns"]][:2] == ["number", "holder"]


@pytest.mark.parametrize("title", ["Plain", "it's; drop table rows"])
def test_parquet_is_read_by_the_engine_with_its_metadata(tmp_path: Path, title: str) -> None:
    path = tmp_path / "rows.parquet"
    statistic = awarded(SAMPLE, as_of=DAY).model_copy(update={"title": title})
    path.write_bytes(rows_parquet(statistic, SAMPLE))
    with duckdb.connect() as engine:
        rows = engine.execute(
            "select number, decided_on, state from read_parquet(?) order by 1", [str(path)]
        ).fetchall()
        about = engine.execute("select key, value from parquet_kv_metadata(?)", [str(path)]).fetchall()
    assert rows == [("A-1", date(2017, 11, 15), "suspended"), ("E-1", date(2018, 1, 2), "withdrawn")]
    told = {bytes(key).decode(): bytes(value).decode() for key, value in about}
    assert told["title"] == title
    assert told["licence"] == "CC0-1.0"
    assert told["definition"] == statistic.definition


def test_an_empty_statistic_is_parquet_too() -> None:
    assert rows_parquet(awarded(SAMPLE, as_of=date(2000, 1, 1)), SAMPLE).startswith(b"PAR1")


def test_the_feed_tells_public_acts_newest_first() -> None:
    feed = Tree.fromstring(atom(SAMPLE, as_of=DAY, site=SITE))  # noqa: S314 - made above
    name = "{http://www.w3.org/2005/Atom}"
    titles = [item.findtext(f"{name}title") for item in feed.iter(f"{name}entry")]
    assert titles == [
        '=HYPERLINK("http://evil.example"): silver, withdrawn',
        "Ünïcode, <b>& Co</b>: silver, suspended",
        "Ünïcode, <b>& Co</b>: silver, issued",
    ]
    assert feed.findtext(f"{name}updated") == "2018-05-01T00:00:00Z"
    ids = [item.findtext(f"{name}id") for item in feed.iter(f"{name}entry")]
    assert ids[0] == "https://register.example/E-1#withdraw-0"


def test_descriptions_tell_the_state_of_the_day_and_cannot_end_their_script() -> None:
    told = certificate_description(SAMPLE.certificates[0], SAMPLE, as_of=DAY, site=SITE, owner="Owner")
    assert told["certificationStatus"] == "https://schema.org/CertificationInactive"
    assert told["expires"] == "2019-10-31"
    before = certificate_description(
        SAMPLE.certificates[0], SAMPLE, as_of=date(2018, 1, 1), site=SITE, owner="Owner"
    )
    assert before["certificationStatus"] == "https://schema.org/CertificationActive"
    assert "<" not in script_text(told)
    assert json.loads(script_text(told)) == told
    assert register_description(SAMPLE, as_of=DAY, site=SITE)["license"] == "CC0-1.0"

"""The register as open data: CSV, JSON and Parquet, with licence and definition."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from clustermark.register.entries import Register
from clustermark.register.rows import Row
from clustermark.register.statistics import Statistic

COLUMNS = tuple(Row.model_fields)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what would begin one.

    After OWASP, CSV Injection.
    """
    return "'" + text if text.startswith(_FORMULA) else text


def rows_csv(rows: Sequence[Row]) -> bytes:
    """The rows of a statistic as CSV: UTF-8, commas, a heading line; texts cannot act as formulas."""
    records = ([_cell(value) for value in row.model_dump(mode="json").values()] for row in rows)
    return _csv(COLUMNS, records)


def statistic_csv(statistic: Statistic) -> bytes:
    """The groups of a statistic as CSV, or its rows where it has none."""
    if not statistic.groups:
        return rows_csv(statistic.rows)
    lines = ([_cell(group.key), safe(group.title), str(group.value)] for group in statistic.groups)
    return _csv(("key", "title", "value"), lines)


def statistic_json(statistic: Statistic, register: Register) -> str:
    """The statistic with the terms of the register that it was made from."""
    document = {"register": terms_of(register), "statistic": statistic.model_dump(mode="json")}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def rows_json(rows: Sequence[Row], register: Register, day: date) -> str:
    """Rows on a day with the terms of the register that they are from."""
    listed = [row.model_dump(mode="json", exclude={"days"}) for row in rows]
    document = {"register": terms_of(register), "on": day.isoformat(), "rows": listed}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def csv_metadata(statistic: Statistic, register: Register, *, url: str) -> str:
    """The metadata file of a CSV at `url` by W3C CSV on the Web: definition, date, licence, columns."""
    names = ("key", "title", "value") if statistic.groups else COLUMNS
    document = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": url,
        "dc:title": statistic.title,
        "dc:description": statistic.definition,
        "dc:date": statistic.as_of.isoformat(),
        "dc:license": register.licence,
        "dc:rights": register.notice,
        "tableSchema": {"columns": [{"name": name, "titles": name} for name in names]},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def terms_of(register: Register) -> dict[str, Any]:
    """Whose register it is and on what terms its data may be used."""
    return {
        "title": register.title,
        "official": register.official,
        "notice": register.notice,
        "licence": register.licence,
    }


def rows_parquet(statistic: Statistic, register: Register) -> bytes:
    """The rows of a statistic as Parquet; definition, date and licence stand in the metadata of the file.

    The engine may write to one new folder, and its configuration is locked before the first row arrives.
    """
    import duckdb  # noqa: PLC0415 - only Parquet needs the engine

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        connection = duckdb.connect(config={"threads": 1})
        try:
            connection.execute(f"set allowed_directories = [{_quoted(folder)}]")
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
            connection.execute(
                f"create table rows ({', '.join(f'{name} {kind}' for name, kind in _KINDS.items())})"
            )
            if statistic.rows:
                marks = ", ".join("?" for _name in COLUMNS)
                values = [list(row.model_dump().values()) for row in statistic.rows]
                connection.executemany(f"insert into rows values ({marks})", values)  # noqa: S608 - question marks only
            about = {
                "title": statistic.title,
                "definition": statistic.definition,
                "as_of": statistic.as_of.isoformat(),
                "licence": register.licence,
                "notice": register.notice,
            }
            pairs = ", ".join(f"{name}: {_quoted(text)}" for name, text in about.items())
            connection.execute(f"copy rows to {_quoted(str(path))} (format parquet, kv_metadata {{{pairs}}})")
        finally:
            connection.close()
        return path.read_bytes()


_KINDS = {
    "number": "varchar",
    "holder": "varchar",
    "holder_id": "varchar",
    "country": "varchar",
    "sector": "varchar",
    "level": "varchar",
    "decided_on": "date",
    "year": "integer",
    "valid_until": "date",
    "state": "varchar",
    "days": "integer",
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _cell(value: object) -> str:
    return "" if value is None else safe(str(value))


def _csv(header: Sequence[str], lines: Any) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return out.getvalue().encode()

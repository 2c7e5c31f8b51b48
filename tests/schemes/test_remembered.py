"""Shipped schemes are read from what is remembered of their files, and that is what their files state."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clustermark.ground.yaml12 import YamlDocument, parse_yaml
from clustermark.schemes.remembered import remembered, to_remember
from clustermark.schemes.scheme import LIBRARY, Scheme, shipped
from tests.builders import ROOT


@pytest.mark.parametrize("name", shipped())
def test_what_is_remembered_is_what_the_file_states(name: str) -> None:
    file = LIBRARY / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    known = remembered(file.name, file.read_bytes())
    # repr tells 1 from Decimal(1), 2.5 from 2.50, and one order of keys from another
    assert repr(known) == repr(parse_yaml(text, file=file.name).data)
    scheme, read = Scheme.load(name), Scheme.from_text(text, file=str(file))
    assert (scheme.document, scheme.expressions, scheme.digest) == (
        read.document,
        read.expressions,
        read.digest,
    )


def test_a_changed_file_is_read_as_yaml(tmp_path: Path) -> None:
    text = (LIBRARY / "ecei-gold-2013.yaml").read_text(encoding="utf-8")
    changed = text.replace("version: ", "version: 9", 1)
    file = tmp_path / "ecei-gold-2013.yaml"
    file.write_text(changed, encoding="utf-8")
    assert remembered(file.name, file.read_bytes()) is None
    assert Scheme.load(file).document.version.startswith("9")
    file.write_text(text, encoding="utf-8")
    assert Scheme.load(file).digest == Scheme.load("ecei-gold-2013").digest


def test_what_is_remembered_has_its_places() -> None:
    file = LIBRARY / "ecei-gold-2013.yaml"
    text = file.read_text(encoding="utf-8")
    known = YamlDocument(remembered(file.name, file.read_bytes()), file.name, text)
    code = known.data["indicators"][3]["code"]
    row = known.place(("indicators", 3, "code")).row
    assert row is not None
    assert f'code: "{code}"' in text.splitlines()[row - 1]


def test_digits_that_json_would_change_are_not_remembered() -> None:
    data = parse_yaml("share: 2.50\n", file="x.yaml").data
    with pytest.raises(ValueError, match=r"2\.50"):
        to_remember(b"", data)


def test_loading_a_shipped_scheme_loads_no_parser() -> None:
    program = (
        "import sys; from clustermark import Scheme; Scheme.load('ecei-silver-2017').digest; "
        "print([name for name in ('yaml', 'sqlglot') if name in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], cwd=ROOT / "src", capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"

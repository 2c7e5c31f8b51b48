"""Every act that the platform writes into its log has words for the pages that show it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from django.utils.translation import override

import clustermark.web
from clustermark.casework.definition import life
from clustermark.register.entries import ActKind
from clustermark.web.log.words import ACTS, act_words


def test_every_act_that_is_written_has_words() -> None:
    written = set(acts_in_code()) | {f"certificate_{kind}" for kind in get_args(ActKind)}
    known = set(ACTS) | {act.act for act in life().acts}
    assert sorted(written - known) == []
    assert {"grant.give", "keys_made", "take_dossier", "submit"} <= written


def test_words_that_no_act_has_are_dropped() -> None:
    written = set(acts_in_code()) | {f"certificate_{kind}" for kind in get_args(ActKind)}
    assert sorted(set(ACTS) - written) == []


def test_words_are_in_the_language_of_the_reader() -> None:
    with override("de"):
        assert str(act_words("grant.give")) == "Rolle vergeben"
        assert str(act_words("certificate_suspend")) == "Zertifikat aussetzen"


def acts_in_code() -> Iterator[str]:
    """The constant after `act=` of every call under web/."""
    for path in Path(clustermark.web.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "act" and isinstance(node.value, ast.Constant):
                yield str(node.value.value)

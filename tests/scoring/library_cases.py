"""Small dossiers assessed under the shipped schemes."""

from __future__ import annotations

from functools import cache
from typing import Any

from clustermark import assess
from clustermark.dossiers.dossier import Dossier
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.scorecard import Scorecard
from tests.builders import AS_OF, participant, rows


@cache
def loaded(scheme: str) -> Scheme:
    return Scheme.load(scheme)


def card(scheme: str, one: Dossier) -> Scorecard:
    return assess(one, loaded(scheme), as_of=AS_OF)


def level(scheme: str, one: Dossier) -> str | None:
    return card(scheme, one).level


def gates(scheme: str, one: Dossier) -> dict[str, bool]:
    return {gate.gate: gate.met for gate in card(scheme, one).gates}


def with_profile(one: Dossier, **values: Any) -> Dossier:
    profile = {**one.profile, **values}
    return Dossier(source=one.source, tables={**one.tables, "profile": rows(profile)})


def many(count: int, start: int = 0, **values: Any) -> list[dict[str, Any]]:
    return [participant(f"P{start + i:03}", **values) for i in range(count)]

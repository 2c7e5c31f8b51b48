"""`extends`: a scheme takes another's indicators and states every change to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clustermark.ground.exact import digest
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.yaml12 import Path
from clustermark.schemes.document import SchemeDocument

_LISTS = ("dimensions", "indicators")
_MAPPINGS = ("sources", "units", "facts")
_KEYS = {"dimensions": "code", "indicators": "code"}


def resolve(
    stated: dict[str, Any], *, parent: Callable[[str], SchemeDocument], place: Callable[[Path], Place]
) -> tuple[dict[str, Any], dict[str, int]]:
    """The whole scheme as plain data, and how many inherited items stand before the file's own in each list.

    `parent` loads the scheme of an id; `place` gives the line of a path of `stated`.
    Raises `ProblemsError` when the parent is unknown or has another digest than the file pins, when a
    change names an indicator the parent has not, or when the file redefines something without saying so.
    """
    extends = stated.get("extends")
    if not isinstance(extends, dict) or not isinstance(extends.get("scheme"), str):
        return stated, {}
    taken_from = parent(extends["scheme"])
    inherited = taken_from.model_dump(by_alias=True, exclude_defaults=True)
    problems = _pin_problems(extends, digest(inherited), place)
    inherited["indicators"] = _changed(inherited.get("indicators", []), extends, place, problems)
    inherited["dimensions"] = _in_use(inherited, stated)
    resolved = dict(stated)
    offsets: dict[str, int] = {}
    for name in _LISTS:
        own = stated.get(name, [])
        taken = inherited.get(name, [])
        problems += _redefined(own, {item[_KEYS[name]] for item in taken}, name, place)
        resolved[name] = [*taken, *own] if isinstance(own, list) else own
        offsets[name] = len(taken)
    for name in _MAPPINGS:
        own = stated.get(name, {})
        taken = inherited.get(name, {})
        if isinstance(own, dict):
            twice = [key for key in own if key in taken and own[key] != taken[key]]
            problems += [_twice(key, place((name, key))) for key in twice]
            resolved[name] = {**taken, **own}
    if "improvement" in inherited and "improvement" not in stated:
        resolved["improvement"] = _without(inherited["improvement"], extends.get("drop") or [])
    if problems:
        raise ProblemsError(problems)
    return resolved, offsets


def _pin_problems(extends: dict[str, Any], current: str, place: Callable[[Path], Place]) -> list[Problem]:
    if extends.get("digest") == current:
        return []
    message = _("The scheme {scheme} is not the one this file was written for.").format(
        scheme=extends["scheme"]
    )
    where = place(("extends", "digest"))
    return [Problem("extends-digest", message, where, found=str(extends.get("digest")), allowed=current)]


def _changed(
    indicators: list[dict[str, Any]],
    extends: dict[str, Any],
    place: Callable[[Path], Place],
    problems: list[Problem],
) -> list[dict[str, Any]]:
    """The inherited indicators without the dropped ones and with the stated changes."""
    codes = [indicator["code"] for indicator in indicators]
    dropped = extends.get("drop") or []
    changes: dict[str, dict[str, Any]] = {}
    named: list[tuple[Path, Any]] = [(("extends", "drop", i), code) for i, code in enumerate(dropped)]
    for i, change in enumerate(extends.get("changes") or []):
        if isinstance(change, dict) and isinstance(change.get("set"), dict):
            changes[change.get("indicator", "")] = change["set"]
            named.append((("extends", "changes", i, "indicator"), change.get("indicator", "")))
    for path, code in named:
        if code not in codes:
            message = _("The scheme {scheme} has no such indicator.").format(scheme=extends["scheme"])
            problems.append(
                Problem("extends-unknown", message, place(path), found=str(code), allowed=", ".join(codes))
            )
    return [{**item, **changes.get(item["code"], {})} for item in indicators if item["code"] not in dropped]


def _without(improvement: dict[str, Any], dropped: list[str]) -> dict[str, Any]:
    """The inherited effort without indicators that were left out, and without the need of them."""
    effort = []
    for item in improvement["effort"]:
        needs = [need for need in item.get("needs", []) if need["indicator"] not in dropped]
        if item["indicator"] not in dropped:
            effort.append({**item, "needs": needs})
    return {**improvement, "effort": effort}


def _in_use(inherited: dict[str, Any], stated: dict[str, Any]) -> list[dict[str, Any]]:
    """The inherited dimensions with an indicator in them: one that groups anew has no empty groups."""
    own = stated.get("indicators", [])
    items = [*inherited["indicators"], *(own if isinstance(own, list) else [])]
    used = [item.get("dimension") for item in items if isinstance(item, dict)]
    return [item for item in inherited.get("dimensions", []) if item["code"] in used]


def _redefined(own: Any, taken: set[str], name: str, place: Callable[[Path], Place]) -> list[Problem]:
    if not isinstance(own, list):
        return []
    keys = [item.get(_KEYS[name]) if isinstance(item, dict) else None for item in own]
    return [_twice(key, place((name, i))) for i, key in enumerate(keys) if key in taken]


def _twice(key: str, place: Place) -> Problem:
    message = _("{name} is inherited; a change to it must be stated under extends: changes.").format(name=key)
    return Problem("extends-silent", message, place)

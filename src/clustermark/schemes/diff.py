"""What differs between two schemes, in words: `compare` finds nothing exactly when the digests are equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from clustermark.ground.texts import LANGUAGES, local, mark, number
from clustermark.ground.texts import gettext as _
from clustermark.ground.yaml_writing import write_yaml
from clustermark.schemes.document import AllOf, AnyOf, AtLeast, Extends, Origin, SchemeDocument
from clustermark.schemes.rule_words import rule_words

Facets = dict[str, str]
"""A record as words: what each of its statements is called → what it states."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `group` is the part of the scheme, `subject` the thing in it (may be empty).

    `what` names the statement that differs; it is None where the whole thing is in one scheme only.
    `old` and `new` are what the first and the second scheme state; None where one states nothing.
    """

    group: str
    subject: str
    what: str | None
    old: str | None
    new: str | None

    def __str__(self) -> str:
        if self.what is None:
            return _("removed") if self.new is None else _("added")
        if self.old is None:
            return _("{what}: new: {new}").format(what=self.what, new=self.new)
        if self.new is None:
            return _("{what}: no longer stated (was: {old})").format(what=self.what, old=self.old)
        return f"{self.what}: {self.old} → {self.new}"


_GROUPS = {
    "head": mark("Head"),
    "extends": mark("What is taken from another scheme"),
    "sources": mark("Sources"),
    "units": mark("Units"),
    "dimensions": mark("Dimensions"),
    "facts": mark("Facts"),
    "indicators": mark("Indicators"),
    "composite": mark("Composite index"),
    "composite.nodes": mark("Nodes of the index"),
    "composite.indicators": mark("Indicators of the index"),
    "composite.cuts": mark("Cuts of the index"),
    "gates": mark("Gates"),
    "levels": mark("Levels"),
    "improvement": mark("Improvement"),
    "improvement.effort": mark("Effort of improvement"),
    "validity": mark("Validity"),
    "surveillance": mark("Surveillance"),
    "surveillance.changes": mark("Changes that holders report"),
    "disclosure": mark("Disclosure"),
    "panel": mark("Panel"),
    "terms": mark("Terms"),
    "fees": mark("Fees"),
}
_SINGLE = ("extends", "composite", "improvement", "validity", "surveillance", "disclosure", "panel", "terms")
_KEYS = {
    "dimensions": "code",
    "indicators": "code",
    "composite.nodes": "code",
    "composite.indicators": "code",
    "composite.cuts": "level",
    "gates": "gate",
    "levels": "level",
    "improvement.effort": "indicator",
    "surveillance.changes": "change",
    "fees": "item",
}
_FIELDS = {
    "scheme": mark("id"),
    "name": mark("name"),
    "endorsed": mark("endorsed by the owner"),
    "set": mark("new values"),
    "reason": mark("reason"),
    "indicator": mark("indicator"),
    "code": mark("code"),
    "item": mark("name"),
    "version": mark("version"),
    "title": mark("title"),
    "summary": mark("summary"),
    "owner": mark("owner"),
    "notice": mark("notice"),
    "languages": mark("languages"),
    "url": mark("address"),
    "as_of": mark("as of"),
    "symbol": mark("sign"),
    "from_": mark("table or view"),
    "value": mark("formula"),
    "dimension": mark("dimension"),
    "counts": mark("what counts"),
    "measure": mark("measure"),
    "rubric": mark("rating"),
    "checklist": mark("checklist"),
    "unit": mark("unit"),
    "decimals": mark("decimals"),
    "direction": mark("direction"),
    "bands": mark("bands"),
    "points": mark("points of the bands"),
    "scored": mark("gives points"),
    "required": mark("required value"),
    "minimum": mark("minimum that blocks the level"),
    "evidence": mark("evidence asked for"),
    "advice": mark("advice"),
    "origin": mark("origin"),
    "when": mark("rule"),
    "supply": mark("what to supply"),
    "first_years": mark("years of a first award"),
    "renewal_years": mark("years a renewal adds"),
    "renewal_grace_months": mark("months to renew after the end"),
    "renewal_adds_to": mark("a renewal is added to"),
    "starts": mark("starts with"),
    "ends": mark("ends on"),
    "earlier": mark("renewals in earlier years"),
    "before": mark("decided before"),
    "every_months": mark("months between looks"),
    "draw_percent": mark("per cent drawn by lot each year"),
    "reminder_months": mark("months before the end with a reminder"),
    "suspension_months": mark("longest suspension, months"),
    "change": mark("change"),
    "review": mark("asks for a review"),
    "note": mark("note"),
    "min_peers": mark("fewest peers shown"),
    "experts": mark("experts"),
    "cooling_off_years": mark("cooling-off years"),
    "same_country_allowed": mark("experts of the same country"),
    "site_days_first": mark("days on site, first time"),
    "site_days_renewal": mark("days on site, renewal"),
    "amount": mark("amount"),
    "currency": mark("currency"),
    "drop": mark("left out"),
    "changes": mark("stated changes"),
    "digest": mark("digest"),
    "parent": mark("node above"),
    "weight": mark("weight"),
    "per": mark("divided by"),
    "per_factor": mark("times"),
    "scale": mark("scale"),
    "treated": mark("outliers treated"),
    "imputation": mark("imputation"),
    "screening": mark("screening"),
    "treatment": mark("treatment of outliers"),
    "normalisation": mark("normalisation"),
    "aggregation": mark("aggregation"),
    "method": mark("method"),
    "min_weight": mark("least weight present"),
    "ranking": mark("ranking"),
    "at_least": mark("from"),
    "at_most": mark("indicators begun in a year"),
    "years": mark("years"),
    "days": mark("person-days of the steps"),
    "months": mark("months of the steps"),
    "needs": mark("needs before"),
    "by": mark("facts that change"),
    "fixed": mark("cannot be changed because"),
}


def compare(old: SchemeDocument, new: SchemeDocument) -> list[Difference]:
    """Every difference between two resolved schemes, grouped in the order of the format."""
    parts = set(_GROUPS)
    head_fields = [name for name in SchemeDocument.model_fields if name not in parts]
    found = list(_changed("head", "", *(_facets(document, only=head_fields) for document in (old, new))))
    for group in list(_GROUPS)[1:]:
        before, after = _part(old, group), _part(new, group)
        if group in _SINGLE:
            found += _one(group, before, after)
        else:
            found += _many(group, _keyed(group, before), _keyed(group, after))
    return found


def _part(document: SchemeDocument, group: str) -> Any:
    """A part of a scheme by its path; nothing of a section that is not there."""
    section, _dot, name = group.partition(".")
    part = getattr(document, section)
    return getattr(part, name, ()) if name else part


def _one(group: str, before: BaseModel | None, after: BaseModel | None) -> Iterator[Difference]:
    if before is None or after is None:
        if before is not after:
            whole = [None if part is None else _("stated") for part in (before, after)]
            named = next((part.scheme for part in (before, after) if isinstance(part, Extends)), "")
            yield Difference(_(_GROUPS[group]), named, None, *whole)
        return
    own = [name for name in type(before).model_fields if f"{group}.{name}" not in _GROUPS]
    yield from _changed(group, "", _facets(before, only=own), _facets(after, only=own))


def _many(group: str, before: dict[str, BaseModel], after: dict[str, BaseModel]) -> Iterator[Difference]:
    for key in [*before, *(key for key in after if key not in before)]:
        if key not in after:
            yield Difference(_(_GROUPS[group]), _subject(key, before[key]), None, key, None)
        elif key not in before:
            yield Difference(_(_GROUPS[group]), _subject(key, after[key]), None, None, key)
        else:
            yield from _changed(group, _subject(key, after[key]), _facets(before[key]), _facets(after[key]))
    kept = [[key for key in keys if key in before and key in after] for keys in (before, after)]
    if group in _KEYS and kept[0] != kept[1]:
        yield Difference(_(_GROUPS[group]), "", _("order"), *(", ".join(keys) for keys in kept))


def _changed(group: str, subject: str, before: Facets, after: Facets) -> Iterator[Difference]:
    for what in [*before, *(what for what in after if what not in before)]:
        if before.get(what) != after.get(what):
            yield Difference(_(_GROUPS[group]), subject, what, before.get(what), after.get(what))


def _keyed(group: str, things: Any) -> dict[str, BaseModel]:
    if isinstance(things, Mapping):
        return dict(things)
    return {getattr(thing, _KEYS[group]): thing for thing in things}


def _subject(key: str, thing: BaseModel) -> str:
    title = getattr(thing, "title", "")
    words = local(title) if isinstance(title, Mapping) else str(title)
    return f"{key} {words}".strip()


def _facets(thing: BaseModel, *, only: list[str] | None = None) -> Facets:
    """Every statement of a record in words; what is not stated is left out."""
    facets: Facets = {}
    for name in only or list(type(thing).model_fields):
        label = _(_FIELDS[name]) if name in _FIELDS else name
        facets |= dict(_spread(label, name, getattr(thing, name)))
    return facets


def _spread(label: str, name: str, value: Any) -> Iterator[tuple[str, str]]:
    """One field as one or more statements: texts by language, ratings by step, origins by field."""
    if value is None:
        return
    if name == "origin":
        for field, origin in value.items():
            about = _("everything not named") if field == "all" else _(_FIELDS.get(field, field))
            yield _("origin of {field}").format(field=about), _origin_words(origin)
    elif name in {"rubric", "evidence"}:
        for position, text in enumerate(value, start=1 if name == "evidence" else 0):
            yield from _texts(f"{label} {position}", text)
    elif isinstance(value, Mapping):
        yield from _texts(label, value) if set(value) <= set(LANGUAGES) else _by_key(label, value)
    elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
        yield from _by_name(label, value)
    elif isinstance(value, BaseModel) and not isinstance(value, AllOf | AnyOf | AtLeast):
        for what, words in _facets(value).items():
            yield f"{label}: {what}", words
    else:
        yield label, _words(value)


def _by_key(label: str, things: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, thing in things.items():
        yield from _spread(f"{label}, {key}", "", thing)


def _by_name(label: str, things: list[Any]) -> Iterator[tuple[str, str]]:
    """Which things there are, in their order, and the statements of each."""
    names = [_name_of(thing, position) for position, thing in enumerate(things, start=1)]
    yield label, ", ".join(names)
    for name, thing in zip(names, things, strict=True):
        for what, words in _facets(thing).items():
            yield f"{label}, {name}: {what}", words


def _name_of(thing: BaseModel, position: int) -> str:
    """What a thing in a list is called: its own name, with its place where it has none."""
    for field in ("code", "item", "indicator"):
        if isinstance(name := getattr(thing, field, None), str):
            return name
    return str(position)


def _texts(label: str, text: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        if language in text:
            yield f"{label} ({language})", text[language]


def _origin_words(origin: Origin) -> str:
    words = _("{mark}, source {source}").format(mark=origin.mark, source=origin.source)
    return words if origin.note is None else f"{words} ({origin.note})"


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | Decimal):
        return number(value)
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value) if value else _("none")
    if isinstance(value, AllOf | AnyOf | AtLeast):
        return rule_words(value)
    return value if isinstance(value, str) else write_yaml(value).rstrip("\n")

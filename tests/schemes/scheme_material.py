"""Scheme documents for tests: a small complete one, and any that the format allows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from clustermark.schemes.document import SchemeDocument

SMALL = """\
scheme: small-2026
version: "1.10"
title: {en: Small}
summary: {en: "A small scheme: one measure, one rating, one checklist."}
owner: {name: Nobody}
notice: {en: "No"}
languages: [en]

sources:
  own: {title: Ours, as_of: "2026-01-31"}

units:
  percent: {symbol: {en: "%"}, title: {en: per cent}}

dimensions:
  - {code: "2", title: {en: Cooperation}}

facts:
  committed: {from: participants, value: count(*) filter (where committed), title: {en: Committed}}
  smes: {from: participants, value: count(*) filter (where committed and sme), title: {en: SMEs}}

indicators:
  - code: "2.10"
    title: {en: Share of small companies}
    dimension: "2"
    counts: {en: What counts.}
    measure: 100 * smes / committed
    unit: percent
    bands: [0.1, 35, 50.25]
    required: 35
    minimum: true
    evidence: [{en: Register}, {en: "Two\\nlines \\\\ and a backslash"}]
    origin:
      all: {mark: example, source: own}
      required: {mark: reported, source: own, note: Seen once.}
  - code: "2.11"
    title: {en: Roles}
    dimension: "2"
    counts: {en: What counts.}
    rubric: [{en: none}, {en: one}, {en: two}, {en: three}, {en: four}, {en: five}]
    unit: percent
    decimals: 0
    bands: [1, 2, 3, 4, 5]
    origin: {all: {mark: example, source: own}}
  - code: "2.12"
    title: {en: Composition}
    dimension: "2"
    counts: {en: What counts.}
    checklist:
      - {item: has_smes, title: {en: Small companies}, when: smes >= 1}
      - {item: many, title: {en: Many}, when: committed >= 15}
    unit: percent
    bands: [1, 2]
    origin: {all: {mark: example, source: own}}

gates:
  - gate: size
    title: {en: Size}
    when:
      any:
        - committed >= 15
        - all: [smes >= 5, committed >= 10]
        - at_least: 1
          of: [smes >= 9, smes >= 8]
    origin: {all: {mark: example, source: own}}

levels:
  - level: bronze
    title: {en: Bronze}
    when: size
    origin: {all: {mark: established, source: own}}
  - level: silver
    title: {en: Silver}
    when: {all: [bronze, minimums_met, points >= 0.5 * max_points]}
    origin: {all: {mark: example, source: own}}

validity: {first_years: 2, renewal_years: 3, origin: {all: {mark: example, source: own}}}
disclosure: {min_peers: 5, origin: {all: {mark: example, source: own}}}
panel: {experts: 2, cooling_off_years: 2, same_country_allowed: false, origin: {all: {mark: example, source: own}}}
fees:
  - {item: first, title: {en: First}, amount: 1650.5, currency: EUR, origin: {all: {mark: example, source: own}}}
"""

# what XML 1.0 can carry, and no \r, which it would turn into \n
_SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\\,:;'\"=+-@#_x0041")
_WORDS = st.text(_SIGNS, min_size=1, max_size=30).filter(lambda text: text.strip() != "")
_TEXT = st.fixed_dictionaries({"en": _WORDS}, optional={"ru": _WORDS, "de": _WORDS})
_ANY_TEXT = st.dictionaries(st.sampled_from(["en", "ru", "de"]), _WORDS, min_size=1)
_NAME = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
_CODE = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)
_NUMBER = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 20),
)
_ORIGIN = st.fixed_dictionaries(
    {"mark": st.sampled_from(["established", "reported", "example"]), "source": _NAME},
    optional={"note": _WORDS},
)
_ORIGINS = st.dictionaries(st.sampled_from(["all", "bands", "unit", "when", "x.y"]), _ORIGIN, min_size=1)
_CONDITION = st.sampled_from(
    ["minimums_met", "points >= 0.8 * max_points", "value('2.5') > 1", "a = 'x: y'", "null"]
)
_RULE: st.SearchStrategy[Any] = st.recursive(
    _CONDITION,
    lambda inner: (
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)})
        | st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)})
        | st.fixed_dictionaries(
            {"at_least": st.integers(1, 3), "of": st.lists(inner, min_size=1, max_size=3)}
        )
    ),
    max_leaves=5,
)
_POINT = st.fixed_dictionaries({"item": _NAME, "title": _TEXT, "when": _CONDITION})


def _indicators() -> st.SearchStrategy[list[dict[str, Any]]]:
    common = {"title": _TEXT, "dimension": _CODE, "counts": _TEXT, "unit": _NAME, "origin": _ORIGINS}
    optional = {
        "decimals": st.integers(0, 6),
        "direction": st.sampled_from(["up", "down"]),
        "bands": st.lists(_NUMBER, max_size=8),
        "points": st.lists(_NUMBER, min_size=1, max_size=8),
        "scored": st.booleans(),
        "required": _NUMBER,
        "minimum": st.booleans(),
        "evidence": st.lists(_ANY_TEXT, max_size=3),
        "advice": _TEXT,
    }
    scales = (
        {"measure": _CONDITION},
        {"rubric": st.lists(_ANY_TEXT, min_size=1, max_size=7)},
        {"checklist": st.lists(_POINT, min_size=1, max_size=3)},
    )
    one = st.one_of([st.fixed_dictionaries({**common, **scale}, optional=optional) for scale in scales])
    return st.lists(st.tuples(_CODE, one), max_size=3, unique_by=lambda pair: pair[0]).map(
        lambda pairs: [{"code": code, **item} for code, item in pairs]
    )


def _keyed(
    field: str, rest: dict[str, Any], optional: dict[str, Any] | None = None
) -> st.SearchStrategy[Any]:
    item = st.fixed_dictionaries({field: _NAME, **rest}, optional=optional or {})
    return st.lists(item, max_size=2, unique_by=lambda thing: thing[field])


_VALIDITY = st.fixed_dictionaries(
    {"first_years": st.integers(0, 9), "origin": _ORIGINS},
    optional={
        "renewal_years": st.integers(0, 9),
        "ends": st.sampled_from(["same_day", "year_end"]),
        "note": _TEXT,
    },
)
_EXTENDS = st.fixed_dictionaries(
    {"scheme": _NAME.map(lambda name: name.replace("_", "-")), "digest": st.just("sha256:" + "0" * 64)},
    optional={
        "drop": st.lists(_CODE, min_size=1, max_size=3),
        "changes": st.lists(
            st.fixed_dictionaries(
                {
                    "indicator": _CODE,
                    "set": st.dictionaries(
                        _NAME, _WORDS | _NUMBER.map(lambda n: n) | st.booleans() | st.none()
                    ),
                    "reason": _TEXT,
                }
            ),
            min_size=1,
            max_size=2,
        ),
    },
)


@st.composite
def stated_schemes(draw: st.DrawFn) -> dict[str, Any]:
    """The statements of any scheme that has the shape of the format (it need not make sense)."""
    optional = {
        "extends": _EXTENDS,
        "units": st.dictionaries(_NAME, st.fixed_dictionaries({"symbol": _TEXT, "title": _TEXT}), max_size=2),
        "dimensions": st.lists(st.fixed_dictionaries({"code": _CODE, "title": _TEXT}), max_size=2),
        "facts": st.dictionaries(
            _NAME, st.fixed_dictionaries({"from": _NAME, "value": _WORDS, "title": _TEXT}), max_size=2
        ),
        "indicators": _indicators(),
        "gates": _keyed("gate", {"title": _TEXT, "when": _RULE, "origin": _ORIGINS}, {"supply": _TEXT}),
        "validity": _VALIDITY,
        "fees": _keyed(
            "item", {"title": _TEXT, "amount": _NUMBER, "currency": st.just("EUR"), "origin": _ORIGINS}
        ),
    }
    return draw(
        st.fixed_dictionaries(
            {
                "scheme": st.just("any-1"),
                "version": st.sampled_from(["1", "1.10", "2026-01-31", "no"]),
                "title": _TEXT,
                "summary": _TEXT,
                "owner": st.fixed_dictionaries({"name": _WORDS}, optional={"endorsed": st.booleans()}),
                "notice": _TEXT,
                "languages": st.just(["en"]),
                "sources": st.dictionaries(_NAME, st.fixed_dictionaries({"title": _WORDS}), max_size=2),
                "levels": _keyed("level", {"title": _TEXT, "when": _RULE, "origin": _ORIGINS}),
                "disclosure": st.fixed_dictionaries({"min_peers": st.integers(2, 20), "origin": _ORIGINS}),
            },
            optional=optional,
        )
    )


def document(stated: dict[str, Any]) -> SchemeDocument:
    """The document with the shape of `stated`."""
    return SchemeDocument.model_validate(stated)

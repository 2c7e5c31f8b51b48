"""What a scheme must mean: names that exist, expressions that parse, edges in order, sources for numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from clustermark.dossiers.tables import TABLES
from clustermark.dossiers.views import VIEWS
from clustermark.ground.problems import Place, Problem
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import mark
from clustermark.ground.yaml12 import Path
from clustermark.schemes.check_composite import composite_origins, composite_problems
from clustermark.schemes.check_improvement import improvement_problems
from clustermark.schemes.document import AllOf, AnyOf, AtLeast, Indicator, Origins, Rule, SchemeDocument
from clustermark.schemes.expressions import DIALECTS, Dialect, Node, names, parse
from clustermark.schemes.expressions.dialects import ExpressionError
from clustermark.schemes.expressions.kinds import Kind, fact_kind, kind_of
from clustermark.schemes.expressions.nodes import Call, Constant, walk
from clustermark.schemes.scheme import Expressions

RULE_NAMES = ("minimums_met", "points", "max_points")
RUBRIC_STEPS = 6
_WRONG_KIND: dict[Kind, str] = {
    "truth": mark("This is a number, not a condition."),
    "number": mark("This is a condition, not a number."),
}


def check_document(
    document: SchemeDocument, *, place: Callable[[Path], Place]
) -> tuple[Expressions, list[Problem]]:
    """The parsed expressions of `document`, and everything that is wrong with it."""
    check = _Check(document, place)
    check.texts(document, ())
    check.head()
    facts = check.facts()
    for index, indicator in enumerate(document.indicators):
        check.indicator(indicator, ("indicators", index))
    check.unique("indicators", [item.code for item in document.indicators], ("indicators",))
    check.unique("dimensions", [item.code for item in document.dimensions], ("dimensions",))
    check.rules()
    check.origins_elsewhere()
    check.composite()
    check.problems.extend(
        improvement_problems(document, document.improvement, lambda path: place(("improvement", *path)))
    )
    return Expressions(
        facts, check.measures, check.rating_checks, check.checklists, check.rule_nodes
    ), check.problems


class _Check:
    """One pass over a document, collecting problems and parsed expressions."""

    def __init__(self, document: SchemeDocument, place: Callable[[Path], Place]) -> None:
        self.document = document
        self.place = place
        self.problems: list[Problem] = []
        self.measures: dict[str, Node] = {}
        self.rating_checks: dict[str, Node] = {}
        self.checklists: dict[str, tuple[Node, ...]] = {}
        self.rule_nodes: dict[str, Node] = {}
        self.kinds: dict[str, Kind] = {"minimums_met": "truth", "points": "number", "max_points": "number"}
        self.kinds |= dict.fromkeys([item.gate for item in document.gates], "truth")
        self.kinds |= dict.fromkeys([item.level for item in document.levels], "truth")

    def add(
        self, code: str, message: str, path: Path, *, found: str | None = None, allowed: str | None = None
    ) -> None:
        self.problems.append(Problem(code, message, self.place(path), found=found, allowed=allowed))

    def unique(self, what: str, keys: list[str], path: Path) -> None:
        for index, key in enumerate(keys):
            if key in keys[:index]:
                message = _("This name stands twice in {what}.").format(what=what)
                self.add("name-twice", message, (*path, index), found=key)

    def texts(self, value: Any, path: Path) -> None:
        """Every text is there in every language the scheme declares."""
        languages = set(self.document.languages)
        for where, text in _texts(value, path):
            missing = languages - set(text)
            if missing:
                message = _("This text is missing in: {languages}.").format(
                    languages=", ".join(sorted(missing))
                )
                self.add("translation-missing", message, where)

    def head(self) -> None:
        if "en" not in self.document.languages:
            self.add("languages", _("English is always one of the languages."), ("languages",))
        taken = [
            *self.document.facts,
            *(gate.gate for gate in self.document.gates),
            *(lv.level for lv in self.document.levels),
        ]
        for index, name in enumerate(taken):
            if name in taken[:index] or name in RULE_NAMES:
                self.add("name-twice", _("Facts, gates and levels need names of their own."), (), found=name)

    def expression(
        self,
        text: str,
        dialect: Dialect,
        allowed: Collection[str],
        path: Path,
        gives: Kind | None = None,
    ) -> Node | None:
        """The parsed expression, or None with its problem noted; `gives` is the kind it must have."""
        try:
            node = parse(text, dialect)
            unknown = [name for name in names(node) if name not in allowed]
            if gives is not None and not unknown and kind_of(node, self.kinds) != gives:
                raise ExpressionError(_(_WRONG_KIND[gives]), text, dialect.words)
        except ExpressionError as error:
            self.add("expression", error.message, path, found=error.found, allowed=error.allowed)
            return None
        for name in unknown:
            self.add(
                "name-unknown",
                _("This name is not known here."),
                path,
                found=name,
                allowed=", ".join(allowed),
            )
        return None if unknown else node

    def facts(self) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        for name, fact in self.document.facts.items():
            path: Path = ("facts", name)
            columns = source_columns(fact.from_)
            if columns is None:
                sources = ", ".join(sorted({*TABLES, *VIEWS}))
                message = _("There is no such table or standard view.")
                self.add("source-unknown", message, (*path, "from"), found=fact.from_, allowed=sources)
                self.kinds[name] = "number"
                continue
            node = self.expression(fact.value, DIALECTS["fact"], (*columns, "as_of"), (*path, "value"))
            # a fact that does not parse is taken for a number, so that its users are not blamed
            self.kinds[name] = "number"
            if node is not None:
                nodes[name] = node
                self.kinds[name] = fact_kind(node)
        return nodes

    def indicator(self, item: Indicator, path: Path) -> None:
        if item.unit not in self.document.units:
            allowed = ", ".join(self.document.units)
            self.add(
                "unit-unknown", _("There is no such unit."), (*path, "unit"), found=item.unit, allowed=allowed
            )
        if item.dimension not in {dimension.code for dimension in self.document.dimensions}:
            self.add(
                "dimension-unknown",
                _("There is no such dimension."),
                (*path, "dimension"),
                found=item.dimension,
            )
        self.scale(item, path)
        self.numbers(item, path)
        needed = {"code", item.scale} | ({"bands"} if item.bands else set())
        needed |= {"required"} if item.required is not None else set()
        needed |= {"minimum"} if item.minimum else set()
        needed |= {"points"} if item.points else set()
        self.origins(item.origin, path, needed)

    def scale(self, item: Indicator, path: Path) -> None:
        facts = self.document.facts
        if item.measure is not None:
            node = self.expression(item.measure, DIALECTS["measure"], facts, (*path, "measure"), "number")
            if node is not None:
                self.measures[item.code] = node
        if item.check is not None:
            node = self.expression(item.check, DIALECTS["measure"], facts, (*path, "check"), "number")
            if node is not None:
                self.rating_checks[item.code] = node
        for index, point in enumerate(item.checklist or []):
            where: Path = (*path, "checklist", index, "when")
            node = self.expression(point.when, DIALECTS["measure"], facts, where, "truth")
            if node is not None:
                self.checklists[item.code] = (*self.checklists.get(item.code, ()), node)
        if item.rubric is not None and len(item.rubric) != RUBRIC_STEPS:
            message = _("A rubric has a descriptor for each of 0, 1, 2, 3, 4, 5.")
            self.add(
                "rubric", message, (*path, "rubric"), found=str(len(item.rubric)), allowed=str(RUBRIC_STEPS)
            )

    def numbers(self, item: Indicator, path: Path) -> None:
        """Edges in order and no finer than the measure; points never falling; a minimum needs a value."""
        ordered = sorted(set(item.bands), reverse=item.direction == "down")
        if item.bands != ordered:
            way = _("falling") if item.direction == "down" else _("rising")
            self.add("bands", _("Edges must be {way}, each once.").format(way=way), (*path, "bands"))
        for value, field in [*((edge, "bands") for edge in item.bands), (item.required, "required")]:
            if value is not None and _decimals(value) > item.decimals:
                allowed = _("at most {n} decimals").format(n=item.decimals)
                self.add(
                    "decimals",
                    _("This number is finer than the measure."),
                    (*path, field),
                    found=str(value),
                    allowed=allowed,
                )
        if item.points is not None and (
            len(item.points) != len(item.bands) + 1 or item.points != sorted(item.points)
        ):
            message = _("Points are one number for each band from 0 on, never falling.")
            self.add(
                "points", message, (*path, "points"), allowed=_("{n} numbers").format(n=len(item.bands) + 1)
            )
        if item.scored and not item.bands:
            self.add("bands", _("A scored indicator needs bands."), path)
        if item.minimum and item.required is None:
            self.add("minimum", _("A minimum needs a required value."), path)

    def rules(self) -> None:
        """Gates see facts and indicators, levels also gates and the levels below them."""
        known = [*self.document.facts, *RULE_NAMES]
        for index, gate in enumerate(self.document.gates):
            self.rule(gate.when, known, ("gates", index, "when"))
            known.append(gate.gate)
        for index, level in enumerate(self.document.levels):
            self.rule(level.when, known, ("levels", index, "when"))
            known.append(level.level)

    def rule(self, rule: Rule, known: Collection[str], path: Path) -> None:
        if isinstance(rule, str):
            node = self.expression(rule, DIALECTS["rule"], known, path, "truth")
            if node is not None:
                self.codes(node, path)
                self.rule_nodes[rule] = node
            return
        key = {AllOf: "all", AnyOf: "any", AtLeast: "of"}[type(rule)]
        parts = parts_of(rule)
        if isinstance(rule, AtLeast) and rule.at_least > len(parts):
            self.add(
                "rule",
                _("There are fewer rules than must hold."),
                path,
                found=str(len(parts)),
                allowed=str(rule.at_least),
            )
        for index, part in enumerate(parts):
            self.rule(part, known, (*path, key, index))

    def codes(self, node: Node, path: Path) -> None:
        """value('2.5') and band('2.5') name an indicator of the scheme."""
        codes = [item.code for item in self.document.indicators]
        for call in (
            item for item in walk(node) if isinstance(item, Call) and item.function in {"value", "band"}
        ):
            argument = call.arguments[0]
            code = argument.value if isinstance(argument, Constant) else None
            if code not in codes:
                self.add(
                    "indicator-unknown",
                    _("There is no such indicator."),
                    path,
                    found=str(code),
                    allowed=", ".join(codes),
                )

    def origins(self, origin: Origins, path: Path, needed: set[str]) -> None:
        for field, item in origin.items():
            if item.source not in self.document.sources:
                allowed = ", ".join(self.document.sources)
                where: Path = (*path, "origin", field)
                self.add(
                    "source-unknown", _("There is no such source."), where, found=item.source, allowed=allowed
                )
        missing = needed - set(origin)
        if missing and "all" not in origin:
            message = _("The origin of these is not stated: {fields}.").format(
                fields=", ".join(sorted(missing))
            )
            self.add("origin-missing", message, (*path, "origin"))

    def origins_elsewhere(self) -> None:
        document = self.document
        for name in ("gates", "levels", "fees"):
            for index, item in enumerate(getattr(document, name)):
                self.origins(item.origin, (name, index), {"all"})
        for name in ("improvement", "validity", "surveillance", "disclosure", "panel", "terms"):
            part = getattr(document, name)
            if part is not None:
                self.origins(part.origin, (name,), set(part.model_fields_set) - {"origin", "note"})

    def composite(self) -> None:
        self.problems.extend(composite_problems(self.document, self.place))
        for path, origin in composite_origins(self.document):
            self.origins(origin, path, {"all"})


def parts_of(rule: AllOf | AnyOf | AtLeast) -> list[Rule]:
    """The rules directly below a rule of several."""
    if isinstance(rule, AllOf):
        return rule.all
    return rule.any if isinstance(rule, AnyOf) else rule.of


def source_columns(name: str) -> tuple[str, ...] | None:
    """The columns of a table or standard view; None where there is no such one."""
    if name in VIEWS:
        return VIEWS[name].columns
    return tuple(column.name for column in TABLES[name].columns) if name in TABLES else None


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """Every text of a document with its path: a mapping from language to words."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        if value and set(value) <= {"en", "ru", "de"}:
            yield path, value
        else:
            for key, item in value.items():
                yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))

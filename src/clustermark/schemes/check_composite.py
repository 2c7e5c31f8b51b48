"""Checks that the parts of a `composite` section fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

from clustermark.ground.problems import Place, Problem
from clustermark.ground.texts import gettext as _
from clustermark.ground.yaml12 import Path
from clustermark.schemes.composite import BestOf, Composite, CompositeIndicator, Goalposts, Part, Target
from clustermark.schemes.document import SchemeDocument
from clustermark.schemes.shapes import Origins

PlaceOf = Callable[[Path], Place]
"""Where the value at a path of the scheme file stands."""

TABLE_COLUMNS = ("unit", "name")
"""Columns of a table of units that no indicator may take."""


def composite_problems(scheme: SchemeDocument, place: PlaceOf) -> list[Problem]:
    """Everything that is wrong between the fields of the scheme's composite section; empty without one."""
    composite = scheme.composite
    if composite is None:
        return []
    return [
        *_code_problems(composite, place),
        *_hierarchy_problems(composite, place),
        *_unit_problems(scheme, composite, place),
        *_scale_problems(composite, place),
        *_imputation_problems(composite, place),
        *_cut_problems(composite, place),
    ]


def composite_origins(scheme: SchemeDocument) -> Iterator[tuple[Path, Origins]]:
    """Every statement of provenance in the composite section, with its path."""
    if scheme.composite is None:
        return
    yield ("composite",), scheme.composite.origin
    for path, part in _parts(scheme.composite):
        yield path, part.origin
    for index, cut in enumerate(scheme.composite.cuts):
        yield ("composite", "cuts", index), cut.origin


def _code_problems(composite: Composite, place: PlaceOf) -> Iterator[Problem]:
    counts = Counter([*(node.code for node in composite.nodes), *composite.codes, *TABLE_COLUMNS])
    for path, part in _parts(composite):
        if counts[part.code] > 1:
            message = _("The code {code} is used more than once.").format(code=part.code)
            yield Problem("composite-code-twice", message, place((*path, "code")))


def _parts(composite: Composite) -> Iterator[tuple[Path, Part]]:
    for index, node in enumerate(composite.nodes):
        yield ("composite", "nodes", index), node
    for index, indicator in enumerate(composite.indicators):
        yield ("composite", "indicators", index), indicator


def _hierarchy_problems(composite: Composite, place: PlaceOf) -> Iterator[Problem]:
    parents = {node.code: node.parent for node in composite.nodes}
    roots = [node.code for node in composite.nodes if node.parent is None]
    if len(roots) != 1:
        message = _("Exactly one node, the index, has no parent.")
        yield Problem(
            "composite-roots", message, place(("composite", "nodes")), found=", ".join(roots) or _("none")
        )
    for path, part in _parts(composite):
        where = place((*path, "parent"))
        if part.parent is not None and part.parent not in parents:
            message = _("There is no node {code}.").format(code=part.parent)
            yield Problem("composite-parent-unknown", message, where, allowed=", ".join(parents))
        elif part.parent is not None and _turns_in_a_circle(part.parent, parents):
            message = _("The parents of {code} turn in a circle.").format(code=part.code)
            yield Problem("composite-circle", message, where)
    for index, node in enumerate(composite.nodes):
        if not composite.children(node.code):
            message = _("Nothing stands under the node {code}.").format(code=node.code)
            yield Problem("composite-node-empty", message, place(("composite", "nodes", index)))


def _turns_in_a_circle(code: str, parents: dict[str, str | None]) -> bool:
    seen = set[str]()
    step: str | None = code
    while step is not None and step not in seen:
        seen.add(step)
        step = parents.get(step)
    return step is not None


def _unit_problems(scheme: SchemeDocument, composite: Composite, place: PlaceOf) -> Iterator[Problem]:
    for index, indicator in enumerate(composite.indicators):
        if indicator.unit not in scheme.units:
            message = _("There is no unit {unit} in this scheme.").format(unit=indicator.unit)
            where = place(("composite", "indicators", index, "unit"))
            yield Problem("composite-unit-unknown", message, where, allowed=", ".join(scheme.units))


def _scale_problems(composite: Composite, place: PlaceOf) -> Iterator[Problem]:
    for index, indicator in enumerate(composite.indicators):
        path: Path = ("composite", "indicators", index, "normalisation")
        if indicator.normalisation is None:
            path = ("composite", "normalisation")
        if indicator.normalisation is None and composite.normalisation is None:
            message = _("The indicator {code} has no normalisation, and the scheme has none for all.").format(
                code=indicator.code
            )
            where = place(("composite", "indicators", index))
            yield Problem("composite-normalisation", message, where)
            continue
        rule = composite.normalisation_of(indicator)
        span = getattr(rule, "to", None)
        if span is not None and span.low >= span.high:
            message = _("The low end of a range lies below its high end.")
            yield Problem("composite-range", message, place((*path, "to")))
        if isinstance(rule, Goalposts) and rule.low >= rule.high:
            message = _("The low goalpost lies below the high one, whatever the direction.")
            yield Problem("composite-goalposts", message, place(path), found=f"{rule.low}, {rule.high}")
        yield from _log_problems(indicator, rule, place(path))
        logs = composite.treatment is not None and composite.treatment.otherwise == "log"
        if logs and indicator.treated and isinstance(rule, Goalposts | Target | BestOf):
            message = _(
                "{code} is compared in its own unit, so its outliers cannot be treated by a logarithm."
            ).format(code=indicator.code)
            where, allowed = place(("composite", "treatment")), "otherwise: as_stated, treated: false"
            yield Problem("composite-treatment-log", message, where, allowed=allowed)


def _log_problems(indicator: CompositeIndicator, rule: object, where: Place) -> Iterator[Problem]:
    posts: list[Decimal] = []
    if indicator.scale == "log" and isinstance(rule, BestOf):
        message = _("A proportion to the best is taken on a linear scale.")
        yield Problem("composite-log-best", message, where)
    if isinstance(rule, Goalposts):
        posts = [rule.low, rule.high]
    elif isinstance(rule, Target):
        posts = [rule.target]
    if indicator.scale == "log" and any(post <= 0 for post in posts):
        message = _("On a logarithmic scale goalposts and targets are greater than zero.")
        yield Problem("composite-log", message, where, found=", ".join(str(post) for post in posts))


def _imputation_problems(composite: Composite, place: PlaceOf) -> Iterator[Problem]:
    rule = composite.imputation
    by_group = rule.method in {"group_mean", "group_median"}
    if by_group != (rule.group is not None):
        message = _("Imputation by group names the column of the group; other imputation names none.")
        yield Problem("composite-imputation-group", message, place(("composite", "imputation")))


def _cut_problems(composite: Composite, place: PlaceOf) -> Iterator[Problem]:
    where = place(("composite", "cuts"))
    bounds = [cut.at_least for cut in composite.cuts]
    stated = [bound for bound in bounds if bound is not None]
    if len(set(stated)) != len(stated) or stated != sorted(stated) or None in bounds[1:]:
        message = _("Cuts stand lowest first, each higher than the one before; only the first may have none.")
        yield Problem("composite-cuts", message, where)
    step = Decimal(1).scaleb(-composite.decimals)
    for bound in stated:
        if bound % step != 0:
            message = _("The cut {cut} has more decimals than the index.").format(cut=bound)
            yield Problem("composite-cut-decimals", message, where, allowed=str(composite.decimals))

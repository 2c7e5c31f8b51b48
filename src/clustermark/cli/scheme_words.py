"""Schemes in the terminal: the list, the overview of one, what a check found, what differs."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterable, Iterator

from clustermark.cli.tables import cut, table, width
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local, ngettext, number
from clustermark.schemes.diff import Difference, compare
from clustermark.schemes.document import Indicator, Origins, Rule, SchemeDocument
from clustermark.schemes.marks import count_marks, mark_of
from clustermark.schemes.rule_words import rule_lines
from clustermark.schemes.scheme import Scheme

EXAMPLE = "°"
"""Set after a number that is an example and not the owner's."""


def list_lines(schemes: Iterable[Scheme]) -> Iterator[str]:
    """One line a scheme: id, title, indicators, levels (where there is room), how many example values."""
    rows = [(_("id"), _("title"), _("indicators"), _("examples"), _("levels"))]
    for scheme in schemes:
        document = scheme.document
        rows.append(
            (
                document.scheme,
                local(document.title),
                str(len(document.indicators)),
                str(count_marks(document)["example"]),
                ", ".join(local(level.title) for level in document.levels) or "–",
            )
        )
    if _narrow():
        yield from table([row[:4] for row in rows], ("left", "left", "right", "right"), stretch=1)
    else:
        yield from table(rows, ("left", "left", "right", "right", "left"), stretch=1)


def _narrow() -> bool:
    """Is there too little room for every column?"""
    return width() < 100


def show_lines(scheme: Scheme) -> Iterator[str]:
    """A readable overview of a scheme, with example values marked."""
    document = scheme.document
    headline = _("{title} · {scheme}, version {version}")
    yield from _wrapped(
        headline.format(title=local(document.title), scheme=document.scheme, version=document.version)
    )
    endorsed = _("endorsed") if document.owner.endorsed else _("not endorsed by the owner")
    yield from _wrapped(_("Owner: {name} ({endorsed})").format(name=document.owner.name, endorsed=endorsed))
    if document.extends is not None:
        yield _("Takes the indicators of {scheme} (changed: {n}, left out: {dropped}).").format(
            scheme=document.extends.scheme,
            n=len(document.extends.changes),
            dropped=len(document.extends.drop),
        )
    yield ""
    yield from _wrapped(local(document.summary))
    yield ""
    yield from _wrapped(local(document.notice))
    yield from _rules(document)
    yield from _terms(document)
    yield from _indicators(document)
    yield ""
    if count_marks(document)["example"]:
        yield from _wrapped(
            _(
                "{sign} example: chosen because no official value is public; not to be shown as official."
            ).format(sign=EXAMPLE),
        )
    yield scheme.digest


def check_lines(scheme: Scheme) -> Iterator[str]:
    """What a scheme without problems holds."""
    document = scheme.document
    counts = [
        ngettext("{n} indicator", "{n} indicators", len(document.indicators)).format(
            n=len(document.indicators)
        ),
        ngettext("{n} fact", "{n} facts", len(document.facts)).format(n=len(document.facts)),
        ngettext("{n} gate", "{n} gates", len(document.gates)).format(n=len(document.gates)),
        ngettext("{n} level", "{n} levels", len(document.levels)).format(n=len(document.levels)),
    ]
    marks = count_marks(document)
    yield _("{file}: the scheme {scheme} is in order.").format(file=scheme.source, scheme=document.scheme)
    languages = _("languages: {names}").format(names=", ".join(document.languages))
    yield f"  {', '.join(counts)}; {languages}"
    yield "  " + _(
        "statements of origin: {established} established, {reported} reported, {example} example"
    ).format(**marks)
    yield f"  {scheme.digest}"


def diff_lines(first: Scheme, second: Scheme) -> Iterator[str]:
    """What differs, by part of the scheme and thing in it."""
    if first.digest == second.digest:
        yield _("The two schemes are identical ({digest}).").format(digest=first.digest)
        return
    found = compare(first.document, second.document)
    yield _("{first} → {second}").format(first=first.id, second=second.id)
    for group, in_group in itertools.groupby(found, key=lambda item: item.group):
        yield ""
        yield group
        for subject, changes in itertools.groupby(in_group, key=lambda item: item.subject):
            yield from _subject(subject, list(changes))
    yield ""
    yield ngettext("{n} difference", "{n} differences", len(found)).format(n=len(found))


def _subject(subject: str, changes: list[Difference]) -> Iterator[str]:
    if changes[0].what is None:
        sign = "−" if changes[0].new is None else "+"
        yield from _wrapped(
            f"{sign} {subject}: {changes[0]}" if subject else f"{sign} {changes[0]}", indent="  "
        )
        return
    if subject:
        yield from _wrapped(subject, indent="  ")
    indent = "    " if subject else "  "
    for change in changes:
        yield from _change(change, indent)


def _change(change: Difference, indent: str) -> Iterator[str]:
    """A short change on one line, a long one as the old text above the new."""
    line = f"{indent}{change}"
    if len(line) <= width() and "\n" not in line:
        yield line
        return
    yield f"{indent}{change.what}:"
    for sign, text in (("−", change.old), ("+", change.new)):
        if text is not None:
            for position, part in enumerate(text.split("\n")):
                yield from _wrapped(f"{sign if position == 0 else ' '} {part}", indent=indent + "  ")


def _wrapped(text: str, *, indent: str = "") -> list[str]:
    below = indent + "  " if indent else ""
    return textwrap.wrap(
        text, width(), initial_indent=indent, subsequent_indent=below, break_on_hyphens=False
    )


def _rules(document: SchemeDocument) -> Iterator[str]:
    """Gates and levels with their rules."""
    if document.gates:
        yield ""
        yield _("Gates")
    for gate in document.gates:
        yield from _wrapped(f"{gate.gate}: {local(gate.title)}{_sign(gate.origin, 'when')}", indent="  ")
        yield from _rule(gate.when)
    yield ""
    yield _("Levels, lowest first") if document.levels else _("No levels: this scheme only describes.")
    for level in document.levels:
        yield from _wrapped(f"{level.level}: {local(level.title)}{_sign(level.origin, 'when')}", indent="  ")
        yield from _rule(level.when)


def _rule(rule: Rule) -> Iterator[str]:
    for line in rule_lines(rule):
        text = line.lstrip()
        yield from _wrapped(text, indent="      " + " " * (len(line) - len(text)))


def _terms(document: SchemeDocument) -> Iterator[str]:
    """Validity, disclosure, panel and fees, one line each."""
    rows: list[tuple[str, str]] = []
    valid = document.validity
    if valid is not None:
        words = _("first {n} years{sign}").format(
            n=valid.first_years, sign=_sign(valid.origin, "first_years")
        )
        if valid.renewal_years is not None:
            words += ", " + _("renewal {n} years{sign}").format(
                n=valid.renewal_years, sign=_sign(valid.origin, "renewal_years")
            )
        rows.append((_("Validity"), words))
    panel = document.panel
    if panel is not None:
        words = _("{n} experts{sign}, {years} cooling-off years{sign_years}").format(
            n=panel.experts,
            sign=_sign(panel.origin, "experts"),
            years=panel.cooling_off_years,
            sign_years=_sign(panel.origin, "cooling_off_years"),
        )
        rows.append((_("Panel"), words))
    peers = document.disclosure
    rows.append(
        (
            _("Disclosure"),
            _("at least {n} peers{sign}").format(n=peers.min_peers, sign=_sign(peers.origin, "min_peers")),
        )
    )
    for fee in document.fees:
        amount = f"{number(fee.amount)} {fee.currency}{_sign(fee.origin, 'amount')}"
        rows.append((_("Fee"), f"{local(fee.title)}: {amount}"))
    yield ""
    yield from table(rows, ("left", "left"), stretch=1)


def _indicators(document: SchemeDocument) -> Iterator[str]:
    if not document.indicators:
        return
    yield ""
    yield from _wrapped(
        _("Indicators: edges of bands 1, 2, …; ↓ less is better; ! a missed required value blocks the level")
    )
    rows = [(_("code"), _("indicator"), _("unit"), _("bands"), _("required"), _("scale"))]
    headings: dict[int, str] = {}
    for dimension in document.dimensions:
        inside = [item for item in document.indicators if item.dimension == dimension.code]
        if inside:
            headings[len(rows)] = f"{dimension.code} {local(dimension.title)}"
            rows += [_row(item, document) for item in inside]
    if _narrow():
        lines = table([row[:5] for row in rows], ("left", "left", "left", "left", "right"), stretch=1)
    else:
        lines = table(rows, ("left", "left", "left", "left", "right", "left"), stretch=1)
    for position, line in enumerate(lines):
        if position in headings:
            yield ""
            yield from _wrapped(headings[position])
        yield line


def _row(item: Indicator, document: SchemeDocument) -> tuple[str, str, str, str, str, str]:
    scale = {"measure": _("measure"), "rubric": _("rating"), "checklist": _("checklist")}[item.scale]
    bands = ("·" if _narrow() else " · ").join(number(edge) for edge in item.bands) or "–"
    down = " ↓" if item.direction == "down" and item.bands else ""
    required = "–  "
    if item.required is not None:
        required = number(item.required) + _sign(item.origin, "required") + (" !" if item.minimum else "  ")
    return (
        item.code,
        local(item.title),
        cut(local(document.units[item.unit].symbol), 11 if _narrow() else 20),
        bands + down + (_sign(item.origin, "bands") if item.bands else ""),
        required,
        scale,
    )


def _sign(origin: Origins, field: str) -> str:
    return EXAMPLE if mark_of(origin, field) == "example" else ""

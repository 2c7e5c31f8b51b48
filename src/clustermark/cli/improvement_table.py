"""The path to a level in the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from clustermark.analysis.improvement.result import ImprovementPlan, Plan, Step, WhatIf
from clustermark.cli.scorecard_table import view_words
from clustermark.cli.tables import table, width
from clustermark.ground.texts import date_text, number
from clustermark.ground.texts import gettext as _


def improvement_lines(path: ImprovementPlan) -> Iterator[str]:
    """The path as lines of text: result first, then the steps, the timeline, other ways, and the proof."""
    yield path.cluster
    yield _("{scheme} · {view} · reference date {date}").format(
        scheme=path.scheme_title, view=view_words(path.view), date=date_text(path.as_of)
    )
    yield ""
    if path.what_if is not None:
        yield from _what_if(path.what_if)
    yield from _wrapped(path.words)
    if path.plan is not None:
        yield ""
        yield from _steps(path.plan)
        yield ""
        yield from _timeline(path.plan)
        yield ""
        yield from _proof(path.plan)
    if path.alternatives:
        yield ""
        yield _("Next-best ways")
        for position, plan in enumerate(path.alternatives, start=2):
            yield from _alternative(position, plan)
    for part in path.conflict:
        yield from _wrapped(f"✗ {part.words}", indent="  ")
    yield from _limits(path)


def _wrapped(text: str, *, indent: str = "") -> list[str]:
    return textwrap.wrap(text, width(), initial_indent=indent, subsequent_indent=indent + "  ")


def _what_if(told: WhatIf) -> Iterator[str]:
    yield _("What if")
    for change in told.changes:
        old, new = (_shown(value) for value in (change.old, change.new))
        yield from _wrapped(f"{change.name} {change.title}: {old} → {new}", indent="  ")
    for moved in told.indicators:
        old, new = (number(value) for value in (moved.old_value, moved.new_value))
        words = _("{code} {title}: {old} → {new}, band {band} → {new_band}, points {points}")
        yield from _wrapped(
            words.format(
                code=moved.code,
                title=moved.title,
                old=old,
                new=new,
                band=moved.old_band,
                new_band=moved.new_band,
                points=_signed(moved.points_gained),
            ),
            indent="    ",
        )
    yield from _wrapped(told.words, indent="  ")
    yield ""


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("missing") if value is None else number(value)  # type: ignore[arg-type]  # a decimal beside truth and None


def _signed(value: object) -> str:
    text = number(value)  # type: ignore[arg-type]  # points are decimals
    return text if text.startswith("−") or text == "0" else f"+{text}"


def _steps(plan: Plan) -> Iterator[str]:
    head = (_("Code"), _("Indicator"), _("Value"), _("Band"), _("Points"), _("Days"), _("Months"))
    rows = [head, *(_row(step) for step in plan.steps)]
    lines = table(rows, ("left", "left", "right", "left", "right", "right", "right"), stretch=1)
    yield lines[0]
    rule = "─" * max(len(line) for line in lines)
    yield rule
    for line, step in zip(lines[1:], plan.steps, strict=True):
        yield line
        for action in step.actions:
            yield from _wrapped(f"· {action}", indent="    ")
        if step.after:
            yield from _wrapped(_("After {codes}.").format(codes=", ".join(step.after)), indent="    ")
    yield rule
    yield plan.words


def _row(step: Step) -> tuple[str, ...]:
    value = f"{number(step.old_value)} → {number(step.new_value)}" + (" %" if step.unit == "%" else "")
    return (
        step.code,
        step.title,
        value,
        f"{step.old_band} → {step.new_band}",
        _signed(step.points_gained),
        number(step.days),
        str(step.months),
    )


def _timeline(plan: Plan) -> Iterator[str]:
    """A row an indicator, a sign a month."""
    head = "".join(f"{month:<12}" if month % 12 == 0 else "" for month in range(0, plan.months, 12)).rstrip()
    bars = [(bar.code, " " * bar.start + "█" * (bar.end - bar.start)) for bar in plan.timeline]
    yield from table([(_("Month"), head), *bars], ("left", "left"))


def _proof(plan: Plan) -> list[str]:
    words = _("Proof: no way takes fewer than {bound} person-days; this one takes {days} (gap {gap}).")
    return _wrapped(
        words.format(bound=number(plan.proof.bound), days=number(plan.proof.days), gap=number(plan.proof.gap))
    )


def _alternative(position: int, plan: Plan) -> Iterator[str]:
    steps = ", ".join(f"{step.code} → {number(step.new_value)}" for step in plan.steps)
    yield from _wrapped(f"{position}. {plan.words}", indent="  ")
    yield from _wrapped(steps, indent="     ")


def _limits(path: ImprovementPlan) -> Iterator[str]:
    if path.status == "reached":
        return
    yield ""
    yield from _wrapped(path.limit)
    for item in [] if path.effort_from == "none" else path.fixed:
        yield from _wrapped(
            _("Not changed: {code} {title}. {reason}").format(
                code=item.code, title=item.title, reason=item.reason
            )
        )
    yield from _wrapped(path.notice)

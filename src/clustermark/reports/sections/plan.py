"""“The path to the next level”."""

from __future__ import annotations

from clustermark.analysis.improvement.result import ImprovementPlan, Plan, Step
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import ngettext, number
from clustermark.reports.printed import Figure
from clustermark.reports.section import Column, Grid, Part, Section, TimelinePicture, TimelineRow
from clustermark.reports.sections.figures import whole, words


def plan_section(path: ImprovementPlan) -> Section:
    """The steps of the cheapest plan, when each is done, other plans, or what stands in the way."""
    parts = []
    if path.plan is not None:
        parts += [_steps(path.plan), _timeline(path.plan)]
    if path.alternatives:
        parts.append(_alternatives(path.alternatives))
    if path.conflict:
        parts.append(_conflict(path))
    return Section(
        key="plan",
        name=_("Plan"),
        title=_("The path to the next level"),
        paragraphs=[path.words],
        parts=[*parts, *_limits(path)],
    )


def _steps(plan: Plan) -> Part:
    title = _("The steps")
    columns = [
        Column(title=_("Code"), width=2),
        Column(title=_("Indicator"), width=5),
        Column(title=_("Value now"), number=True, width=2),
        Column(title=_("Value then"), number=True, width=2),
        Column(title=_("Points gained"), number=True, width=2),
        Column(title=_("Person-days"), number=True, width=2),
        Column(title=_("Months"), number=True, width=2),
        Column(title=_("What it means"), width=12),
    ]
    proof = _("No plan takes fewer than {bound} person-days; this one takes {days} (gap {gap}).").format(
        bound=number(plan.proof.bound), days=number(plan.proof.days), gap=number(plan.proof.gap)
    )
    return Part(
        title=title,
        table=Grid(caption=title, columns=columns, rows=[_step(step) for step in plan.steps]),
        notes=[proof],
    )


def _step(step: Step) -> list[Figure]:
    said = list(step.actions)
    if step.after:
        said.append(_("After {codes}.").format(codes=", ".join(step.after)))
    if step.advice:
        said.append(step.advice)
    return [
        words(step.code),
        words(step.title + (f" ({step.unit})" if step.unit else "")),
        whole(step.old_value),
        whole(step.new_value),
        whole(step.points_gained),
        whole(step.days),
        whole(step.months),
        words(" ".join(said)),
    ]


def _timeline(plan: Plan) -> Part:
    days = {step.code: step.days for step in plan.steps}
    rows = [
        TimelineRow(
            code=bar.code,
            title=bar.title,
            start=bar.start,
            end=bar.end,
            text=_("{days} days").format(days=number(days[bar.code])) if bar.code in days else "",
        )
        for bar in plan.timeline
    ]
    points = [
        _("{code} {title}: from the start of month {start} to the end of month {end}.").format(
            code=bar.code, title=bar.title, start=bar.start + 1, end=bar.end
        )
        for bar in plan.timeline
    ]
    alt = _("Chart: a bar for each step, from the month in which it begins to the month in which it is done. The list"
            " below says the same.")  # fmt: skip
    picture = TimelinePicture(alt=alt, months=plan.months, rows=rows)
    return Part(title=_("When each step is done"), pictures=[picture], notes=[" ".join(points)])


def _alternatives(plans: list[Plan]) -> Part:
    title = _("The next-best plans")
    columns = [
        Column(title=_("Plan")),
        Column(title=_("Person-days"), number=True, width=2),
        Column(title=_("Months"), number=True, width=2),
        Column(title=_("Points then"), number=True, width=2),
        Column(title=_("Steps"), width=9),
    ]
    rows = [
        [whole(place), whole(plan.days), whole(plan.months), whole(plan.points), words(_in_short(plan))]
        for place, plan in enumerate(plans, 2)
    ]
    return Part(title=title, table=Grid(caption=title, columns=columns, rows=rows))


def _in_short(plan: Plan) -> str:
    return "; ".join(
        _("{code} {title}: {old} → {new}").format(
            code=step.code, title=step.title, old=number(step.old_value), new=number(step.new_value)
        )
        for step in plan.steps
    )


def _conflict(path: ImprovementPlan) -> Part:
    """What cannot hold together."""
    count = len(path.conflict)
    opening = ngettext(
        "This condition cannot be met:", "These {n} conditions cannot hold together:", count
    ).format(n=number(count))
    paragraphs = [opening]
    if path.smallest:
        paragraphs.append(_("No conflict has fewer conditions."))
    return Part(
        title=_("What stands in the way"),
        paragraphs=paragraphs,
        points=[part.words for part in path.conflict],
    )


def _limits(path: ImprovementPlan) -> list[Part]:
    if path.status == "reached":
        return []
    points = [
        _("Not changed: {code} {title}. {reason}").format(
            code=item.code, title=item.title, reason=item.reason
        )
        for item in path.fixed
        if path.effort_from != "none"
    ]
    return [
        Part(title=_("On what the plan rests"), paragraphs=[path.limit], points=points, notes=[path.notice])
    ]

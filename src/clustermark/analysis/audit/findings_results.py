"""Findings about data and results: availability, one indicator's sway, scenarios, bunching, experts."""

from __future__ import annotations

from collections.abc import Iterator

from clustermark.analysis.audit.figures import named, percent, short
from clustermark.analysis.audit.result import Finding, SchemeAudit
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import ngettext, number

WELL_KNOWN = 0.9
"""Below this known share an indicator is worth a word, above the JRC's limit as it may be."""

MANY_MOVED = 0.1
"""Without an indicator that many of the clusters at another level make it a pillar of the result."""

STABLE, SHAKY = 0.95, 0.8
"""Share of clusters that keep their level in every scenario."""

MANY_OPEN = 0.1
"""So many clusters with a level that the draws leave open or deny make the cuts hard to defend one by one."""

SIGNIFICANT = 0.05
MODERATE, SUBSTANTIAL = 0.4, 0.6
"""Gwet's AC2 by the edges of Landis and Koch 1977."""


def find_whole(audit: SchemeAudit) -> Iterator[Finding]:
    """What concerns all: undecided levels, indicators that give all the same points."""
    if audit.undecided != 0:
        yield Finding(
            severity="note",
            subject="scenarios",
            where=audit.scheme_title,
            words=_(
                "Some level rules need facts that a portfolio does not hold; such levels count as not reached."
            ),
            figure=_count(audit, audit.undecided),
            suggestion=_("Read the shares of changed levels as shares of what points and minimums decide."),
        )
    for code in audit.constant:
        yield Finding(
            severity="notable",
            subject="weights",
            where=named(audit, code),
            words=_("Every cluster earns the same points: the indicator tells no cluster from another."),
            figure=_("one value of points"),
            suggestion=_(
                "Move the bands to where the clusters are, or keep it as a condition without points."
            ),
        )


def find_availability(audit: SchemeAudit) -> Iterator[Finding]:
    """Values that are often missing, clusters that know little of themselves."""
    for row in audit.availability.indicators:
        if row.share is not None and row.share >= WELL_KNOWN:
            continue
        low = row.share is None or row.share < audit.availability.limit
        yield Finding(
            severity="serious" if low else "notable",
            subject="availability",
            where=named(audit, row.code),
            words=_("The value is often not known; a missing value earns no points."),
            figure=_count(audit, None)
            if row.share is None
            else _("known for {share} of {n} clusters").format(share=percent(row.share), n=number(row.n)),
            suggestion=_(
                "Ask why it is missing: make the evidence easier to supply, or the indicator easier to measure."
            ),
        )
    sparse = audit.availability.sparse
    if sparse != 0:
        yield Finding(
            severity="notable",
            subject="availability",
            where=audit.scheme_title,
            words=_("Some clusters know too little of themselves for a fair comparison."),
            figure=_count(audit, sparse),
            suggestion=_("Help these clusters to supply what is missing before they are ranked."),
        )


def _count(audit: SchemeAudit, count: int | None) -> str:
    if count is None:
        return _("fewer than {n} clusters").format(n=number(audit.min_told))
    return _("{count} of {n} clusters").format(count=number(count), n=number(audit.n))


def find_removal(audit: SchemeAudit) -> Iterator[Finding]:
    """Indicators without which many levels would change."""
    for row in audit.removal:
        if row.level_changes is not None and row.level_changes > MANY_MOVED:
            yield Finding(
                severity="notable",
                subject="removal",
                where=named(audit, row.code),
                words=_("Without this one indicator many clusters would be at another level."),
                figure=_("{share} of {n} clusters").format(share=percent(row.level_changes), n=number(row.n)),
                suggestion=_("Make sure that its evidence is checked with more care than that of others."),
            )


def find_scenarios(audit: SchemeAudit) -> Iterator[Finding]:
    """How far levels and ranks depend on choices of the author."""
    stable, n = audit.scenarios.stable, audit.scenarios.n
    figures = {
        "count": number(audit.scenarios.count),
        "n": number(n),
        "width": short(audit.scenarios.width, 0),
    }
    if stable is not None:
        steady = stable >= STABLE
        yield Finding(
            severity="note" if steady else "notable" if stable >= SHAKY else "serious",
            subject="scenarios",
            where=audit.scheme_title,
            words=_("Levels hardly depend on how points are weighted, joined and filled in.")
            if steady
            else _("Levels of some clusters depend on how points are weighted, joined and filled in."),
            figure=_("{share} of {n} clusters keep their level in all {count} scenarios").format(
                share=percent(stable), **figures
            ),
            suggestion=_("Levels can be published; what experts' disagreement adds is told apart.")
            if steady
            else _("Tell clusters near a cut how near they are; look at the assumption that moves most."),
        )
    if n >= 2 * audit.min_told:
        yield Finding(
            severity="note",
            subject="scenarios",
            where=audit.scheme_title,
            words=_("Single ranks depend on choices that could have been made otherwise."),
            figure=_("half of {n} clusters have a 90 % rank interval of {width} places or more").format(
                **figures
            ),
            suggestion=_("Publish levels or quarters, not ranks."),
        )


def find_bunching(audit: SchemeAudit) -> Iterator[Finding]:
    """Cuts with too many clusters just above, or that there is none."""
    tested = [row for row in audit.bunching if row.adjusted is not None]
    hits = [row for row in tested if row.adjusted is not None and row.adjusted < SIGNIFICANT]
    for row in hits:
        where = (
            _("points for the level {level}").format(level=row.code)
            if row.kind == "total"
            else named(audit, row.code)
        )
        yield Finding(
            severity="serious",
            subject="bunching",
            where=where,
            words=_(
                "More clusters stand just above the cut {cut} than the values around it let expect."
            ).format(cut=number(row.cut)),
            figure=_("about {excess} too many, p = {p} after Holm for {tests} cuts, n = {n}").format(
                excess=short(row.excess or 0.0, 0),
                p=short(row.adjusted or 0.0, 3),
                tests=number(len(tested)),
                n=number(row.n),
            ),
            suggestion=_(
                "Check the evidence of clusters just above the cut. Round shares and targets set at the cut "
                "can do this honestly."
            ),
        )
    if tested and not hits:
        expected = SIGNIFICANT * len(tested)
        seen = sum(row.p is not None and row.p < SIGNIFICANT for row in tested)
        yield Finding(
            severity="note",
            subject="bunching",
            where=audit.scheme_title,
            words=_("Nothing shows that values are pushed over a cut."),
            figure=ngettext(
                "{tests} cut tested; {seen} below p = 0.05 before adjustment, up to {expected} by chance",
                "{tests} cuts tested; {seen} below p = 0.05 before adjustment, up to {expected} by chance",
                len(tested),
            ).format(tests=number(len(tested)), seen=number(seen), expected=short(expected, 1)),
            suggestion=_("Scales of few steps cannot be tested this way; for them rely on the experts."),
        )


def find_agreement(audit: SchemeAudit) -> Iterator[Finding]:
    """Indicators on which experts agree less than substantially."""
    for row in audit.agreement:
        value = row.ac.value
        if value is None or value >= SUBSTANTIAL:
            continue
        yield Finding(
            severity="serious" if value < MODERATE else "notable",
            subject="agreement",
            where=named(audit, row.code),
            words=_("Experts read the rubric differently."),
            figure=_("Gwet's AC2 {value}, n = {n}").format(value=short(value), n=number(row.n)),
            suggestion=_("Sharpen the words of the steps, and train experts on common cases."),
        )


def find_chances(audit: SchemeAudit) -> Iterator[Finding]:
    """Levels that many clusters reach or miss by what is doubtful about their numbers."""
    for row in audit.chances.levels if audit.chances else []:
        if row.held and row.doubtful and row.doubtful > MANY_OPEN * row.held:
            yield Finding(
                severity="notable",
                subject="chances",
                where=_("level {level}").format(level=row.title),
                words=_("Some clusters hold the level although most draws deny it to them."),
                figure=_("{count} of {n} clusters that hold it").format(
                    count=number(row.doubtful), n=number(row.held)
                ),
                suggestion=_(
                    "Look again at the minimums they barely meet and the ratings experts differ on."
                ),
            )
        if row.open is None or row.open <= MANY_OPEN * row.n:
            continue
        yield Finding(
            severity="notable",
            subject="chances",
            where=_("level {level}").format(level=row.title),
            words=_("Whether they reach the level is open for many clusters."),
            figure=_("{count} of {n} clusters between 5 % and 95 % of the draws").format(
                count=number(row.open), n=number(row.n)
            ),
            suggestion=_("Tell clusters near the cut how sure the result is; look twice at their evidence."),
        )

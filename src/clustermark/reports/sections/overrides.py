"""“Rules set aside”: what the secretariat let pass in this case, why, and which two people did it."""

from __future__ import annotations

from clustermark.casework.overrides import Overrides
from clustermark.ground.texts import date_text
from clustermark.ground.texts import gettext as _
from clustermark.reports.section import Column, Grid, Part, Section
from clustermark.reports.sections.figures import words


def overrides_section(found: Overrides) -> Section:
    """A row an override; nobody reads the report without seeing them."""
    title = _("Rules set aside")
    columns = [
        Column(title=_("Expert"), width=3),
        Column(title=_("What was set aside"), width=6),
        Column(title=_("Reason"), width=6),
        Column(title=_("Requested by"), width=3),
        Column(title=_("Confirmed by"), width=3),
        Column(title=_("Confirmed on"), width=3),
    ]
    rows = [
        [
            words(one.expert),
            words(one.refusal),
            words(one.reason),
            words(one.requested_by),
            words(one.confirmed_by),
            words(date_text(one.confirmed_on)),
        ]
        for one in found.overrides
    ]
    opening = _(
        "A rule on who may assess was set aside in this case. Each override needs a reason and a second person, and"
        " stands in the log."
    )
    return Section(
        key="overrides",
        name=_("Overrides"),
        title=title,
        paragraphs=[opening],
        parts=[Part(table=Grid(caption=title, columns=columns, rows=rows))],
    )

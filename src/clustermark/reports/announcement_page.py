"""The draft of a release as one HTML file: no script, nothing fetched; figures link to their computations."""

from __future__ import annotations

import jinja2

from clustermark.reports.announcement_model import Announcement


def announcement_page(announcement: Announcement) -> bytes:
    """The draft as a self-contained page in UTF-8."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("clustermark.reports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("announcement.html").render(draft=announcement).encode()

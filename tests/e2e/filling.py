"""Fills the database of a site, as a process of its own: `python -m tests.e2e.filling people` or `cases`.

With cases, it prints where every page is, for the tests that look at all of them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django

OKA = Path(__file__).parents[2] / "examples" / "oka-valley"


def main(what: str) -> None:
    """People and schemes; or also a case in every state."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - only after Django is set up

    from clustermark.web.seeding import seed  # noqa: PLC0415 - as above
    from tests.web.every_page import PAGES, fill  # noqa: PLC0415 - as above

    call_command("migrate", interactive=False, verbosity=0)
    if what == "people":
        seed(OKA)
        return
    filled = fill(OKA)
    print(json.dumps([[page.name, page.login, filled.address(page)] for page in PAGES]))  # noqa: T201 - its output


main(sys.argv[1])

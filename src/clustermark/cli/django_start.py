"""Django for the commands that need the site; everything else on the command line runs without it."""

from __future__ import annotations

import os
from typing import Any


def start_django() -> None:
    """Make the site's database and settings usable in this process."""
    import django  # noqa: PLC0415 - only the commands of the site need it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clustermark.web.settings")
    django.setup()


def call_django(command: str, **options: Any) -> None:
    """Run a command of Django's own."""
    from django.core.management import call_command  # noqa: PLC0415 - as above

    call_command(command, **options)

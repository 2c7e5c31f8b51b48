"""Which database: SQLite in the data folder, or PostgreSQL by one variable."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def database_from_url(url: str | None, *, home: Path) -> dict[str, Any]:
    """Django's settings of the database that `url` names; SQLite in `home` without one.

    SQLite runs in WAL mode and takes the write lock at the beginning of a transaction (IMMEDIATE), so two
    writers wait for each other instead of failing half way. Connections are kept for a minute: opening one costs as
    much as answering what is known already.
    """
    if not url:
        home.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "clustermark.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    "PRAGMA recursive_triggers=ON;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
    }


def hold(name: str) -> None:
    """Wait until nobody else holds `name`, and hold it until the transaction ends.

    On PostgreSQL an advisory lock; on SQLite a transaction that writes holds everything already.
    """
    from django.db import connection  # noqa: PLC0415 - settings import this module before there are databases

    if connection.vendor == "postgresql":
        key = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])

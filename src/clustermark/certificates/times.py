"""Moments in credentials and key documents: UTC, whole seconds, as XML Schema's dateTimeStamp."""

from __future__ import annotations

from datetime import UTC, date, datetime, time


def stamp(moment: datetime) -> str:
    """``2025-10-26T00:00:00Z``; `moment` must know its time zone."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def read_stamp(text: object) -> datetime:
    """The moment written in `text`, which must state its offset; raises ValueError."""
    if not isinstance(text, str) or len(text) > 40:
        raise ValueError("not a moment")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone")
    return moment.astimezone(UTC)


def day_begins(day: date) -> datetime:
    """The first second of a day, UTC."""
    return datetime.combine(day, time(0, 0, 0), UTC)


def day_ends(day: date) -> datetime:
    """The last second of a day, UTC."""
    return datetime.combine(day, time(23, 59, 59), UTC)

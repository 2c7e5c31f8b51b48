"""The reference date of the samples and the windows of time that end on it."""

from __future__ import annotations

from datetime import date

AS_OF = date(2025, 10, 26)
"""The reference date of all three samples: the last day of the visit to Oka Valley."""

YEAR_AGO = date(2024, 10, 26)
"""Twelve months before; what lies after it counts as within the last twelve months."""


def within_year(day: date) -> bool:
    """Within the twelve months that end on the reference date."""
    return YEAR_AGO < day <= AS_OF

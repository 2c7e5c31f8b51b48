"""The notes of the steps in words."""

from __future__ import annotations

from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import mark

_WORDS = {
    "denominator-missing": mark(
        "{about}: {count} values are missing because their denominator is missing or zero."
    ),
    "imputed-mean": mark("{about}: {count} missing values were replaced by the mean."),
    "imputed-median": mark("{about}: {count} missing values were replaced by the median."),
    "imputed-group_mean": mark("{about}: {count} missing values were replaced by the mean of the group."),
    "imputed-group_median": mark("{about}: {count} missing values were replaced by the median of the group."),
    "not-imputed": mark("{about}: {count} values stay missing; there was nothing to take them from."),
    "left-out": mark("{about} is left out: too few of its values are there."),
    "winsorised": mark("{about}: {count} outliers were pulled in to the next value."),
    "logarithm": mark("{about}: the logarithm of all {count} values was taken because of outliers."),
    "outliers-left": mark("{about}: outliers remain; the scheme leaves them as stated."),
    "no-spread": mark(
        "{about}: no unit has a score because their {count} values do not differ enough to be compared."
    ),
}


def note_text(code: str, *, about: str, count: int) -> str:
    """One note as a sentence in the current language. Raises KeyError for a code no step gives."""
    return _(_WORDS[code]).format(about=about, count=count)

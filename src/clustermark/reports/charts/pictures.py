"""The pictures of the sections: each kind of picture with its own drawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clustermark.reports.charts.distributions import distribution_chart
from clustermark.reports.charts.doubts import influence_chart, points_chart, probability_chart
from clustermark.reports.charts.ratings import ratings_chart
from clustermark.reports.charts.timeline import timeline_chart
from clustermark.reports.section import (
    DistributionPicture,
    InfluencePicture,
    Picture,
    PointsPicture,
    ProbabilityPicture,
    RatingsPicture,
)


def picture_chart(
    picture: Picture, words: Mapping[str, str], *, width: int = 640, narrow: bool = False
) -> dict[str, Any]:
    """The picture as a Vega-Lite specification, `width` pixels wide; `narrow` for small screens."""
    if isinstance(picture, RatingsPicture):
        return ratings_chart(picture, words, width=width, narrow=narrow)
    if isinstance(picture, DistributionPicture):
        return distribution_chart(picture, words, width=width, narrow=narrow)
    if isinstance(picture, ProbabilityPicture):
        return probability_chart(picture, width=width, narrow=narrow)
    if isinstance(picture, PointsPicture):
        return points_chart(picture, words, width=width, narrow=narrow)
    if isinstance(picture, InfluencePicture):
        return influence_chart(picture, words, width=width, narrow=narrow)
    return timeline_chart(picture, words, width=width, narrow=narrow)

"""The pictures of the report: Vega-Lite specifications, and their drawing as SVG or PNG."""

from clustermark.reports.charts.assessment import SHAPES, dimension_chart, indicator_chart
from clustermark.reports.charts.drawing import png, svg
from clustermark.reports.charts.pictures import picture_chart

__all__ = ["SHAPES", "dimension_chart", "indicator_chart", "picture_chart", "png", "svg"]

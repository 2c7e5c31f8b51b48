"""Draws a specification as SVG or PNG."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from clustermark.ground.fonts import font_folder


@lru_cache(maxsize=1)
def _renderer() -> Any:
    """vl-convert with the report's typeface, so that texts are measured as they will be set."""
    import vl_convert  # noqa: PLC0415 - starts a JavaScript engine; only reports with pictures need it

    vl_convert.register_font_directory(str(font_folder()))
    return vl_convert


def svg(chart: dict[str, Any]) -> str:
    """The chart as an SVG document without network access, the same for the same specification."""
    drawn: str = _renderer().vegalite_to_svg(chart, allowed_base_urls=[])
    return drawn


def png(chart: dict[str, Any], *, scale: float = 2) -> bytes:
    """The chart as a PNG picture on white, `scale` pixels a chart pixel; for formats that cannot hold SVG."""
    paper = {**chart, "background": "white"}
    drawn: bytes = _renderer().vegalite_to_png(paper, scale=scale, allowed_base_urls=[])
    return drawn

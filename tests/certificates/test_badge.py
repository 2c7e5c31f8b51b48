"""The badge: well-formed, accessible, of the asked size, and safe whatever the names hold."""

from __future__ import annotations

import pytest
from defusedxml import ElementTree

from clustermark.certificates.badge import badge_svg
from clustermark.certificates.ornament import frame, rosette
from clustermark.certificates.pdf import level_colour
from tests.certificates.material import record

SVG = "{http://www.w3.org/2000/svg}"


def test_a_badge_says_label_level_and_year_to_eyes_and_to_ears() -> None:
    root = ElementTree.fromstring(badge_svg(record(), width=360))
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("360", "144", "0 0 240 96")
    assert root.get("role") == "img"
    named = {part.get("id"): part.text for part in root if part.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert named == {
        "title": "Cluster Label: Silver, 2026",
        "about": f"Certificate {record().number} of Oka Valley Pharma Cluster",
    }
    assert root.get("aria-labelledby") == "title about"
    assert [part.text for part in root.iter(f"{SVG}text")] == [
        "Cluster Label",
        "Silver · 2026",
        "valid until 02/2028",
    ]
    assert level_colour("silver") in badge_svg(record())
    assert "Silber · 2026" in badge_svg(record(), language="de")


def test_the_colour_is_that_of_the_level_and_legible_on_white() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    colours = {level_colour(level) for level in ("bronze", "silver", "gold", "platinum", "anything")}
    assert len(colours) == 5
    # WCAG 2.2, success criterion 1.4.3
    assert all(1.05 / (luminance(colour) + 0.05) >= 4.5 for colour in colours)


def test_names_are_text_and_long_ones_are_pressed_into_the_badge() -> None:
    evil = record(
        holder={"name": '"><script>alert(1)</script>', "country": "RU"},
        scheme={**record().scheme.model_dump(), "title": {"en": "A very long name of a label & its <owner>"}},
    )
    root = ElementTree.fromstring(badge_svg(evil))
    assert not list(root.iter(f"{SVG}script"))
    label = next(root.iter(f"{SVG}text"))
    assert label.text == "A very long name of a label & its <owner>"
    assert label.get("textLength") == "148"


@pytest.mark.parametrize("width", [0, 79, 1201])
def test_a_badge_of_another_size_is_refused(width: int) -> None:
    with pytest.raises(ValueError, match="pixels wide"):
        badge_svg(record(), width=width)


def test_the_fine_lines_stay_within_their_frame() -> None:
    for drawing, width, height in ((frame(100, 60, 7, "#123456"), 100, 60), (rosette(50, "#123456"), 50, 50)):
        root = ElementTree.fromstring(drawing)
        points = [
            tuple(map(float, pair.split()))
            for path in root.iter(f"{SVG}path")
            for pair in (path.get("d") or "").strip("MZ").split("L")
        ]
        assert len(points) > 500
        assert all(0 <= x <= width and 0 <= y <= height for x, y in points)

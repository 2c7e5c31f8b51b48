"""The map: every country has its place, every figure is that of the statistics, and nothing rests on colour."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from datetime import date
from html import unescape
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring, parse
from django.test import Client

from clustermark.ground.texts import LANGUAGES
from clustermark.register import statistics
from clustermark.register.entries import read_register
from clustermark.register.places import _CONTINENT_OF, continent_of
from clustermark.register.rows import Scope
from clustermark.web.register.domain.importing import enter_register
from clustermark.web.register.map.outlines import FOLDER, VIEWS, View, outlines
from clustermark.web.register.map.picture import (
    EUROPE,
    FRAMES,
    Counted,
    Frame,
    apart,
    picture,
    shade_ends,
    view_of,
)
from clustermark.web.register.queries.counting import counts_by_country
from clustermark.web.register.queries.search import Search, found_awards
from clustermark.web.register.queries.whole import whole_register

SYNTHETIC = Path(__file__).parents[3] / "examples" / "register" / "synthetic-2017.json"
DAY = date(2017, 11, 30)


@pytest.fixture
def synthetic(db: None) -> None:
    """The synthetic register of 2017."""
    enter_register(register=read_register(SYNTHETIC.read_bytes(), file=SYNTHETIC.name), file=SYNTHETIC.name)


def test_every_country_has_its_place_and_the_file_its_source() -> None:
    world, europe = outlines("world"), outlines("europe")
    assert set(_CONTINENT_OF) - set(world.spots) == {"AQ"}, "nobody holds a certificate in the Antarctic"
    ours = {code for code, continent in _CONTINENT_OF.items() if continent == EUROPE}
    assert ours - set(europe.spots) == {"SJ"}, "Svalbard lies north of the map of Europe"
    held = {one["country"] for one in json.loads(SYNTHETIC.read_bytes())["certificates"]}
    assert held <= set(world.spots)
    for view in VIEWS:
        spots = outlines(view)
        assert all(0 <= one.x <= spots.width and 0 <= one.y <= spots.height for one in spots.spots.values())
        text = (FOLDER / f"map-{view}.svg").read_text(encoding="utf-8")
        assert "Natural Earth" in text
        assert "public domain" in text
        assert "ISC licence" in text
        assert "express no opinion" in text
        assert len(text) < 60_000
    assert all(europe.spots[code].small for code in ("LU", "MT", "LI", "MC", "SM", "VA", "AD"))
    assert not europe.spots["DE"].small


def test_countries_lie_where_they_lie() -> None:
    """Held against the compass: an outline that is mirrored, or a code that names another country, is found."""
    at = outlines("europe").spots
    assert at["PT"].x < at["ES"].x < at["FR"].x < at["DE"].x < at["PL"].x < at["UA"].x < at["KZ"].x
    assert at["NO"].y < at["DK"].y < at["DE"].y < at["AT"].y < at["IT"].y < at["MT"].y
    world = outlines("world").spots
    assert world["US"].x < world["BR"].x < world["DE"].x < world["IN"].x < world["JP"].x < world["NZ"].x
    assert world["CA"].y < world["MX"].y < world["BR"].y < world["ZA"].y
    # Lambert's projection is true to area: France without its overseas lands is 1.54 times Germany
    sizes = {path.attrib.get("id"): _area(path.attrib["d"]) for path in _paths("europe")}
    assert sizes["FR"] / sizes["DE"] == pytest.approx(543_940 / 357_022, rel=0.03)
    assert sizes["ES"] / sizes["PL"] == pytest.approx(505_990 / 312_685, rel=0.05)


def _paths(view: View) -> Any:
    root = parse(FOLDER / f"map-{view}.svg").getroot()
    assert root is not None
    return root.iter("{http://www.w3.org/2000/svg}path")


def _area(path: str) -> float:
    """Of the largest ring; of steps from its start."""
    areas = []
    for ring in path.split("M")[1:]:
        steps = [int(text) for text in re.findall(r"-?\d+", ring.split("l")[1])]
        x = y = total = 0
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            total += x * (y + dy) - (x + dx) * y
            x, y = x + dx, y + dy
        areas.append(abs(total) / 2)
    return max(areas)


@pytest.mark.parametrize(
    "asked", [{}, {"level": "gold"}, {"sector": "health"}, {"level": "silver", "sector": "food"}]
)
@pytest.mark.parametrize("day", [date(2012, 6, 1), date(2016, 12, 31), DAY])
def test_its_figures_are_those_of_the_statistics(synthetic: None, day: date, asked: dict[str, str]) -> None:
    counted, nowhere = counts_by_country(Search(day, **asked))
    found = statistics.in_force(whole_register(), as_of=day, by="country", scope=Scope(**asked))  # type: ignore[arg-type] # level and sector
    assert {one.country: one.count for one in counted} == {
        group.key: group.value for group in found.groups if group.key
    }
    assert sum(one.count for one in counted) + nowhere == found.value
    by_level = Counter((row.country, row.level) for row in found.rows)
    assert {(one.country, level): n for one in counted for level, n in one.levels.items()} == by_level
    for one in counted[:3]:
        page = Client().get(one.address).context
        assert page["count"] == one.count, "the link leads to as many"


def test_the_page_draws_each_country_once_in_each_frame(synthetic: None, queries: Any) -> None:
    Client().get("/register/map/")
    with queries(5):
        page = Client().get(f"/register/map/?on={DAY}").content.decode()
    frames = re.findall(r"<svg class=\"map__frame.*?</svg>", page, re.DOTALL)
    assert len(frames) == 2
    counted, _nowhere = counts_by_country(Search(DAY))
    in_europe = {one.name: one for one in counted if one.country in outlines("europe").spots}
    assert len(in_europe) == 17
    for frame in frames:
        fromstring(frame)  # it is well formed
        shown = re.findall(
            r'class="map__place" href="([^"]*)" aria-label="([^"]*)".*?<text[^>]*>(\d+)</text>', frame
        )
        assert {unescape(words).split(":")[0]: int(n) for _href, words, n in shown} == {
            name: one.count for name, one in in_europe.items()
        }
        assert {unescape(href) for href, _words, _n in shown} == {one.address for one in in_europe.values()}
    assert 'aria-label="Spain: 17 certificates (Gold 6, Silver 7, Bronze 4)"' in page
    assert "They express no opinion on the status of any territory." in page
    assert re.search(r"Not in this part of the world: <a [^>]*>India</a> 2, <a [^>]*>Mexico</a> 2", page)
    rows = re.findall(r'<tr><th scope="row"><a[^>]*>([^<]*)</a></th><td class="num">(\d+)</td>', page)
    assert {name: int(n) for name, n in rows} == {one.name: one.count for one in counted}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_a_drawing_are_written_as_svg_writes_them(synthetic: None, language: str) -> None:
    page = Client().get(f"/register/map/?on={DAY}&lang={language}").content.decode()
    drawn = re.findall(r'(?:x|y|r|cx|cy|radius|stroke-width|font-size|transform)="([^"]*)"', page)
    assert len(drawn) > 100
    assert not [text for text in drawn if "," in text]


def test_the_world_has_one_disc_for_europe(synthetic: None) -> None:
    page = Client().get(f"/register/map/?on={DAY}&view=world").content.decode()
    shown = re.findall(r'aria-label="(\w+): (\d+) certificates?', page)
    assert dict(shown) == {"Europe": "83", "India": "2", "Mexico": "2", "Türkiye": "2"}
    assert f'href="?on={DAY}" aria-label="Europe' in page


def test_other_pages_show_it_too(synthetic: None) -> None:
    page = Client().get(f"/register/statistics/awarded/?by=country&as_of={DAY}").content.decode()
    found = statistics.awarded(whole_register(), as_of=DAY, by="country")
    shown = dict(re.findall(r'aria-label="(\w+): ([\d,]+) certificates?', page))
    assert shown["Germany"] == str(next(group.value for group in found.groups if group.key == "DE"))
    href = re.search(r'map__place" href="([^"]*country=DE[^"]*)"', page)
    assert href is not None
    there = Client().get(unescape(href[1])).context["found"]
    assert str(there.value) == shown["Germany"]
    assert "map__frame" not in Client().get("/register/statistics/awarded/?by=level").content.decode()
    assert "map__frame" not in Client().get("/register/?state=any").content.decode(), (
        "who searches sees the rows"
    )


def test_the_entrance_of_the_register_shows_what_is_in_force(synthetic: None, time_machine_at: Any) -> None:
    page = Client().get("/register/")
    assert page.context["picture"] is not None
    assert found_awards(Search(DAY)).count() == page.context["count"] == 89
    assert sum(n for _level, n in page.context["levels"]) == 89


@pytest.fixture
def time_machine_at() -> Any:
    """The day of the sample."""
    import time_machine  # noqa: PLC0415 - beside its only use

    with time_machine.travel(DAY, tick=False):
        yield


def test_a_register_without_certificates_says_so(db: None) -> None:
    page = Client().get("/register/map/").content.decode()
    assert "No certificate is in force in any country on this day." in page
    assert picture([], "europe", europe="").steps == ()


@pytest.mark.parametrize(
    ("most", "ends"),
    [(0, ()), (1, (1,)), (2, (1, 2)), (3, (1, 3)), (17, (1, 2, 6, 17)), (190, (8, 22, 64, 190))],
)
def test_shades_begin_at_a_third_of_the_next(most: int, ends: tuple[int, ...]) -> None:
    assert shade_ends(most) == ends


def test_the_most_is_deepest_and_largest() -> None:
    drawn = picture([_counted("DE", 190), _counted("FR", 60), _counted("MT", 1)], "europe", europe="")
    assert {one.country: shade for one, shade in drawn.shaded} == {"DE": 4, "FR": 3, "MT": 1}
    assert [(step.shade, step.words) for step in drawn.steps] == [
        (1, "1–8"),
        (2, "9–22"),
        (3, "23–64"),
        (4, "65–190"),
    ]
    wide = {disc.counted.country: disc.radius for disc in drawn.frames[0].discs}
    assert wide["DE"] > wide["FR"] > wide["MT"]
    assert view_of([_counted("DE", 3), _counted("IN", 2)]) == "europe"
    assert view_of([_counted("DE", 1), _counted("IN", 2)]) == "world"


@pytest.mark.parametrize("frame", FRAMES["europe"], ids=lambda frame: frame.name)
def test_discs_cover_neither_each_other_nor_the_edge(frame: Frame) -> None:
    """With every country of Europe on the map at once."""
    every = [
        _counted(code, 1 + 7 * at % 40)
        for at, code in enumerate(outlines("europe").spots)
        if continent_of(code) == EUROPE
    ]
    drawn = next(one for one in picture(every, "europe", europe="").frames if one.name == frame.name)
    assert len(drawn.discs) == len(every) >= 50
    for disc in drawn.discs:
        assert frame.x <= disc.x - disc.radius
        assert disc.x + disc.radius <= frame.x + frame.width
        assert frame.y <= disc.y - disc.radius
        assert disc.y + disc.radius <= frame.y + frame.height
    for one, other in combinations(drawn.discs, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) > 0.93 * (one.radius + other.radius)
    assert apart(drawn.discs, frame) == apart(drawn.discs, frame)
    luxembourg = next(disc for disc in drawn.discs if disc.counted.country == "LU")
    assert math.dist((luxembourg.x, luxembourg.y), luxembourg.spot) < 4 * luxembourg.radius


def test_a_ring_is_divided_by_level() -> None:
    one = Counted("DE", "Germany", 10, "", {"bronze": 5, "gold": 2, "silver": 2, "platinum": 1})
    parts = picture([one], "europe", europe="").frames[0].discs[0].parts
    assert [(part.kind, part.before, part.length) for part in parts] == [
        ("gold", 0, 2),
        ("silver", 2, 2),
        ("bronze", 4, 5),
        ("other", 9, 1),
    ]
    assert parts[0].width > parts[1].width > parts[2].width


def _counted(country: str, count: int) -> Counted:
    return Counted(country, country, count, f"?country={country}")

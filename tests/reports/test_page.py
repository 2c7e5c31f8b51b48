"""The page: one file, readable by everyone, and safe from markup in texts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from clustermark.reports.build import build_report
from clustermark.reports.model import Report
from clustermark.reports.page import render_page
from tests.reports.cards import hostile, scorecard


class Page(HTMLParser):
    """Elements with their attributes, and the text outside of styles."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("style", "table"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "table"):
            self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(scope="module")
def content(report: Report) -> bytes:
    return render_page(report)


def test_it_is_alone(content: bytes) -> None:
    page = Page(content)
    assert page.named("script", "link", "iframe", "img", "object", "form") == []
    references = [
        value
        for _tag, attributes in page.elements
        for name, value in attributes.items()
        if name in ("href", "src", "xlink:href")
    ]
    assert references
    assert all(value is not None and value.startswith("#indicator-") for value in references)
    assert b"url(" not in content
    assert b"@import" not in content


def test_it_is_built_for_everyone(content: bytes) -> None:
    page = Page(content)
    assert page.named("html") == [{"lang": "en"}]
    assert len(page.named("h1")) == 1
    levels = [int(tag[1]) for tag, _attributes in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(page.named("caption")) == len(page.named("table")) > 3
    assert all("scope" in attributes for attributes in page.named("th"))
    assert all(attributes.get("aria-label") for attributes in page.named("figure"))
    identifiers = [attributes["id"] for _tag, attributes in page.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))


def test_it_shows_the_figures(content: bytes, report: Report) -> None:
    text = Page(content).text
    for block in report.indicators:
        assert block.title in text
        assert re.sub(r"\s", " ", block.value.text) in text
        assert re.sub(r"\s", " ", block.required_text) in text
    assert re.sub(r"\s", " ", report.summary.paragraph) in text


def test_markup_in_texts_is_text() -> None:
    content = render_page(build_report(hostile(), language="en"))
    page = Page(content)
    assert page.named("script") == []
    assert "<script>alert(1)</script> {{ 7*7 }}" in page.text


def test_colours_have_enough_contrast(content: bytes) -> None:
    styles = content.decode()
    for theme in re.findall(r":root \{[^}]*--page[^}]*\}", styles):
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", theme))
        for ink, ground in (
            ("ink", "page"),
            ("soft", "page"),
            ("soft", "ground"),
            ("accent", "page"),
            ("accent", "ground"),
            ("on-accent", "accent"),
        ):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def contrast(first: str, second: str) -> float:
    """WCAG 2.2 contrast ratio."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_it_speaks_german() -> None:
    page = Page(render_page(build_report(scorecard(language="de"), language="de")))
    assert page.named("html") == [{"lang": "de"}]
    assert "Was zur nächsten Stufe fehlt" in page.text

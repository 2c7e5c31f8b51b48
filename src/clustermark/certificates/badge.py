"""The badge: a small SVG with the label, the level and the year, for web sites of holders."""

from __future__ import annotations

from html import escape

from clustermark.certificates.pdf import level_colour
from clustermark.certificates.record import DecisionRecord
from clustermark.ground.texts import Language, local, use_language
from clustermark.ground.texts import gettext as _
from clustermark.register.life import STATE_WORDS, State

MIN_WIDTH, MAX_WIDTH = 80, 1200
NOT_IN_FORCE = "#5f6770"
"""The colour of a badge that may not be shown at present."""
_WIDTH, _HEIGHT = 240, 96
_LETTER, _SMALLEST = 0.56, 7.5
"""The width of a letter for its size, rather more than less, and the smallest size that is read."""


def badge_svg(
    record: DecisionRecord, *, language: Language = "en", width: int = _WIDTH, state: State | None = None
) -> str:
    """The badge of a certificate, `width` pixels wide; the same record gives the same text.

    Where a `state` is given, the certificate may not be shown at present: the badge says so, and loses its colour.

    It is a picture of the award, not a proof: pages link it to the address at which the certificate is checked.
    Raises ValueError when `width` lies outside of 80 to 1,200.
    """
    with use_language(language):
        if not MIN_WIDTH <= width <= MAX_WIDTH:
            raise ValueError(
                _("A badge is {least} to {most} pixels wide.").format(least=MIN_WIDTH, most=MAX_WIDTH)
            )
        label, level = local(record.scheme.title), local(record.level_title)
        year = str(record.valid_from.year)
        until = _("valid until {month}/{year}").format(
            month=f"{record.valid_until.month:02}", year=record.valid_until.year
        )
        if state is not None:
            until = _(STATE_WORDS[state])
        title = _("{label}: {level}, {year}").format(label=label, level=level, year=year)
        about = _("Certificate {number} of {holder}").format(number=record.number, holder=record.holder.name)
    colour = level_colour(record.level) if state is None else NOT_IN_FORCE
    about = about if state is None else f"{about}: {until}"
    height = round(width * _HEIGHT / _WIDTH)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="title about" lang="{language}">'
        f'<title id="title">{escape(title)}</title><desc id="about">{escape(about)}</desc>'
        f'<rect x="1" y="1" width="238" height="94" rx="6" fill="#ffffff" stroke="{colour}" stroke-width="2"/>'
        f'<path d="M7 1H72V95H7A6 6 0 0 1 1 89V7A6 6 0 0 1 7 1Z" fill="{colour}"/>'
        f"{_medal()}"
        f"<g font-family=\"'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Arial, sans-serif\" fill=\"#1d2733\">"
        f"{_line(label, 27, 12.5, 148, weight=400)}"
        f"{_line(f'{level} · {year}', 55, 22, 148, weight=700, fill=colour)}"
        f"{_line(until, 78, 12.5, 148, weight=400, fill='#566270')}"
        "</g></svg>\n"
    )


def _medal() -> str:
    """A white medal with its ribbon, which says nothing that the words do not."""
    return (
        '<g fill="none" stroke="#ffffff" stroke-width="3" stroke-linejoin="round" aria-hidden="true">'
        '<path d="M27 54L22 78L36.500 70L51 78L46 54"/><circle cx="36.500" cy="38" r="19"/>'
        '<circle cx="36.500" cy="38" r="12" stroke-width="1.500"/></g>'
    )


def _line(text: str, y: float, size: float, most: float, *, weight: int, fill: str = "#1d2733") -> str:
    """One line from x = 82: smaller when wider than `most`, and pressed together when that is not enough."""
    widest = len(text) * _LETTER
    size = max(_SMALLEST, min(size, round(most / widest, 1)))
    pressed = f' textLength="{most:g}" lengthAdjust="spacingAndGlyphs"' if widest * size > most else ""
    return (
        f'<text x="82" y="{y:g}" font-size="{size:g}" font-weight="{weight}" fill="{fill}"{pressed}>'
        f"{escape(text)}</text>"
    )

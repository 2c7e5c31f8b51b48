"""The draft of a release: the founding text's figures in three languages, each leading to its computation."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from tools.make_announcement_template import build as build_template

from clustermark.analysis.disclosure import Cell, Figures, Policy
from clustermark.analysis.disclosure.figures import hidden
from clustermark.analysis.peers import PeerReport
from clustermark.analysis.peers.report import Comparison
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import LANGUAGES, Language, date_text, use_language
from clustermark.register.entries import Register, read_register
from clustermark.reports.announcement import build_announcement
from clustermark.reports.announcement_case import CaseIndicator, DecidedCase, case_of
from clustermark.reports.announcement_model import Announcement
from clustermark.reports.announcement_page import announcement_page
from clustermark.reports.announcement_word import announcement_word
from clustermark.reports.announcement_words import at_least, awarded_lately, days_text, nth, nth_certificate
from clustermark.schemes.scheme import Scheme
from tests.builders import ROOT
from tests.register.material import act, certificate, register
from tests.reports.cards import scorecard

DAY = date(2017, 11, 15)
SILVER = "RU-201711-001"


@cache
def seeded() -> Register:
    return read_register(
        (ROOT / "examples/register/synthetic-2017.json").read_bytes(), file="synthetic-2017.json"
    )


@cache
def case() -> DecidedCase:
    return DecidedCase.model_validate_json((ROOT / "examples/register/synthetic-2017-case.json").read_bytes())


@cache
def draft(language: Language) -> Announcement:
    return build_announcement(case(), seeded(), SILVER, as_of=DAY, language=language)


def words(announcement: Announcement) -> str:
    """The text without the numbers of figures and with plain spaces."""
    return re.sub(r"\s+", " ", re.sub(r" \[\d+\]", "", announcement.text()))


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            [
                "On 24–26 October 2017, independent experts visited Oka Valley Pharma Cluster",
                "They rated 30 key indicators",
                "More than 70 % of them are significantly above the required values.",
                "It is the 9th silver certificate in Europe in the sector «Health and medical science», and the first in its country (Russia).",
                "Since 2008, more than 750 clusters have been assessed",
                "In the two years up to the decision, 5 bronze certificates were awarded in this country.",
            ],
        ),
        (
            "ru",
            [
                "24–26 октября 2017 года независимые эксперты посетили кластер «Oka Valley Pharma Cluster»",
                "Оценено 30 ключевых показателей",
                "Более 70 % из них значительно выше требуемых значений.",
                "Это 9-й серебряный сертификат в Европе в отрасли «Здравоохранение и медицинская наука» и первый в своей стране (Россия).",
                "С 2008 года по этой методике оценено более 750 кластеров.",
                "За два года до решения включительно в этой стране присвоено 5 бронзовых сертификатов.",
            ],
        ),
        (
            "de",
            [
                "Vom 24.–26. Oktober 2017 besuchten unabhängige Fachleute den Cluster „Oka Valley Pharma Cluster“",
                "Sie bewerteten 30 Schlüsselindikatoren",
                "Mehr als 70 % davon liegen deutlich über den geforderten Werten.",
                "Es ist das 9. silberne Zertifikat in Europa in der Branche „Gesundheit und Medizin“ und das erste in seinem Land (Russland).",
                "Seit 2008 wurden mehr als 750 Cluster nach dieser Methode bewertet.",
                "In den zwei Jahren bis zur Entscheidung wurden in diesem Land 5 bronzene Zertifikate verliehen.",
            ],
        ),
    ],
)
def test_the_draft_carries_the_figures_of_the_founding_text(language: Language, says: list[str]) -> None:
    text = words(draft(language))
    for sentence in says:
        assert sentence in text
    assert ".." not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_leads_to_the_rows_that_it_is_counted_from(language: Language) -> None:
    made = draft(language)
    figures = {figure.key: figure for figure in made.figures}
    told = [piece.figure for paragraph in made.paragraphs for piece in paragraph if piece.figure]
    assert told == [figure.number for figure in made.figures] == list(range(1, 9))
    assert len(figures["indicators"].rows) == 30
    assert (len(figures["share_above"].rows), figures["share_above"].exact[:4]) == (
        23,
        "76.7" if language == "en" else "76,7",
    )
    assert [row[0] for row in figures["place_in_sector"].rows][-1] == SILVER
    assert len(figures["place_in_sector"].rows) == 9
    assert [row[0] for row in figures["place_in_country"].rows] == [SILVER]
    assert len(figures["assessed"].rows) == int(figures["assessed"].exact) > 750
    lately = [
        date(2016, 2, 16), date(2016, 6, 7), date(2016, 10, 4), date(2017, 3, 14), date(2017, 6, 20),
    ]  # fmt: skip
    with use_language(language):
        assert [row[4] for row in figures["lately"].rows] == [date_text(day) for day in lately]
    level, words = {
        "en": ("Silver", "level: Silver"),
        "ru": ("Серебро", "уровень: Серебро"),
        "de": ("Silber", "Stufe: Silber"),
    }[language]
    assert {row[3] for row in figures["place_in_sector"].rows} == {level}
    assert words in figures["place_in_sector"].definition
    assert all(figure.definition for figure in made.figures)


def test_quotes_are_gaps_and_what_is_not_official_says_so() -> None:
    made = draft("en")
    gaps = [piece.text for paragraph in made.paragraphs for piece in paragraph if piece.gap]
    assert len(gaps) == 4
    assert gaps[0].startswith("[Quote of the head")
    assert made.notices[0].startswith("Synthetic register with the shape of 2017: Synthetic sample")
    assert "not endorsed" in made.notices[1].casefold()


def test_the_page_links_figures_and_escapes_names() -> None:
    evil = case().model_copy(update={"cluster": "<script>alert(1)</script> {x}"})
    made = build_announcement(evil, seeded(), SILVER, as_of=DAY, language="en")
    page = announcement_page(made).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {x}" in page
    links, targets = re.findall(r'href="#(figure-\d+)"', page), re.findall(r'section id="(figure-\d+)"', page)
    assert sorted(links) == sorted(targets) == sorted(f"figure-{n}" for n in range(1, 9))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_document_links_figures_and_is_steady(language: Language) -> None:
    made = draft(language)
    data = announcement_word(made, as_of=DAY)
    assert data == announcement_word(made, as_of=DAY)
    body: Any = docx.Document(BytesIO(data)).element.body
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    anchors = [link.get(f"{space}anchor") for link in body.iter(f"{space}hyperlink")]
    marks = [mark.get(f"{space}name") for mark in body.iter(f"{space}bookmarkStart")]
    assert anchors == marks == [f"figure_{n}" for n in range(1, 9)]
    text = "".join(node.text or "" for node in body.iter(f"{space}t"))
    assert made.title in text


def test_a_name_with_a_control_character_cannot_pose_as_a_figure() -> None:
    """Tokens of figures are control characters, which no name can have."""
    with use_language("en"):
        named = DecidedCase.model_validate_json(
            case().model_dump_json().replace("Oka Valley", "\\u00001\\u0000")
        )
    assert "\x00" not in named.cluster


def test_shared_and_uncertain_places_are_told() -> None:
    gaps = register(
        certificate("A"),
        certificate("B", country="DE"),
        certificate("C", decided_on=None, valid_from=None, valid_until=None, year=2017),
        certificate(
            "D", level="bronze", country="DE", decided_on=date(2014, 1, 1), valid_from=None, valid_until=None
        ),
    )
    text = words(build_announcement(case(), gaps, "A", as_of=DAY, language="en"))
    assert "the first silver certificate in Europe" in text
    assert "1 other holder was awarded on the same day and shares the place." in text
    assert "The date of 1 award is not known; it could change the place." in text
    assert "Since 2014, 4 clusters have been assessed" in text
    assert "two years" not in text


def test_without_dates_and_sector_nothing_is_made_up() -> None:
    bare = register(certificate("A", sector=None, decided_on=None, valid_from=None, valid_until=None))
    low = case().model_copy(update={"indicators": [CaseIndicator(code="1", title={"en": "One"}, above=None)]})
    text = words(build_announcement(low, bare, "A", as_of=DAY, language="en"))
    assert "The certificate has the number A." in text
    assert "They rated 1 key indicator by" in text
    assert "significantly" not in text
    assert "It is the" not in text


def test_a_share_is_never_rounded_up() -> None:
    def told(above: int, of: int) -> str:
        items = [CaseIndicator(code=str(n), title={"en": "x"}, above=n < above) for n in range(of)]
        made = case().model_copy(update={"indicators": items})
        text = words(build_announcement(made, seeded(), SILVER, as_of=DAY, language="en"))
        return text[text.index("Silver». ") + 9 :].split(" significantly")[0]

    assert told(21, 30) == "70 % of them are"
    assert told(22, 30) == "More than 70 % of them are"
    assert told(30, 30) == "100 % of them are"
    assert told(1, 30) == "3.3 % of them are"


def test_a_withdrawn_or_unknown_certificate_is_not_announced() -> None:
    with pytest.raises(ProblemsError):
        build_announcement(case(), seeded(), SILVER, as_of=date(2017, 11, 14), language="en")
    gone = seeded().model_copy(update={"acts": [*seeded().acts, act("withdraw", DAY, SILVER)]})
    with pytest.raises(ProblemsError) as error:
        build_announcement(case(), gone, SILVER, as_of=DAY, language="en")
    assert error.value.problems[0].code == "not-in-force"


def test_a_case_is_made_from_a_scorecard_of_the_same_scheme() -> None:
    card = scorecard()
    scheme = Scheme.load("ecei-silver-2017").document
    days = {"visited_from": date(2025, 10, 24), "visited_to": date(2025, 10, 26)}
    if card.scheme_digest != Scheme.load("ecei-silver-2017").digest:
        with pytest.raises(ProblemsError):
            case_of(card, scheme, **days)
        return
    made = case_of(card, scheme, **days)
    assert len(made.indicators) == sum(item.scored for item in card.indicators)
    assert made.share_above == card.significantly_above.share


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        (
            "en",
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "101st", "111th", "1,002nd"],
        ),
        (
            "ru",
            [
                "1-й",
                "2-й",
                "3-й",
                "4-й",
                "11-й",
                "12-й",
                "13-й",
                "21-й",
                "22-й",
                "101-й",
                "111-й",
                "1\u00a0002-й",
            ],
        ),
        ("de", ["1.", "2.", "3.", "4.", "11.", "12.", "13.", "21.", "22.", "101.", "111.", "1.002."]),
    ],
)
def test_ordinals(language: Language, forms: list[str]) -> None:
    with use_language(language):
        assert [nth(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111, 1002)] == forms


def test_english_ordinals_are_those_of_cldr() -> None:
    from babel import Locale  # noqa: PLC0415 - loads slowly

    ends = {"one": "st", "two": "nd", "few": "rd", "other": "th"}
    locale = Locale("en")
    assert all(nth(n)[-2:] == ends[locale.ordinal_form(n)] for n in range(1, 1200))


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (1, "присвоен 1 бронзовый сертификат."),
        (2, "присвоено 2 бронзовых сертификата."),
        (5, "присвоено 5 бронзовых сертификатов."),
        (21, "присвоен 21 бронзовый сертификат."),
    ],
)
def test_russian_counts_certificates(count: int, says: str) -> None:
    with use_language("ru"):
        told = awarded_lately("bronze", count, shown=str(count))
        assert told is not None
        assert told.endswith(says)
        assert nth_certificate("gold", "2-й") == "2-й золотой сертификат"


def test_spans_of_days_and_round_numbers() -> None:
    days = [(date(2017, 10, 24), date(2017, 10, 26)), (date(2017, 10, 31), date(2017, 11, 2)), (DAY, DAY)]
    assert [days_text(*span) for span in days] == [
        "24–26 October 2017",
        "31 October 2017 – 2 November 2017",
        "15 November 2017",
    ]
    assert [at_least(n) for n in (9, 19, 20, 21, 99, 100, 101, 150, 151, 792)] == [
        0,
        0,
        10,
        20,
        90,
        50,
        100,
        100,
        150,
        750,
    ]


def told(code: str, direction: str, own: str | None, median: tuple[str, str | None] | None) -> Comparison:
    """An indicator of which the gate told this median of peers and leaders, or nothing."""
    cell: Any = (
        hidden("withheld")
        if median is None
        else Cell.model_validate({"from": Decimal(median[0]), "to": median[1] and Decimal(median[1])})
    )
    figures = Figures(
        variable=code,
        group="sector=health",
        n=None if median is None else 12,
        median=cell,
        lower_quartile=cell,
        upper_quartile=cell,
        mean=cell,
        histogram=hidden("few_for_quartiles"),
    )
    return Comparison(
        code=code,
        kind="indicator",
        title=f"Indicator {code}",
        unit="%",
        direction=direction,  # type: ignore[arg-type] # up or down
        own=None if own is None else Decimal(own),
        group_title="sector health",
        peers=figures,
        withheld_groups=[],
        position=hidden("no_value"),
        leaders=figures if code == "A" else None,
    )


def benchmark_of_case(digest: str) -> PeerReport:
    """Above, in the range, at its upper end, better where less is better, no upper end, hidden, no own value."""
    return PeerReport(
        cluster="0",
        edition=2017,
        synthetic=True,
        scheme="ecei-silver-2017",
        scheme_digest=digest,
        policy=Policy(),
        ladder=["sector=health"],
        comparisons=[
            told("A", "up", "40", ("20", "30")),
            told("B", "up", "29.5", ("20", "30")),
            told("C", "up", "30", ("20", "30")),
            told("D", "down", "19", ("20", "30")),
            told("E", "down", "20", ("20", "30")),
            told("F", "up", "900", ("20", None)),
            told("G", "up", "900", None),
            told("H", "up", None, ("20", "30")),
        ],
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_peers_are_those_that_the_gate_told(language: Language) -> None:
    peers = benchmark_of_case(case().scheme_digest)
    made = build_announcement(case(), seeded(), SILVER, as_of=DAY, language=language, peers=peers)
    figures = {figure.key: figure for figure in made.figures}
    assert [(row[0], row[4].partition(", ")[2]) for row in figures["peers"].rows] == [
        (code, "n = 12") for code in "ABCDEF"
    ]
    assert [row[0] for row in figures["peers"].rows if row[2] == figures["peers"].rows[0][2]] == [
        "A",
        "C",
        "D",
    ]
    assert re.findall(r"\d+", figures["peers"].shown) == ["3", "6"]
    assert re.findall(r"\d+", figures["leaders"].shown) == ["1", "1"]
    # no value of the cluster itself is told: its points are shown with its consent alone
    assert not {"40", "29.5", "29,5", "19", "900"} & {cell for row in figures["peers"].rows for cell in row}
    assert "in_force" in figures  # the certificates in force are a figure of their own
    page = announcement_page(made).decode()
    assert page.count('href="#figure-') == len(made.figures)


def test_peers_of_another_scheme_are_refused() -> None:
    peers = benchmark_of_case("sha256:" + "0" * 64)
    with pytest.raises(ProblemsError, match="another version"):
        build_announcement(case(), seeded(), SILVER, as_of=DAY, language="en", peers=peers)


def filled(tmp_path: Path, *paragraphs: str) -> bytes:
    """The draft in a template of these paragraphs."""
    template = docx.Document()
    for paragraph in paragraphs:
        template.add_paragraph(paragraph)
    template.save(str(tmp_path / "own.docx"))
    return announcement_word(draft("en"), as_of=DAY, template=tmp_path / "own.docx")


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    data = filled(
        tmp_path, "{{ title }}", "{%p for paragraph in paragraphs %}", "{{ paragraph.text }}", "{%p endfor %}"
    )
    texts = [one.text for one in docx.Document(BytesIO(data)).paragraphs]
    assert texts[0] == draft("en").title
    assert [text for text in texts if text.startswith("[")] == [
        piece.text for paragraph in draft("en").paragraphs for piece in paragraph if piece.gap
    ]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ nothing }}",
        "{{ title.__class__ }}",
        "{{ paragraphs[0].runs._pieces }}",
        "{{ figures[0].heading.__init__.__globals__ }}",
        "{% for x in %}",
        "{{ ''.__class__.__mro__ }}",
    ],
)
def test_templates_run_in_a_sandbox(tmp_path: Path, tag: str) -> None:
    with pytest.raises(ProblemsError):
        filled(tmp_path, tag)


def test_quotes_are_fields_to_type_into_and_names_stay_text() -> None:
    evil = case().model_copy(update={"cluster": "A & B </w:t><w:br/> {{ title }}"})
    made = build_announcement(evil, seeded(), SILVER, as_of=DAY, language="en")
    body: Any = docx.Document(BytesIO(announcement_word(made, as_of=DAY))).element.body
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    text = "".join(node.text or "" for node in body.iter(f"{space}t"))
    assert "visited A & B </w:t><w:br/> {{ title }} to audit" in text
    fields = [
        "".join(node.text or "" for node in field.iter(f"{space}t")) for field in body.iter(f"{space}sdt")
    ]
    assert fields == [piece.text for paragraph in made.paragraphs for piece in paragraph if piece.gap]
    assert all(
        field.find(f".//{space}highlight").get(f"{space}val") == "yellow"
        for field in body.iter(f"{space}sdt")
    )


def test_the_shipped_template_is_the_one_that_is_made() -> None:
    made = (ROOT / "src/clustermark/reports/templates/announcement.docx").read_bytes()
    assert made == build_template()

"""A scorecard made by hand with everything a report can show; no engine and no dossier behind it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from clustermark.scoring.scorecard import (
    ChecklistPoint,
    Condition,
    DimensionScore,
    EvidenceItem,
    FactValue,
    GateResult,
    IndicatorScore,
    LevelResult,
    MarginStatistic,
    Provenance,
    ProvenanceOf,
    Scorecard,
    Statement,
)

AS_OF = date(2026, 10, 31)
EXAMPLE = [
    ProvenanceOf(of="title", mark="reported", source="Indicator list of 2013"),
    ProvenanceOf(of="all", mark="example", source="This project"),
]

# code, title, unit, bands, required, minimum, value; a down-scale has falling bands
ROWS: list[tuple[str, str, str, list[int], int, bool, str | None]] = [
    ("1.1.1", "Composition of participants", "of 6", [1, 2, 3, 4, 6], 3, True, "5"),
    ("1.1.2", "Number of committed participants", "", [15, 20, 30, 50, 80], 15, True, "57"),
    ("1.2", "Geographical concentration", "%", [40, 50, 60, 70, 80], 50, False, "78.9474"),
    ("2.1", "Maturity of the cluster management", "years", [1, 2, 3, 4, 6], 2, True, "7"),
    ("2.2.1", "Human resources available", "participants per FTE", [60, 50, 40, 30, 20], 50, False, "11.4"),
    ("2.2.2", "Qualification of the team", "%", [20, 40, 55, 70, 85], 40, True, "64"),
    ("2.2.3", "Lifelong learning of the team", "days per FTE", [1, 2, 3, 4, 6], 2, False, "3.4"),
    ("2.2.4", "Stability and continuity of the team", "%", [20, 40, 55, 70, 85], 40, False, "80"),
    ("2.3", "Stability of participation", "%", [20, 12, 8, 5, 3], 12, False, "4.7619"),
    ("2.4", "Clarity of roles, stakeholders in decisions", "of 5", [1, 2, 3, 4, 5], 3, True, "4"),
    ("2.5", "Direct personal contacts", "%", [20, 35, 50, 65, 80], 35, True, "35"),
    ("2.6", "Degree of cooperation", "%", [15, 25, 35, 50, 65], 25, True, "54.386"),
    ("2.7", "Integration in the innovation system", "agreements", [1, 2, 4, 6, 9], 2, True, "6"),
    ("3.1", "Prospects of the financial resources", "months", [6, 12, 18, 24, 36], 12, False, "10.5"),
    ("3.2", "Share of private resources", "%", [10, 20, 30, 40, 50], 20, False, "31.25"),
    ("4.1.1", "Strategy building process", "of 5", [1, 2, 3, 4, 5], 2, True, "4"),
    ("4.1.2", "Documentation of the strategy", "of 5", [1, 2, 3, 4, 5], 3, True, "4"),
    ("4.1.3", "Implementation plan", "of 5", [1, 2, 3, 4, 5], 3, True, "2"),
    ("4.1.4", "Financial controlling system", "of 5", [1, 2, 3, 4, 5], 2, True, "3"),
    ("4.1.5", "Review of strategy and plan", "months", [48, 36, 24, 18, 12], 36, True, "9"),
    ("4.1.6", "Performance monitoring of the management", "indicators", [2, 4, 6, 9, 12], 4, True, "10"),
    ("4.2", "Focus of the strategy", "of 5", [1, 2, 3, 4, 5], 2, False, "3"),
    ("4.3", "Activities and services", "of 8", [2, 3, 4, 5, 7], 3, True, "6"),
    ("4.4", "Performance of the cluster management", "%", [40, 55, 70, 85, 95], 55, True, "86.3636"),
    ("4.5", "Working groups", "%", [10, 20, 30, 40, 55], 20, False, "42.1053"),
    ("4.6.1", "Communication of the organisation", "of 8", [2, 3, 4, 6, 8], 3, True, "7"),
    ("4.6.2", "Web presence", "of 10", [3, 5, 6, 8, 10], 5, True, "8"),
    ("5.1", "Recognition in publications, press, media", "mentions", [3, 6, 12, 24, 48], 6, False, "26"),
    ("5.2", "Success stories", "of 36", [9, 15, 21, 27, 33], 15, False, None),
    ("5.3", "Satisfaction of participants and customers", "points", [40, 55, 65, 75, 85], 55, False, "77.25"),
]
DIMENSIONS = {
    "1": "Structure of the cluster",
    "2": "Typology, governance, cooperation",
    "3": "Financing",
    "4": "Strategy, objectives, services",
    "5": "Achievements and recognition",
}


def band(value: Decimal | None, bands: list[int]) -> int:
    """Bands passed, counted one by one."""
    if value is None:
        return 0
    up = bands[-1] > bands[0]
    return sum(value >= edge if up else value <= edge for edge in bands)


def indicator(row: tuple[str, str, str, list[int], int, bool, str | None], **changes: Any) -> IndicatorScore:
    """One indicator of the made-up scheme; `changes` replaces fields."""
    code, title, unit, bands, required, minimum, text = row
    value = None if text is None else Decimal(text)
    direction: Literal["up", "down"] = "up" if bands[-1] > bands[0] else "down"
    reached, needed = band(value, bands), band(Decimal(required), bands)
    rated = unit == "of 5"
    fields: dict[str, Any] = {
        "code": code,
        "title": title,
        "dimension": code[0],
        "scale": "rubric" if rated else "measure",
        "value": value,
        "unit": unit,
        "value_from": "none" if value is None else "consensus" if rated else "records",
        "direction": direction,
        "bands": [Decimal(edge) for edge in bands],
        "band": reached,
        "band_words": "Roles are written down, known to all and reviewed each year." if rated else None,
        "points": Decimal(reached),
        "max_points": Decimal(5),
        "scored": True,
        "required": Decimal(required),
        "excellence": Decimal(bands[3]),
        "minimum": minimum,
        "required_met": value is not None and reached >= needed,
        "margin": reached - needed,
        "significantly_above": reached > needed,
        "evidenced": value is not None,
        "evidence": [
            EvidenceItem(
                evidence_id=f"E-{code}",
                title=f"Papers on {title.lower()}",
                kind="report",
                file=f"evidence/{code}.pdf",
                own_date=date(2026, 3, 14),
                received_on=date(2026, 9, 1),
                page="2–4",
            )
        ],
        "evidence_wanted": ["signed commitments", "participant list"],
        "statements": _statements(reached) if rated else [],
        "facts": [
            FactValue(fact="committed", title="Committed participants", value=Decimal(57)),
            FactValue(fact="waived", title="Recognised by a national programme", value=False),
        ],
        "checklist": [],
        "formula": None if rated else "100 * contacted / committed",
        "formula_with_numbers": None if rated else f"100 * 45 / 57 = {text}",
        "next_edge": Decimal(bands[reached]) if reached < 5 else None,
        "explanation": f"The value lies in band {reached}; the required value lies in band {needed}.",
        "advice": f"Look after “{title}” in the next plan: name an owner, a date and a budget.",
        "origin": EXAMPLE,
    }
    return IndicatorScore(**(fields | changes))


def _statements(reached: int) -> list[Statement]:
    return [
        Statement(view="claim", rating=5, reason="The statutes name every role.", evidence=["E-2.4"]),
        Statement(
            view="expert",
            rater="A. Weber",
            rating=min(reached + 1, 5),
            reason="Roles are clear; minutes show that members take part in decisions.",
            rated_on=date(2026, 10, 20),
        ),
        Statement(
            view="expert",
            rater="B. Lindqvist",
            rating=reached - 1,
            reason="The board met twice only, and one seat was vacant for a year.",
            recommendation="Fill the vacant seat.",
            rated_on=date(2026, 10, 21),
        ),
        Statement(
            view="consensus",
            rating=reached,
            reason="Roles are clear and lived; the vacant seat weighs less than the one expert first held.",
            recommendation="Fill the vacant seat before the next review, and minute who decided what.",
            evidence=["E-2.4", "E-4.1.2"],
            rated_on=date(2026, 10, 22),
        ),
    ]


def gate_indicator() -> IndicatorScore:
    """1.1.0: a minimum requirement without bands or points."""
    return indicator(
        ("1.1.0", "Commitment of participants", "%", [20, 40, 60, 80, 100], 60, True, "90.4762"),
        bands=[],
        band=None,
        points=Decimal(0),
        max_points=Decimal(0),
        scored=False,
        excellence=None,
        required_met=True,
        margin=None,
        significantly_above=False,
        next_edge=None,
    )


def scorecard(*, language: Literal["en", "ru", "de"] = "en", **changes: Any) -> Scorecard:
    """31 indicators: 4.1.3 missed, 5.2 not evidenced, 3.1 below; `changes` replaces fields."""
    indicators = [gate_indicator(), *(indicator(row) for row in ROWS)]
    indicators[1] = indicators[1].model_copy(
        update={
            "scale": "checklist",
            "checklist": [
                ChecklistPoint(item="smes", title="Small and medium-sized companies are present", holds=True),
                ChecklistPoint(item="finance", title="A finance or innovation intermediary", holds=False),
                ChecklistPoint(item="public", title="A public body", holds=None),
            ],
        }
    )
    scored = [item for item in indicators if item.scored]
    above = sum(item.significantly_above for item in scored)
    missed = [item.code for item in indicators if item.minimum and not item.required_met]
    fields: dict[str, Any] = {
        "language": language,
        "cluster": "Oka Valley Pharma",
        "sector": "Health and medical science",
        "country": "RU",
        "scheme": "ecei-silver-2017",
        "scheme_title": "Silver label: dedicated to cluster excellence",
        "scheme_version": "1.0.0",
        "scheme_digest": "sha256:" + "a1b2c3d4" * 8,
        "dossier_digest": "sha256:" + "0f1e2d3c" * 8,
        "dossier_frozen": True,
        "view": "consensus",
        "as_of": AS_OF,
        "points": Decimal(sum(item.points for item in scored)),
        "max_points": Decimal(150),
        "level": "bronze",
        "level_title": "Bronze",
        "next_level": "silver",
        "levels": _levels(missed),
        "gates": [
            GateResult(
                gate="improvements",
                title="Three areas of improvement validated on site",
                met=False,
                explanation="2 of 3 areas of improvement are validated.",
                supply="The record of validation of one more area of improvement.",
                facts=[FactValue(fact="validated", title="Areas validated", value=Decimal(2))],
                origin=EXAMPLE,
            ),
            GateResult(
                gate="profile",
                title="Profile on the European platform",
                met=True,
                explanation="The profile was published on 2025-02-03.",
                facts=[FactValue(fact="published", title="Profile published", value=True)],
                origin=[ProvenanceOf(of="all", mark="established", source="Secretariat, 2019")],
            ),
        ],
        "indicators": indicators,
        "minimums_missed": missed,
        "significantly_above": MarginStatistic(
            count=above, of=30, share=(Decimal(100 * above) / 30).quantize(Decimal("0.1"))
        ),
        "dimensions": [
            DimensionScore(
                code=code,
                title=title,
                points=Decimal(sum(item.points for item in scored if item.dimension == code)),
                max_points=Decimal(5 * sum(item.dimension == code for item in scored)),
                indicators=sum(item.dimension == code for item in scored),
                significantly_above=sum(
                    item.significantly_above for item in scored if item.dimension == code
                ),
            )
            for code, title in DIMENSIONS.items()
        ],
        "valid_until": date(2028, 10, 31),
        "provenance": Provenance(
            endorsed=False,
            notice="Values marked as examples are to be replaced by those of the owner of the scheme.",
            example_values=212,
            owner="European Secretariat for Cluster Analysis",
        ),
    }
    return Scorecard(**(fields | changes))


def _levels(missed: list[str]) -> list[LevelResult]:
    benchmark = Condition(
        rule="benchmarked",
        title="A benchmarking interview was held",
        met=True,
        explanation="Held on 2025-01-20.",
    )
    minimums = Condition(
        rule="minimums_met",
        title="Every minimum requirement is met",
        met=not missed,
        explanation=f"Missed: {', '.join(missed)}." if missed else "None is missed.",
    )
    improvements = Condition(
        rule="improvements_validated >= 3",
        title="At least three areas of improvement are validated",
        met=None,
        explanation="The result of one area is not stated.",
    )
    return [
        LevelResult(level="bronze", title="Bronze", reached=True, met=[benchmark], missed=[], origin=EXAMPLE),
        LevelResult(
            level="silver",
            title="Silver",
            reached=False,
            met=[benchmark],
            missed=[minimums, improvements],
            origin=EXAMPLE,
        ),
    ]


HOSTILE = '#panic("x") $x$ *b* _i_ @ref <script>alert(1)</script> {{ 7*7 }} {% for %} =1+1'
"""Text that means something to typst, HTML, Jinja and Excel, and must be text to all of them."""

FOREIGN = "שלום עולם · مرحبا · 日本語 · 🏭 · \u202eevil\u202c · null\x00byte"
"""Scripts from right to left, characters without a glyph, direction overrides, a control character."""


def hostile() -> Scorecard:
    """A scorecard with hostile and foreign texts wherever a dossier can put its own words."""
    card = scorecard(cluster=HOSTILE)
    long_word = "Donaudampfschifffahrtsgesellschaft" * 12
    rated = card.indicator("2.4")
    statements = [
        rated.statements[0].model_copy(update={"reason": HOSTILE, "rater": HOSTILE}),
        rated.statements[1].model_copy(update={"reason": FOREIGN, "rater": "=1+1"}),
        rated.statements[3].model_copy(update={"reason": long_word, "recommendation": "=1+1\n@SUM(A1)"}),
    ]
    evidence = [rated.evidence[0].model_copy(update={"title": HOSTILE, "file": f"evidence/{long_word}.pdf"})]
    changed = rated.model_copy(
        update={"statements": statements, "evidence": evidence, "explanation": HOSTILE, "title": HOSTILE}
    )
    indicators = [changed if item.code == "2.4" else item for item in card.indicators]
    return card.model_copy(update={"indicators": indicators})

"""The sheets of a scheme workbook, in the order in which a person fills them."""

from __future__ import annotations

from clustermark.ground.texts import mark as _
from clustermark.schemes.workbook.layout import Field, Shape, Sheet


def _texts(name: str, meaning: str, *, shape: Shape = "texts", width: int = 34) -> Field:
    return Field(name=name, help=meaning, shape=shape, width=width)


def _word(
    name: str, meaning: str, *, choices: tuple[str, ...] = (), choices_from: str | None = None
) -> Field:
    return Field(name=name, help=meaning, kind="word", choices=choices, choices_from=choices_from, width=18)


def _whole(name: str, meaning: str) -> Field:
    return Field(name=name, help=meaning, kind="whole", width=11)


def _yes(name: str, meaning: str) -> Field:
    return Field(name=name, help=meaning, kind="yes", choices=("yes", "no"), width=11)


def _origin(*usual: str) -> Field:
    # the columns that are always there; a record with the origin of another field adds its own
    return Field(name="origin", help="", shape="origin", choices=usual)


_TITLE = _texts("title", _("name shown to people"))

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        name="Scheme",
        path=(),
        form="single",
        help=_("What the scheme is, whose it is, and what it extends."),
        always=True,
        fields=(
            _word("scheme", _("id of the scheme: lower case letters, digits, hyphen")),
            _word("version", _("version, such as 2017.1")),
            _TITLE,
            _texts("summary", _("what the scheme is about, in a few sentences")),
            Field(name="owner.name", help=_("who owns the scheme")),
            Field(name="owner.url", help=_("the owner's page")),
            _yes("owner.endorsed", _("has the owner endorsed this file? (no if empty)")),
            _texts("notice", _("what readers must know: who has endorsed it, what is an example")),
            Field(name="languages", help=_("languages of every text, with commas: en, ru, de"), kind="words"),
            _word("extends.scheme", _("the scheme whose indicators are taken; empty if none")),
            _word("extends.digest", _("its digest, sha256:…")),
            Field(name="extends.drop", help=_("codes of its indicators left out, with commas"), kind="words"),
        ),
    ),
    Sheet(
        name="Changes",
        path=("extends", "changes"),
        form="list",
        help=_("Every change to an indicator of the scheme that is extended, with its reason."),
        fields=(
            _word("indicator", _("code of the indicator that is changed")),
            Field(name="set", help=_("new values as in the file, e.g. required: 40"), kind="yaml", width=44),
            _texts("reason", _("why")),
        ),
    ),
    Sheet(
        name="Sources",
        path=("sources",),
        form="mapping",
        key="id",
        always=True,
        help=_("Where numbers come from; origins refer to the id."),
        fields=(
            Field(name="title", help=_("what it is"), width=60),
            Field(name="url", help=_("where it is found"), width=44),
            Field(name="as_of", help=_("year or date of what was read")),
        ),
    ),
    Sheet(
        name="Units",
        path=("units",),
        form="mapping",
        key="name",
        help=_("Units of measure."),
        fields=(_texts("symbol", _("short sign beside numbers"), width=16), _texts("title", _("in words"))),
    ),
    Sheet(
        name="Dimensions",
        path=("dimensions",),
        form="list",
        help=_("Groups of indicators."),
        fields=(_word("code", _("code of the dimension")), _TITLE),
    ),
    Sheet(
        name="Facts",
        path=("facts",),
        form="mapping",
        key="name",
        help=_("Numbers aggregated from the dossier; measures and rules use their names."),
        fields=(
            _word("from", _("table or standard view of the dossier")),
            Field(name="value", help=_("one aggregate, e.g. count(*) filter (where committed)"), width=60),
            _TITLE,
        ),
    ),
    Sheet(
        name="Indicators",
        path=("indicators",),
        form="list",
        help=_("One row an indicator. Exactly one scale: a measure, a rubric, or a checklist."),
        fields=(
            _word("code", _("code, stored as text")),
            _TITLE,
            _word("dimension", _("code of its dimension"), choices_from="Dimensions"),
            _word("scale", _("measure, rubric or checklist"), choices=("measure", "rubric", "checklist")),
            Field(name="measure", help=_("formula over facts, e.g. 100 * contacted / committed"), width=40),
            _word("unit", _("name of a unit"), choices_from="Units"),
            _whole("decimals", _("decimals of the value (4 if empty)")),
            _word("direction", _("up: more is better (if empty); down: less is"), choices=("up", "down")),
            Field(name="bands", help=_("edge of the band"), shape="numbers"),
            Field(name="points", help=_("points of the band (its number if empty)"), shape="numbers"),
            _yes("scored", _("does it give points? (yes if empty)")),
            Field(name="required", help=_("required value"), kind="number", width=11),
            _yes("minimum", _("does a missed required value block the level? (no if empty)")),
            _texts("counts", _("what counts and what does not")),
            _texts("evidence", _("documents asked for, one a line"), shape="lines"),
            _texts("advice", _("how to get better")),
            _texts("rubric", _("what this rating means"), shape="rubric"),
            Field(name="check", help=_("figure that informs a rating, e.g. 100 * done / planned"), width=30),
            _origin("all", "code", "measure", "bands", "required", "minimum"),
        ),
    ),
    Sheet(
        name="Checklists",
        path=("indicators",),
        form="checklist",
        help=_("The points of checklists, in order, each with the code of its indicator."),
        fields=(
            _word("indicator", _("code of the indicator"), choices_from="Indicators"),
            _word("item", _("name of the point: lower case letters, digits, underscore")),
            _TITLE,
            Field(name="when", help=_("condition over facts, e.g. smes >= 1"), width=44),
        ),
    ),
    Sheet(
        name="Gates",
        path=("gates",),
        form="list",
        help=_("Conditions with a name; they give no points."),
        fields=(
            _word("gate", _("name used in rules")),
            _TITLE,
            Field(name="when", help=_("the rule"), kind="rule", width=50),
            _texts("supply", _("what to supply when it fails")),
            _origin("all"),
        ),
    ),
    Sheet(
        name="Levels",
        path=("levels",),
        form="list",
        always=True,
        help=_("Levels of the label, lowest first."),
        fields=(
            _word("level", _("name used in rules")),
            _TITLE,
            Field(name="when", help=_("the rule"), kind="rule", width=50),
            _origin("all"),
        ),
    ),
    Sheet(
        name="Validity",
        path=("validity",),
        form="single",
        help=_("How long an award is valid."),
        fields=(
            _whole("first_years", _("years of a first award")),
            _whole("renewal_years", _("years a renewal adds")),
            _whole("renewal_grace_months", _("months after the end in which it can still be renewed")),
            _word("renewal_adds_to", _("what a renewal is added to"), choices=("previous_end", "decision")),
            _word("starts", _("where the time starts"), choices=("assessment", "decision")),
            _word("ends", _("on which day it ends"), choices=("month_end", "same_day", "year_end")),
            Field(
                name="earlier",
                help=_(
                    'renewals in earlier years as in the file, e.g. - {before: "2018-01-01", renewal_years: 2}'
                ),
                kind="yaml",
                width=44,
            ),
            _texts("note", _("remark")),
            _origin("all"),
        ),
    ),
    Sheet(
        name="Disclosure",
        path=("disclosure",),
        form="single",
        help=_("When figures about peers may be shown."),
        fields=(_whole("min_peers", _("the fewest peers, at least 2")), _origin("all")),
    ),
    Sheet(
        name="Panel",
        path=("panel",),
        form="single",
        help=_("Who assesses."),
        fields=(
            _whole("experts", _("number of experts")),
            _whole("cooling_off_years", _("years without a tie to the cluster")),
            _yes("same_country_allowed", _("may an expert be of the cluster's country? (yes if empty)")),
            _whole("site_days_first", _("days on site, first time")),
            _whole("site_days_renewal", _("days on site, renewal")),
            _origin("all"),
        ),
    ),
    Sheet(
        name="Fees",
        path=("fees",),
        form="list",
        help=_("The price list."),
        fields=(
            _word("item", _("name of the line")),
            _TITLE,
            Field(name="amount", help=_("amount"), kind="number", width=11),
            _word("currency", _("three letters, such as EUR")),
            _origin("all"),
        ),
    ),
    Sheet(
        name="Other",
        path=(),
        form="fields",
        help=_("Parts of the scheme without a sheet of their own, each as the YAML of the file."),
        fields=(
            _word("field", _("name of the part")),
            Field(name="value", help=_("its content, as in the file"), kind="yaml", width=110),
        ),
    ),
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}

HAVE_SHEETS = {name.split(".")[0] for name in [field.name for field in SHEETS[0].fields]} | {
    str(sheet.path[0]) for sheet in SHEETS if sheet.path
}
"""The parts of a scheme that sheets of their own hold; `Other` holds the rest."""

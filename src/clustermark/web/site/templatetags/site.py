"""Tags and filters of the frame, known in every template without loading."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django import template
from django.template.base import Parser, Token
from django.templatetags.i18n import do_translate
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from clustermark.ground.problems import Place
from clustermark.ground.texts import LANGUAGES, Language, current_language, date_text, number

register = template.Library()
LEVELS = {"bronze": gettext_noop("Bronze"), "silver": gettext_noop("Silver"), "gold": gettext_noop("Gold")}


class Words(template.Node):
    """A literal of a template in the reader's language."""

    def __init__(self, text: str) -> None:
        # templates write % once, catalogues twice
        self.text = text.replace("%", "%%")

    def render(self, context: template.Context) -> str:  # noqa: ARG002 - a node is given it
        """The words; what a template says is no danger and is not escaped."""
        return _(self.text).replace("%%", "%")


@register.tag
def translate(parser: Parser, token: Token) -> template.Node:
    """Django's tag; a literal alone, which stands in every row of every table, is looked up without its detours."""
    node = do_translate(parser, token)
    told, literal = node.filter_expression, node.filter_expression.var.literal
    plain = not (told.filters or node.noop or node.asvar or node.message_context)
    return Words(literal) if plain and isinstance(literal, str) else node


@register.filter
def day(value: date | datetime | None) -> str | SafeString:
    """A day in the long form of the reader's language, as a <time>; – where there is none."""
    if value is None:
        return "–"
    on = timezone.localtime(value).date() if isinstance(value, datetime) else value
    # neither part can hold what must be escaped
    return SafeString(f'<time datetime="{on.isoformat()}">{date_text(on)}</time>')


@register.filter
def moment(value: datetime | None) -> str | SafeString:
    """A day and the time of day (UTC) as a <time>; – where there is none."""
    if value is None:
        return "–"
    at = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}, {}</time>', at.isoformat(), date_text(at.date()), at.strftime("%H:%M")
    )


@register.filter
def term(value: date | None, urgency: str = "") -> SafeString:
    """The end of a term, marked when `urgency` is "late" or "soon"; nothing where there is none."""
    if value is None:
        return SafeString("")
    if not urgency:
        return SafeString(f'<span class="due">{day(value)}</span>')
    said = _("past its day:") if urgency == "late" else _("ends this week:")
    return format_html(
        '<span class="due due--{}"><span class="visually-hidden">{} </span>{}</span>',
        urgency,
        said,
        day(value),
    )


@register.simple_tag(takes_context=True)
def turned(context: template.Context, number: int) -> str:
    """The address of this page with another page of its list; a second list names its parameter in `turns`."""
    query = context["request"].GET.copy()
    query[context.get("turns", "page")] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def figure(value: Decimal | int | None) -> str:
    """A number by the rules of the reader's language; – where there is none."""
    return number(value)


@register.filter
def fact(value: Decimal | bool | None) -> str:
    """The value of a fact: a number by the rules of the reader's language, yes or no, – where there is none."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return number(value)


@register.filter
def share(value: float | None) -> str:
    """A coefficient with two decimals by the rules of the reader's language; – where it is not defined."""
    return number(None if value is None else Decimal(value).quantize(Decimal("0.01")))


@register.filter
def local(texts: dict[str, str] | None) -> str:
    """The words of a scheme's text in the reader's language."""
    from clustermark.ground.texts import local as spoken  # noqa: PLC0415 - the filter bears the same name

    return spoken({code: texts[code] for code in LANGUAGES if code in texts}) if texts else ""


@register.filter
def words(name: str) -> str:
    """A word of the file format without its underscores, for reading."""
    return name.replace("_", " ")


@register.simple_tag
def table_title(table: str) -> str:
    """The title of a table of the dossier."""
    from clustermark.dossiers.titles import table_title as title  # noqa: PLC0415 - as above

    return title(table)


@register.simple_tag
def column_title(table: str, column: str) -> str:
    """The title of a column of the dossier."""
    from clustermark.dossiers.titles import column_title as title  # noqa: PLC0415 - as above

    return title(table, column)


@register.simple_tag
def word_title(table: str, column: str, text: str) -> str:
    """The text of a cell of the dossier as people read it; – where it is empty."""
    from clustermark.dossiers.tables import TABLES  # noqa: PLC0415 - as above
    from clustermark.dossiers.titles import word_title as title  # noqa: PLC0415 - as above

    return title(TABLES[table].column(column) if table in TABLES else None, text) or "–"


@register.filter
def evidence_kind(name: str) -> str:
    """The title of a kind of evidence in the reader's language."""
    from clustermark.dossiers.tables import TABLES  # noqa: PLC0415 - as above
    from clustermark.dossiers.titles import word_title  # noqa: PLC0415 - as above

    return word_title(TABLES["evidence"].column("kind"), name)


@register.filter
def place(where: Place) -> str:
    """Where a problem stands, with the titles of table and column."""
    from clustermark.dossiers.titles import place_title  # noqa: PLC0415 - as above

    return place_title(where)


@register.filter
def country(code: str) -> str:
    """The name of a country in the reader's language."""
    from clustermark.register.places import place_name  # noqa: PLC0415 - Babel is loaded where a country is shown

    return place_name(code) if code else "–"


@register.filter
def sector(name: str) -> str:
    """The title of a sector of the dossier in the reader's language."""
    from clustermark.register.sectors import sector_name  # noqa: PLC0415 - as above

    return sector_name(name) if name else "–"


@register.filter
def sectors(names: list[str]) -> str:
    """The titles of several sectors."""
    return ", ".join(sector(name) for name in names)


@register.filter
def languages(codes: list[str]) -> str:
    """The names of several languages in the reader's language."""
    names = _languages(current_language())
    return ", ".join(names.get(code, code) for code in codes)


@lru_cache
def _languages(spoken: Language) -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - as above

    return {str(code): str(name) for code, name in Locale(spoken).languages.items()}


@register.filter
def level(name: str) -> str:
    """The word for a level in the reader's language; a level of one scheme alone keeps its name."""
    known = LEVELS.get(name)
    return _(known) if known else words(name) or "–"

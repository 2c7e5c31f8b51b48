"""The report as a Word document: fills a template, the default one or an organisation's own."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime, time
from html import escape
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.reports import charts
from clustermark.reports.model import Report
from clustermark.reports.word_tables import lay_out

if TYPE_CHECKING:
    import jinja2

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
WORD_LANGUAGES = {"en": "en-GB", "ru": "ru-RU", "de": "de-DE"}
FIELDS_HELP = "docs/report-template.md"


def render_word(report: Report, *, template: Path | None = None) -> bytes:
    """The report as `.docx`, filled into `template` (default: the one shipped); same input, same bytes.

    The template may use the fields of `clustermark.reports.model.Report`, the pictures `chart` and
    `dimension_chart`, and those of the sections. It runs in a sandbox and sees nothing else.

    Raises ProblemsError when the template is not a Word document, names an unknown field, or breaks the
    rules of its template language.
    """
    place = Place(str(template) if template else "report.docx")
    document = open_template(template, place, default="report.docx")
    context: dict[str, Any] = {
        **vars(_fields(report.model_dump())),
        "chart": _picture(
            document, charts.indicator_chart(report), report.words["chart_alt"], millimetres=165
        ),
        "dimension_chart": _picture(
            document, charts.dimension_chart(report), report.words["dimension_chart_alt"], millimetres=140
        ),
    }
    for section, fields in zip(report.sections, context["sections"], strict=True):
        for part, names in zip(section.parts, fields.parts, strict=True):
            names.pictures = [
                _picture(document, charts.picture_chart(item, report.words), item.alt, millimetres=165)
                for item in part.pictures
            ]
    fill_template(document, context, place)
    lay_out(document.docx, report)
    _describe(document, report)
    buffer = BytesIO()
    document.save(buffer)
    return steady(buffer.getvalue())


def _fields(value: Any) -> Any:
    """The report as plain names and lists: what a template sees has no methods of ours."""
    if isinstance(value, dict):
        return SimpleNamespace(**{name: _fields(item) for name, item in value.items()})
    return [_fields(item) for item in value] if isinstance(value, list) else value


def open_template(template: Path | None, place: Place, *, default: str) -> Any:
    """The template, or the shipped one called `default`; ProblemsError when it is not a Word document."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - only Word reports need it

    if template is None:
        content = (files("clustermark.reports") / "templates" / default).read_bytes()
    else:
        try:
            content = template.read_bytes()
        except OSError as error:
            raise _trouble(
                "template-unreadable", _("The template cannot be read: {reason}."), place, error.strerror
            ) from None
    document = DocxTemplate(BytesIO(content))
    try:
        document.init_docx()
    except (
        Exception
    ) as error:  # a broken package fails in python-docx, zipfile or lxml, each with errors of its own
        raise ProblemsError(
            [
                Problem(
                    "template-not-word",
                    _("The template is not a Word document."),
                    place,
                    allowed=_("a .docx file written by Word or LibreOffice"),
                )
            ]
        ) from error
    return document


def fill_template(document: Any, context: dict[str, Any], place: Place) -> None:
    """Render every part of the template; what is wrong in it becomes a problem with its paragraph."""
    import jinja2  # noqa: PLC0415 - comes with docxtpl
    from docxtpl import InlineImage  # noqa: PLC0415 - as above
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - as above

    class Sandbox(ImmutableSandboxedEnvironment):
        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            """A picture can be placed, not opened: it holds the document, which can write files."""
            return not isinstance(obj, InlineImage) and super().is_safe_attribute(obj, attr, value)

    environment = Sandbox(autoescape=True, undefined=jinja2.StrictUndefined)
    try:
        document.render(context, jinja_env=environment, autoescape=True)
    except jinja2.TemplateSyntaxError as error:
        where = _where(error)
        raise _trouble(
            "template-syntax",
            _("The template breaks the rules of its language: {reason}."),
            place,
            error,
            where,
        ) from None
    except jinja2.UndefinedError as error:
        raise _trouble(
            "template-field-unknown",
            _("The template names a field that the report does not have: {reason}."),
            place,
            error,
            _where(error),
        ) from None
    except jinja2.exceptions.SecurityError as error:
        raise _trouble(
            "template-forbidden", _("The template does what a template may not: {reason}."), place, error
        ) from None
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        OverflowError,
        TypeError,
        ValueError,
        SyntaxError,
    ) as error:
        raise _trouble(
            "template-fails", _("The template cannot be filled: {reason}."), place, error
        ) from None


def _trouble(
    code: str, message: str, place: Place, reason: object, where: str | None = None
) -> ProblemsError:
    return ProblemsError(
        [
            Problem(
                code,
                message.format(reason=str(reason).rstrip(".")),
                place,
                found=where,
                allowed=_("the fields and tags described in {file}").format(file=FIELDS_HELP),
            )
        ]
    )


def _where(error: jinja2.TemplateError) -> str | None:
    """The paragraph of the template in which the error stands, as its author wrote it."""
    lines = [line.strip() for line in getattr(error, "docx_context", ())]
    tagged = [line for line in lines[3:] + lines[:3][::-1] if "{" in line]
    return tagged[0][:200] if tagged else None


def _picture(document: Any, chart: dict[str, Any], alternative: str, *, millimetres: int) -> Any:
    """The chart as a picture with a text alternative, for `{{ chart }}` in a template."""
    from docx.shared import Mm  # noqa: PLC0415 - only Word reports need it
    from docxtpl import InlineImage  # noqa: PLC0415 - as above

    class Picture(InlineImage):  # type: ignore[misc]  # docxtpl publishes no types
        def _insert_image(self) -> str:
            drawn: str = super()._insert_image()
            description = escape(alternative, quote=True)
            return re.sub(r"<wp:docPr ", lambda found: f'{found[0]}descr="{description}" ', drawn)

    return Picture(document, BytesIO(charts.png(chart)), width=Mm(millimetres))


def _describe(document: Any, report: Report) -> None:
    """Title, author, dates and language of the document."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - only Word reports need it

    stamp = datetime.combine(report.as_of, time(), UTC).replace(tzinfo=None)
    properties = document.docx.core_properties
    properties.title = report.title[:255]
    properties.author = properties.last_modified_by = report.author
    properties.subject = report.summary.scheme[:255]
    properties.language = WORD_LANGUAGES[report.language]
    properties.created = properties.modified = stamp
    properties.revision = 1
    for language in document.docx.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), WORD_LANGUAGES[report.language])


def steady(package: bytes) -> bytes:
    """The same package with every part stamped alike; a zip file carries the time of its writing."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(package)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(part))
    return buffer.getvalue()

"""The words of a certificate in one language, put together from the record."""

from __future__ import annotations

from clustermark.certificates.record import DecisionRecord
from clustermark.certificates.signer import Issuer
from clustermark.ground.texts import Language, current_language, date_text, local, number, use_language
from clustermark.ground.texts import gettext as _


def words(record: DecisionRecord, issuer: Issuer, language: Language) -> dict[str, str]:
    """Every line of the certificate in `language`, by the name that the template calls it."""
    with use_language(language):
        holder, counted = record.holder, record.summary
        name = local(issuer.name)
        return {
            "language": language,
            "title": _("Certificate"),
            "issuer": name,
            "intro": _("It is certified that the cluster organisation"),
            "holder": holder.name,
            "place": ", ".join(filter(None, (holder.city, holder.region, country_name(holder.country)))),
            "met": _("has been assessed and has reached the level"),
            "level": local(record.level_title),
            "scheme": _("of the label {title}, version {version} of its scheme").format(
                title=local(record.scheme.title), version=record.scheme.version
            ),
            "sector_label": _("Sector"),
            "sector": local(record.sector),
            "scope_label": _("Scope"),
            "scope": local(record.scope),
            "decided_label": _("Decided on"),
            "decided": date_text(record.decided_on),
            "from_label": _("Valid from"),
            "from": date_text(record.valid_from),
            "until_label": _("Valid until"),
            "until": date_text(record.valid_until),
            "number_label": _("Number"),
            "decision_label": _("Decision"),
            "decision": record.decision_reference,
            "summary": summary_text(record)
            + (_points_text(record) if counted.published_points is not None else "")
            + (_renews_text(record.renews) if record.renews is not None else ""),
            "signed": _("Signed electronically by {name}").format(name=name),
            "signature": _("The signature is in the PDF file; a printed copy is checked by its code."),
            "check": _("Check this certificate"),
            "notice": local(record.notice),
            "code_alt": _("QR code with the address at which this certificate is checked"),
            "description": _("Certificate {number} of {holder}").format(
                number=record.number, holder=holder.name
            ),
        }


def summary_text(record: DecisionRecord) -> str:
    """How many indicators lie significantly above the required value, in the current language."""
    counted = record.summary
    if counted.share is None:
        return _("{indicators} indicators were assessed.").format(indicators=counted.indicators)
    return _(
        "{indicators} indicators were assessed; {count} of {of} with a required value ({share} %) lie significantly "
        "above it."
    ).format(
        indicators=counted.indicators,
        count=counted.significantly_above,
        of=counted.with_required_value,
        share=number(counted.share),
    )


def _points_text(record: DecisionRecord) -> str:
    shown = record.summary.published_points
    assert shown is not None  # noqa: S101 - asked by the caller
    return " " + _("{points} of {most} points.").format(
        points=number(shown.points), most=number(shown.max_points)
    )


def _renews_text(number_before: str) -> str:
    return " " + _("It renews certificate {number}.").format(number=number_before)


def country_name(code: str) -> str:
    """The name of a country in the current language (CLDR); the code where there is none."""
    from babel import Locale  # noqa: PLC0415 - takes a tenth of a second to load

    return str(Locale(current_language()).territories.get(code, code))

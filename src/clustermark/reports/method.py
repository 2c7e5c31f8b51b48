"""Method, digests, provenance and the legend: what lets a reader judge the result and make it again."""

from __future__ import annotations

from clustermark.ground.texts import date_text, ngettext, number
from clustermark.ground.texts import gettext as _
from clustermark.reports.model import LegendEntry, Method, Note, Row
from clustermark.reports.words import EXAMPLE_SIGN, STATUS_SIGNS, STATUS_TEXTS, WORDS, view_text
from clustermark.scoring.scorecard import Provenance, Scorecard


def method(scorecard: Scorecard) -> Method:
    """What was scored, by what, and the rules of the arithmetic."""
    frozen = _("frozen") if scorecard.dossier_frozen else _("not frozen, the files may still change")
    return Method(
        rows=[
            Row(label=_("Scheme"), text=scorecard.scheme_title),
            Row(label=_("Identifier and version"), text=f"{scorecard.scheme}, {scorecard.scheme_version}"),
            Row(label=_("Digest of the scheme"), text=scorecard.scheme_digest),
            Row(label=_("Digest of the dossier"), text=scorecard.dossier_digest),
            Row(label=_("State of the dossier"), text=frozen),
            Row(label=_("Values scored"), text=view_text(scorecard.view)),
            Row(label=_("Reference date"), text=date_text(scorecard.as_of)),
        ],
        paragraphs=[
            _(
                "Facts are counted from the records of the dossier; measures are computed from facts; a "
                "measure or "
                "an expert's rating falls into a band, and the band gives the points. The points of a "
                "dimension "
                "and the total are the sums of the points of their indicators."
            ),
            _(
                "Every value is rounded half up to the decimals that the scheme declares, before it is "
                "compared. "
                "A value equal to the edge of a band is in that band. All arithmetic is exact."
            ),
            _(
                "The margin of an indicator is the number of bands between the band of its value and the "
                "band of its "
                "required value. From one band upwards it is significantly above the required value."
            ),
            _(
                "Minimum requirements stand apart from the points: a high total does not make up for a "
                "missed one."
            ),
            _(
                "A missing value never counts as zero. The indicator is shown as not evidenced, earns no "
                "points and "
                "fails its required value; the report says what to supply."
            ),
            _(
                "The claim of the cluster, the rating of each expert and their consensus are kept apart. "
                "Anyone with "
                "the scheme and the dossier of these digests gets the same result."
            ),
        ],
    )


def example_legend(stated: Provenance) -> str:
    """What the example sign means; empty when the scheme holds no example value."""
    if not stated.example_values:
        return ""
    return _("{sign} example value, or computed with example values; not official").format(sign=EXAMPLE_SIGN)


def provenance(stated: Provenance) -> Note:
    """What must be said of the scheme wherever its values are shown."""
    heading = WORDS["provenance"]
    return Note(title=_(heading), paragraphs=[*caution(stated), _owner(stated)])


def caution(stated: Provenance) -> list[str]:
    """Notice of the scheme, and how many of its values are examples."""
    notes = []
    if not stated.endorsed:
        notes.append(_("This scheme file is not endorsed by the owner of the scheme."))
    if stated.notice:
        notes.append(stated.notice)
    count = stated.example_values
    if count:
        notes.append(
            ngettext(
                "{n} value of the scheme is an example, marked {sign}. Bands, points, margins and levels rest on "
                "it: none of them is official.",
                "{n} values of the scheme are examples, marked {sign}. Bands, points, margins and levels rest on "
                "them: none of them is official.",
                count,
            ).format(n=number(count), sign=EXAMPLE_SIGN)
        )
    return notes


def _owner(stated: Provenance) -> str:
    return _("Owner of the scheme: {owner}.").format(owner=stated.owner)


def legend(scorecard: Scorecard) -> list[LegendEntry]:
    """Every sign of the report and its meaning."""
    entries = [LegendEntry(sign=sign, text=_(STATUS_TEXTS[status])) for status, sign in STATUS_SIGNS.items()]
    if scorecard.provenance.example_values:
        entries.append(
            LegendEntry(
                sign=EXAMPLE_SIGN, text=_("example value, or computed with example values; not official")
            )
        )
    return entries

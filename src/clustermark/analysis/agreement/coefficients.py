"""The coefficients of an agreement as a list for people: AC before kappa, each with its words."""

from __future__ import annotations

from dataclasses import dataclass

from clustermark.analysis.agreement.estimates import Estimate
from clustermark.analysis.agreement.kappa import KappaBesideAC
from clustermark.analysis.agreement.summary import Agreement
from clustermark.ground.texts import gettext as _

_SAME_PANEL = {"ICC2": "ICC(2,1)", "ICC2k": "ICC(2,k)"}
"""The forms for experts drawn from a register who rated everything: one expert's rating, and the panel's mean."""
_OWN_PANELS = {"ICC1": "ICC(1,1)", "ICC1k": "ICC(1,k)"}
"""The same where every case has experts of its own."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient with its name; `words` are empty where those of a line before say it already."""

    title: str
    estimate: Estimate
    words: str


def coefficients_of(agreement: Agreement) -> list[Coefficient]:
    """The coefficients a reader needs: equal ratings, AC with kappa for both weightings, alpha, ICC."""
    found = [Coefficient(_("Equal ratings (share of pairs)"), agreement.percent, agreement.percent.words)]
    found += _pair(_("Gwet's AC1 (equal or not)"), _("{kappa} (equal or not)"), agreement.nominal)
    found += _pair(_("Gwet's AC2 (quadratic weights)"), _("{kappa} (quadratic weights)"), agreement.quadratic)
    found.append(_one(_("Krippendorff's alpha (ordinal)"), agreement.alpha_ordinal))
    forms = _SAME_PANEL if agreement.raters == 2 else _OWN_PANELS
    found += [
        _one(_("Intraclass correlation {form}").format(form=forms[estimate.coefficient]), estimate)
        for estimate in agreement.intraclass
        if estimate.coefficient in forms
    ]
    return found


def _pair(ac: str, kappa: str, pair: KappaBesideAC) -> list[Coefficient]:
    """AC first, kappa never without it; what their difference says stands with kappa."""
    name = _("Cohen's kappa") if pair.kappa.coefficient == "cohen_kappa" else _("Fleiss' kappa")
    return [_one(ac, pair.ac), Coefficient(kappa.format(kappa=name), pair.kappa, pair.words)]


def _one(title: str, estimate: Estimate) -> Coefficient:
    return Coefficient(title, estimate, estimate.words)

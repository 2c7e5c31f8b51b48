"""Agreement of experts: how far two or more who rate the same things say the same.

`agreement_of` takes a table of units × raters; `by_case`, `by_indicator`, `by_expert` and `overall` take
records of ratings. Every answer is a frozen document with value, interval, source and words; a coefficient
that is not defined for the ratings at hand has no value and says why.
"""

from clustermark.analysis.agreement.estimates import Estimate
from clustermark.analysis.agreement.experts import ExpertAgreement, by_expert
from clustermark.analysis.agreement.intraclass import IntraclassCorrelation
from clustermark.analysis.agreement.kappa import KappaBesideAC
from clustermark.analysis.agreement.records import (
    RatingRecord,
    SubjectAgreement,
    by_case,
    by_indicator,
    overall,
)
from clustermark.analysis.agreement.summary import Agreement, agreement_of

__all__ = [
    "Agreement",
    "Estimate",
    "ExpertAgreement",
    "IntraclassCorrelation",
    "KappaBesideAC",
    "RatingRecord",
    "SubjectAgreement",
    "agreement_of",
    "by_case",
    "by_expert",
    "by_indicator",
    "overall",
]

"""Cases: the application, its dossier, its panel, its assessment, its decision."""

from clustermark.web.cases.models.assessment import (
    AgendaSlot,
    Clarification,
    Consensus,
    HearingComment,
    PanelReport,
    PersonMet,
    Rating,
    Visit,
)
from clustermark.web.cases.models.case import Case
from clustermark.web.cases.models.decision import Appeal, Decision, Fee, Feedback, Item
from clustermark.web.cases.models.dossier import Claim, DossierTable, Evidence
from clustermark.web.cases.models.notice import Notice
from clustermark.web.cases.models.panel import Override, Seat
from clustermark.web.cases.models.peers import PeerEdition
from clustermark.web.cases.models.report_file import ReportFile
from clustermark.web.cases.models.scheme import SchemeEdition, SchemeFile
from clustermark.web.cases.models.sealed import SealedRecord

__all__ = [
    "AgendaSlot",
    "Appeal",
    "Case",
    "Claim",
    "Clarification",
    "Consensus",
    "Decision",
    "DossierTable",
    "Evidence",
    "Fee",
    "Feedback",
    "HearingComment",
    "Item",
    "Notice",
    "Override",
    "PanelReport",
    "PeerEdition",
    "PersonMet",
    "Rating",
    "ReportFile",
    "SchemeEdition",
    "SchemeFile",
    "SealedRecord",
    "Seat",
    "Visit",
]

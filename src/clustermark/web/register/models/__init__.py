"""What the register keeps."""

from __future__ import annotations

from clustermark.web.register.models.award import Award, AwardAct, AwardSpan
from clustermark.web.register.models.holder import Consent, Participation, ReminderSent
from clustermark.web.register.models.issued import IssuedFile, IssuerKeys, StatusPlace
from clustermark.web.register.models.ledger import LeafEntry, RegisterHead

__all__ = [
    "Award",
    "AwardAct",
    "AwardSpan",
    "Consent",
    "IssuedFile",
    "IssuerKeys",
    "LeafEntry",
    "Participation",
    "RegisterHead",
    "ReminderSent",
    "StatusPlace",
]

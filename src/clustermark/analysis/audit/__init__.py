"""The yearly audit of a scheme: is it balanced, robust and fairly used? `docs/audit.md` explains the figures."""

from clustermark.analysis.audit.audit import audit_scheme
from clustermark.analysis.audit.result import Finding, SchemeAudit

__all__ = ["Finding", "SchemeAudit", "audit_scheme"]

"""The path to the next level: the least effort that reaches it, with proof, and what-if at once."""

from clustermark.analysis.improvement.effort import effort_of
from clustermark.analysis.improvement.path import improve, standing_at
from clustermark.analysis.improvement.result import ImprovementPlan, WhatIf
from clustermark.analysis.improvement.what_if import what_if

__all__ = ["ImprovementPlan", "WhatIf", "effort_of", "improve", "standing_at", "what_if"]

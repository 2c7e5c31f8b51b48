"""Scoring: facts, measures, the kernel, levels, and the explanation of every number."""

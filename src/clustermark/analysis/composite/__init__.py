"""Composite and relative schemes: from a table of units to an index, ranks and levels, one step a module.

denominate → impute → screen → treat → normalise → aggregate → round → rank → levels.
Every step is a pure function; `score.score_table` runs them as a scheme declares.
"""

"""Schemes: load, check, digest, compare, and turn into a workbook and back."""

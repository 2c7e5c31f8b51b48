"""Typed values of the pages of cases."""

"""Queries of clusters."""

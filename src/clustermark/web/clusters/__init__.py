"""Clusters and what belongs to them."""

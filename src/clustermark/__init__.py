"""Clustermark runs a label for cluster organisations."""

"""Dossiers: the tables a cluster states, their evidence, and the three forms they are kept in."""

"""The evidence files of Oka Valley; their figures come from the tables."""

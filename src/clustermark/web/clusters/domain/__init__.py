"""Domain of clusters."""

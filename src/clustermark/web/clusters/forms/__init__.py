"""Forms of clusters."""

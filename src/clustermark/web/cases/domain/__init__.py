"""Domain of cases."""

"""Domain of accounts."""

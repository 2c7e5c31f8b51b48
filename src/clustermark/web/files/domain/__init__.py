"""Domain of files."""

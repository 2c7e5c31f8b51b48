"""Domain of jobs."""

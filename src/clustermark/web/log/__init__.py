"""The tamper-evident log, in the database."""

"""Tests of the log on the web."""

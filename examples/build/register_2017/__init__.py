"""The synthetic register with the shape of 2017."""

"""A small sample: a young cluster that is eligible for bronze and no more."""

"""A small sample: an established cluster with a high total that fails one minimum."""

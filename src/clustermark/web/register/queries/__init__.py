"""Reads of the register: what stands in the database as the documents of `clustermark.register`."""

"""Pages that belong to no other part."""

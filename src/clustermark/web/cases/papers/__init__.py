"""Papers of a case: PDF and calendar files made of what its pages show."""

"""Evidence files: stored by their content, checked, served safely."""

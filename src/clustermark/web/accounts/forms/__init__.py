"""Forms of people and roles."""

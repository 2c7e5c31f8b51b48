"""Forms of cases: what a person typed, as values; rules are the domain's."""

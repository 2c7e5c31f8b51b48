"""Forms of the register: typed values, no rules."""

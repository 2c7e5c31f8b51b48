"""People: accounts, roles, experts."""

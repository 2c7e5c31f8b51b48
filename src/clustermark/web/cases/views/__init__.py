"""Pages of cases: each reads by queries, acts by verbs, and decides nothing."""

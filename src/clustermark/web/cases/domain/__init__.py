"""What happens to cases: keyword-only verbs, each with its entry of the log in the same transaction."""

"""Domain of mails."""

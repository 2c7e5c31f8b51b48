"""Mails: texts in three languages, an outbox in the transaction of the act, sent by a job."""

"""The life of a case: states and acts as data, guards, separation of duties, policy, and the chained log.

Pure: no database, no web. `life.yaml` is the definition; `definition` reads it, `guards` says what is missing
before an act, `duties` who may not sit or decide and why, `policy` decides who may do what, and `log`
chains what was done.
"""

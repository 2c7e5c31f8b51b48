"""Argon2 as on the site, with the least memory and time it can do."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The least Argon2."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1

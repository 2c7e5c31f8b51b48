"""Who can sign in."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users; the mail address is the name to sign in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user who can sign in with `email` (kept in lower case) and `password`."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The user with this mail address, in any case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person. What they may do comes from their grants, never from a flag here.

    `reference` is the name by which the log knows them; it outlives the erasure of everything else. `erase_on` is
    the day on which the person's data will be erased.
    """

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    country = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    erase_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        app_label = "accounts"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

"""People come in: accounts are made here and nowhere else."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from clustermark.ground.texts import Language
from clustermark.web.accounts.models import User
from clustermark.web.log.writing import write


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    password: str | None = None,
    language: Language = "en",
    country: str = "",
    actor: User | None = None,
    role: str = "system",
) -> User:
    """A person who can sign in with `email`, which counts as proven; without a password they set one by mail.

    Raises django's ValidationError when the address is taken or no address.
    """
    person = User.objects.create_user(email, password, name=name, language=language, country=country)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    write(actor=actor, role=role, act="person.create", subject=f"user:{person.reference}")
    return person

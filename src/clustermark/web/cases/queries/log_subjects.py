"""What an entry of the log is about: in words with a link, and found by words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clustermark.web.accounts.models import User
from clustermark.web.accounts.queries.searching import holding
from clustermark.web.cases.models import Case
from clustermark.web.clusters.models import Cluster
from clustermark.web.register.models import Award

OTHER: dict[str, str | Promise] = {
    "invitation": _("an invitation"),
    "mail": _("a mail text"),
    "participation": _("a participation in a cluster"),
    "register": _("the register"),
    "scheme": _("a scheme"),
}
"""Kinds of subjects that have no page of their own."""
NAMED = frozenset({"mail", "scheme"})
"""Those whose name is shown as it stands."""


@dataclass(frozen=True, slots=True)
class About:
    """A subject in words; `url` is empty where there is no page to open."""

    words: str | Promise
    url: str = ""


def in_words(subjects: Iterable[str], *, cases: bool) -> dict[str, About]:
    """Each subject in words, in four queries at most.

    Only who may see `cases` reads whose they are; an administrator reads their numbers. A case that was never
    submitted is not named: a self-assessment is private to its cluster.
    """
    named: dict[str, set[str]] = {}
    for subject in subjects:
        kind, _colon, name = subject.partition(":")
        named.setdefault(kind, set()).add(name)
    found = {
        f"{kind}:{name}": About(f"{OTHER[kind]}: {name}" if kind in NAMED else OTHER[kind])
        for kind in named.keys() & OTHER.keys()
        for name in named[kind]
    }
    readers = {**_READ, "case": _cases if cases else _numbers}
    for kind in named.keys() & readers.keys():
        found |= {f"{kind}:{name}": about for name, about in readers[kind](named[kind]).items()}
    return found


def subjects_like(text: str, *, cases: bool) -> list[str]:
    """The subjects whose number or name holds the text: cases that were submitted, certificates, clusters, people.

    Without the right to see `cases` they are found by their numbers alone.
    """
    fields = ("number", "cluster__name") if cases else ("number",)
    submitted = Case.objects.filter(number__isnull=False).filter(holding(text, *fields))
    awards = Award.objects.filter(holding(text, "number", "holder"))
    clusters = Cluster.objects.filter(holding(text, "name"))
    people = User.objects.filter(holding(text, "name", "email"))
    return [
        *(f"case:{one}" for one in submitted.values_list("reference", flat=True)),
        *(f"certificate:{one}" for one in awards.values_list("number", flat=True)),
        *(f"cluster:{one}" for one in clusters.values_list("reference", flat=True)),
        *(f"user:{one}" for one in people.values_list("reference", flat=True)),
    ]


def _cases(references: set[str]) -> dict[str, About]:
    rows = Case.objects.filter(reference__in=references).values_list("reference", "number", "cluster__name")
    return {
        str(reference): About(f"{number} {cluster}", reverse("case", args=[reference]))
        if number
        else About(_("a case not submitted"))
        for reference, number, cluster in rows
    }


def _numbers(references: set[str]) -> dict[str, About]:
    rows = Case.objects.filter(reference__in=references).values_list("reference", "number")
    return {str(reference): About(number or _("a case not submitted")) for reference, number in rows}


def _certificates(numbers: set[str]) -> dict[str, About]:
    rows = Award.objects.filter(number__in=numbers).values_list("number", "holder")
    return {
        number: About(f"{number} {holder}", reverse("certificate", args=[number])) for number, holder in rows
    }


def _people(references: set[str]) -> dict[str, About]:
    rows = User.objects.filter(reference__in=references).values_list("reference", "name")
    return {str(reference): About(name, reverse("person", args=[reference])) for reference, name in rows}


def _clusters(references: set[str]) -> dict[str, About]:
    rows = Cluster.objects.filter(reference__in=references).values_list("reference", "name")
    return {str(reference): About(name) for reference, name in rows}


_READ: dict[str, Callable[[set[str]], dict[str, About]]] = {
    "certificate": _certificates,
    "cluster": _clusters,
    "user": _people,
}

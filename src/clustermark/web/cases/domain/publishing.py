"""Publishes a scheme version: from then on cases can be bound to it."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from clustermark.ground.yaml12 import parse_yaml
from clustermark.schemes.scheme import Scheme, find
from clustermark.web.accounts.people import Person
from clustermark.web.cases.models import SchemeEdition, SchemeFile
from clustermark.web.log.writing import write


def publish_scheme(*, name: str | Path, by: Person | None = None) -> SchemeEdition:
    """The edition of a shipped scheme or scheme file, kept with every scheme it extends; the same one if it is known.

    Raises `ProblemsError` when the scheme is wrong.
    """
    path = find(name)
    scheme = Scheme.load(path)
    with transaction.atomic():
        edition, new = SchemeEdition.objects.get_or_create(
            digest=scheme.digest,
            defaults={
                "scheme": scheme.id,
                "version": scheme.document.version,
                "title": scheme.document.title,
            },
        )
        if new:
            SchemeFile.objects.bulk_create(
                SchemeFile(edition=edition, name=name, text=text) for name, text in _files(path).items()
            )
            SchemeEdition.objects.filter(scheme=scheme.id).exclude(pk=edition.pk).update(open=False)
            write(
                actor=by.user if by else None,
                role="secretariat" if by else "system",
                act="publish_scheme",
                subject=f"scheme:{scheme.id}",
                after=scheme.digest,
                facts={"version": scheme.document.version},
            )
    return edition


def _files(path: Path) -> dict[str, str]:
    """The text of the scheme file and of what it extends, by file name; the scheme itself first."""
    files: dict[str, str] = {}
    while path.name not in files:
        text = path.read_text(encoding="utf-8")
        files[path.name] = text
        extends = parse_yaml(text, file=path.name).data.get("extends")
        if not extends:
            break
        path = find(extends["scheme"], near=path.parent)
    return files

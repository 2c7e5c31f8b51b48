"""The scheme of an edition, loaded from the files it was published as."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from clustermark.schemes.scheme import Scheme
from clustermark.web.cases.models import SchemeEdition, SchemeFile


def scheme_of(edition: SchemeEdition) -> Scheme:
    """The scheme of `edition`, exactly as published; read from the database once in a process.

    Raises `RuntimeError` when its digest is another one.
    """
    folder = Path(settings.HOME) / "schemes" / edition.digest.removeprefix("sha256:")
    return _loaded(str(folder), edition.digest)


@lru_cache(maxsize=64)
def _loaded(folder: str, digest: str) -> Scheme:
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    files = list(SchemeFile.objects.filter(edition__digest=digest))
    for file in files:
        _keep(place / file.name, file.text)
    scheme = Scheme.load(place / files[0].name)
    if scheme.digest != digest:
        raise RuntimeError(f"{scheme.id} does not have the digest it was published with.")
    return scheme


def _keep(file: Path, text: str) -> None:
    """Let `file` hold `text`: whole or not at all, whatever happens to this process, and whatever stood there."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as written:
        written.write(text)
    Path(written.name).replace(file)

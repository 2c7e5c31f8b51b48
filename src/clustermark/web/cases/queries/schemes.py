"""The scheme of an edition, loaded from the files it was published as."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from clustermark.ground.yaml12 import parse_yaml
from clustermark.schemes.scheme import Scheme
from clustermark.web.cases.models import SchemeEdition


def scheme_of(edition: SchemeEdition) -> Scheme:
    """The scheme of `edition`, exactly as published. Raises `RuntimeError` when its digest is another one."""
    folder = Path(settings.HOME) / "schemes" / edition.digest.removeprefix("sha256:")
    scheme = _loaded(str(folder), edition.scheme, tuple(sorted(edition.files.items())))
    if scheme.digest != edition.digest:
        raise RuntimeError(f"{edition} does not have the digest it was published with.")
    return scheme


@lru_cache(maxsize=64)
def _loaded(folder: str, name: str, files: tuple[tuple[str, str], ...]) -> Scheme:
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for file, text in files:
        _keep(place / file, text)
    # which file states the scheme itself: PostgreSQL keeps the members of an object in an order of its own
    own = next(file for file, text in files if parse_yaml(text, file=file).data.get("scheme") == name)
    return Scheme.load(place / own)


def _keep(file: Path, text: str) -> None:
    """Let `file` hold `text`: whole or not at all, whatever happens to this process, and whatever stood there."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as written:
        written.write(text)
    Path(written.name).replace(file)

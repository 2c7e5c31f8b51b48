"""Speaking another language than the running request's: in mails and jobs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation

from clustermark.ground.texts import Language, use_language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak `language` in Django's texts and in the engine's inside the `with` block."""
    with use_language(language), translation.override(language):
        yield

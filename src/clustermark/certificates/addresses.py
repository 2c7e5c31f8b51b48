"""Addresses in certificates: https, and http for this very machine alone, where developers try things."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import unquote

from pydantic import Field

_LOOPBACK = r"(localhost|127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})"
_HOST = re.compile(rf"{_LOOPBACK}(:[0-9]{{1,5}})?", re.ASCII)

WebAddress = Annotated[str, Field(pattern=rf"^(https://|http://{_LOOPBACK}[:/])[!-~]{{1,400}}$")]
"""The address of a page or a document."""


def is_loopback(host: str) -> bool:
    """Whether a host, with its port or without, is by its name this very machine."""
    return _HOST.fullmatch(host) is not None


def origin_of_did(host: str) -> str:
    """Where documents of a `did:web` are, by its first part; its port is percent-encoded.

    The method knows https alone. It names no scheme, so a developer's site without TLS would have no key document:
    for the names of this machine it is http.

    >>> origin_of_did("label.example%3A8443")
    'https://label.example:8443'
    >>> origin_of_did("127.0.0.1%3A8000")
    'http://127.0.0.1:8000'
    """
    name = unquote(host)
    return f"{'http' if is_loopback(name) else 'https'}://{name}"

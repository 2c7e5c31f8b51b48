"""A real site behind a proxy that speaks TLS: its word on who asked, and how, counts; nobody else's does."""

from __future__ import annotations

import http.client
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.serving import serving

pytestmark = pytest.mark.slow

REAL = {"CLUSTERMARK_DEBUG": "0", "CLUSTERMARK_SECRET_KEY": "of this test only " * 4}


def ask(url: str, **headers: str) -> tuple[int, str, str]:
    """Status, where it leads, and how long browsers are to keep to TLS."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    connection.request(
        "GET", "/account/login/", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return (
        answer.status,
        answer.headers.get("Location", ""),
        answer.headers.get("Strict-Transport-Security", ""),
    )


@pytest.mark.parametrize("proxy", ["127.0.0.1", ""])
def test_the_word_of_the_proxy_alone_counts(proxy: str, tmp_path: Path) -> None:
    with serving(tmp_path, "people", more={**REAL, "CLUSTERMARK_PROXY": proxy}) as site:
        secure = site.url.replace("http://", "https://") + "/account/login/"
        assert ask(site.url) == (301, secure, "")
        answered = ask(site.url, X_Forwarded_Proto="https", X_Forwarded_For="203.0.113.7")
        kept = "max-age=31536000; includeSubDomains"
        assert answered == ((200, "", kept) if proxy else (301, secure, ""))

"""Two servers of one site, as behind a proxy that shares the work out, count attempts together."""

from __future__ import annotations

import http.client
import re
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from clustermark.web.seeding import address
from tests.e2e.serving import Site, free_port, listening

pytestmark = pytest.mark.slow


def try_to_sign_in(server: str, host: str) -> str:
    """A wrong password, sent to the server at `server` as if to `host`; the page that comes back."""
    connection = http.client.HTTPConnection(server, timeout=20)
    connection.request("GET", "/account/login/", headers={"Host": host})
    form = connection.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.read().decode())
    assert token is not None
    cookie = form.headers["Set-Cookie"].split(";")[0]
    typed = {"login": address("manager"), "password": "wrong wrong wrong", "csrfmiddlewaretoken": token[1]}
    kind = "application/x-www-form-urlencoded"
    connection.request(
        "POST", "/account/login/", urlencode(typed), {"Host": host, "Cookie": cookie, "Content-Type": kind}
    )
    page = connection.getresponse().read().decode()
    connection.close()
    return page


def test_failed_attempts_at_one_server_are_refused_by_the_other(site_of_people: Site, tmp_path: Path) -> None:
    first, second = urlsplit(site_of_people.url).netloc, f"127.0.0.1:{free_port()}"
    with listening(f"http://{second}", site_of_people.environment, tmp_path / "second.log"):
        pages = [try_to_sign_in(server, first) for server in (*[first] * 3, *[second] * 3, first)]
    refused = ["Too many failed login attempts" in page for page in pages]
    assert refused == [False] * 5 + [True] * 2

"""An OpenID provider in a process of its own: `python -m tests.openid_provider` prints where it answers.

The server of the package oidc-provider-mock, and stricter: clients are registered with their address of return, and
a code is only given and redeemed with proof of possession (PKCE by S256, RFC 7636).
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Provider:
    """Where a provider answers, and the client that is registered there."""

    url: str
    client: str
    secret: str

    @property
    def environment(self) -> dict[str, str]:
        """What a site must be told to use it."""
        return {
            "CLUSTERMARK_OIDC_ISSUER": self.url,
            "CLUSTERMARK_OIDC_CLIENT": self.client,
            "CLUSTERMARK_OIDC_SECRET": self.secret,
            "CLUSTERMARK_OIDC_NAME": "Valley ID",
        }

    def knows(self, who: str, **claims: object) -> None:
        """The provider knows a person with these claims."""
        assert ask(self.url, "PUT", f"/users/{who}", claims)[0] == 204

    def agree(self, address: str, who: str) -> str:
        """`who` signs in on the provider's page at `address`; where the browser is sent then."""
        return self._sent_on(address, {"sub": who})

    def deny(self, address: str) -> str:
        """Somebody refuses on the provider's page at `address`; where the browser is sent then."""
        return self._sent_on(address, {"action": "deny"})

    def _sent_on(self, address: str, typed: dict[str, str]) -> str:
        assert address.startswith(self.url + "/"), address
        status, _page, location = ask(self.url, "POST", address.removeprefix(self.url), typed, form=True)
        assert status == 302, status
        return location


def ask(
    url: str, method: str, path: str, content: dict[str, Any] | None = None, *, form: bool = False
) -> tuple[int, bytes, str]:
    """Ask over HTTP: status, content, and where one is sent on."""
    connection = http.client.HTTPConnection(str(urlsplit(url).hostname), urlsplit(url).port, timeout=20)
    body = None if content is None else urlencode(content) if form else json.dumps(content)
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    connection.request(method, path, body, {"Content-Type": kind})
    answer = connection.getresponse()
    try:
        return answer.status, answer.read(), answer.headers.get("Location", "")
    finally:
        connection.close()


@contextmanager
def providing(site: str) -> Iterator[Provider]:
    """A provider at which the site at the address `site` is registered, until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.openid_provider"],
        cwd=ROOT,
        env={**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert url, "the provider did not start"
            back = f"{site}/account/oidc/sso/login/callback/"
            registration = {"redirect_uris": [back], "token_endpoint_auth_method": "client_secret_post"}
            status, made, _location = ask(url, "POST", "/oauth2/clients", registration)
            assert status == 201, made
            client = json.loads(made)
            yield Provider(url, client["client_id"], client["client_secret"])
        finally:
            process.terminate()


def _serve() -> None:
    warnings.simplefilter("ignore")  # the package uses parts of its libraries that will go
    import oidc_provider_mock  # noqa: PLC0415 - only in the process of the provider
    import werkzeug.serving  # noqa: PLC0415 - likewise
    from flask import request  # noqa: PLC0415 - likewise
    from flask.wrappers import Response  # noqa: PLC0415 - likewise

    provider = oidc_provider_mock.app(require_client_registration=True)
    challenges: dict[str, str] = {}

    @provider.before_request  # type: ignore[untyped-decorator]  # the package publishes no types
    def refuse_without_proof() -> tuple[dict[str, str], int] | None:
        if request.path == "/oauth2/authorize" and request.args.get("code_challenge_method") != "S256":
            return {"error": "invalid_request"}, 400
        if request.path == "/oauth2/token":
            digest = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
            shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            if challenges.get(request.form.get("code", "")) != shown:
                return {"error": "invalid_grant"}, 400
        return None

    @provider.after_request  # type: ignore[untyped-decorator]  # as above
    def remember(response: Response) -> Response:
        sent = parse_qs(urlsplit(response.headers.get("Location", "")).query)
        if request.path == "/oauth2/authorize" and "code" in sent:
            challenges[sent["code"][0]] = request.args["code_challenge"]
        if request.path == "/oauth2/authorize" and "error" in sent and "state" not in sent:
            # the package forgets it (RFC 6749, section 4.1.2.1)
            response.headers["Location"] += "&" + urlencode({"state": request.args["state"]})
        return response

    server = werkzeug.serving.make_server("localhost", 0, provider, threaded=True)
    print(f"http://localhost:{server.server_port}", flush=True)  # noqa: T201 - its output
    server.serve_forever()


if __name__ == "__main__":
    _serve()

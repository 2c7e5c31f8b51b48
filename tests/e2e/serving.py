"""The real site for tests in a browser: a process with a database, mails and evidence in a folder of its own."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]
OKA = ROOT / "examples" / "oka-valley"
START_SECONDS = 60
LARGEST = 100 << 20
"""Bytes of the largest evidence that the sites take."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site answers, the folder of its data, and the environment of its commands."""

    url: str
    home: Path
    environment: dict[str, str]
    pages: list[tuple[str, str, str]]
    """Name, login and address of every page, where there are cases."""
    process: int
    """The number of the server's process."""

    def run(self, *arguments: str) -> str:
        """Run a command of Clustermark on this site and return what it prints; it must end well."""
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "clustermark.cli.app", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def serving(
    home: Path,
    what: Literal["people", "cases"],
    *,
    port: int | None = None,
    more: Mapping[str, str] | None = None,
) -> Iterator[Site]:
    """A site with people only, or also with a case in every state, until the block ends; `more` are settings of its own."""
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {**_environment(home, url), **(more or {})}
    filling = subprocess.run(  # noqa: S603 - as above
        [sys.executable, "-m", "tests.e2e.filling", what],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert filling.returncode == 0, filling.stderr
    pages = [tuple(one) for one in json.loads(filling.stdout or "[]")]
    with listening(url, environment, home / "serve.log") as process:
        yield Site(url, home, environment, pages, process)


@contextmanager
def listening(url: str, environment: Mapping[str, str], log_file: Path) -> Iterator[int]:
    """A server of a site at `url`, until the block ends; the number of its process."""
    listen = url.removeprefix("http://")
    command = [sys.executable, "-m", "clustermark.cli.app", "site", "serve", "--address", listen]
    with log_file.open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: S603 - as above
        try:
            _wait_for(url, process, log_file)
            yield process.pid
        finally:
            # as a service manager does: the server ends its worker and then itself
            process.terminate()
            process.wait(timeout=30)


def _environment(home: Path, url: str) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("CLUSTERMARK_")}
    ours.pop("DATABASE_URL", None)
    return {
        **ours,
        "CLUSTERMARK_EVIDENCE_LARGEST": str(LARGEST),
        "CLUSTERMARK_HOME": str(home),
        "CLUSTERMARK_URL": url,
        "DJANGO_SETTINGS_MODULE": "clustermark.web.settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
    }


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=5)
        try:
            connection.request("GET", "/account/login/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise AssertionError(f"The site did not answer within {START_SECONDS} s: {log.read_text()}")

"""Real workers in processes of their own: killed in the middle, several at once, told to end; and beside a server."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from tests.web.test_kill import url_of

ROOT = Path(__file__).parents[3]
PATIENCE = 60


def environment(home: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("CLUSTERMARK_")}
    ours.pop("DATABASE_URL", None)
    return {
        **ours,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "CLUSTERMARK_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "clustermark.web.settings",
    }


@pytest.mark.slow
@pytest.mark.django_db
def test_a_killed_worker_leaves_no_job_stuck(tmp_path: Path) -> None:
    database = {"DATABASE_URL": url_of(connection.settings_dict)} if connection.vendor == "postgresql" else {}
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-m", "tests.web.jobs.killed_worker", str(tmp_path)],
        cwd=ROOT,
        env={**environment(tmp_path), **database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert said["killed"] == ["RUNNING", ""]
    assert said["silent"]
    assert said["second"] == 0
    assert said["again"] == ["SUCCESSFUL", 2, "%PDF"]
    assert said["ended"] == [0, 0, 0]
    assert said["day"] == said["expected"]
    assert said["told"] == [0, False]


def workers_of(server: int) -> list[int]:
    """The workers that the server with this number started, and that are there, zombies among them."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if parent == server or (b"--parent" in command and str(server).encode() in command):
            found.append(int(folder.name))
    return found


def wait(until: Callable[[], object]) -> None:
    last = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < last
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="this machine has no /proc to find processes in")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_the_worker_beside_the_server_ends_with_it(tmp_path: Path, end: signal.Signals) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    address = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "clustermark.cli.app", "site", "serve", "--address", address]

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"http://{address}/account/login/", timeout=5):
                return True
        except OSError:
            return False

    # a shell without a terminal lets what it starts in the background ignore Ctrl+C, and all that comes of it
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with (tmp_path / "serve.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=ROOT, env=environment(tmp_path), stdout=log, stderr=log, start_new_session=True
        )
        signal.signal(signal.SIGINT, before)
        try:
            wait(answers)
            (worker,) = workers_of(server.pid)
            if end == signal.SIGINT:
                os.kill(worker, signal.SIGKILL)
                wait(lambda: workers_of(server.pid) not in ([worker], []))
                # as a terminal does it: everybody in front gets it
                os.killpg(server.pid, signal.SIGINT)
            else:
                os.kill(server.pid, end)
            assert server.wait(PATIENCE) == (-signal.SIGKILL if end == signal.SIGKILL else 0)
            wait(lambda: not workers_of(server.pid))
        finally:
            server.kill()
            server.wait()

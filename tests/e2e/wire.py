"""A wire between browser and site that can be held in the middle of what is sent, cut, and mended."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

BLOCK = 64 << 10


class Wire:
    """Passes on what browser and site say; `url` is where the browser finds the site through it."""

    def __init__(self, site: str) -> None:
        to = urlsplit(site)
        self._site = (str(to.hostname), int(to.port or 80))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: set[socket.socket] = set()
        self._cut = threading.Event()
        self._most: int | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def hold_after(self, size: int) -> None:
        """Connections pass on so many bytes to the site and then nothing more, until the wire is cut."""
        self._most = size

    def cut(self) -> None:
        """End all connections and take no new ones until the wire is mended."""
        self._cut.set()
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Pass on everything again."""
        self._most = None
        self._cut.clear()

    def close(self) -> None:
        """Take the wire away."""
        self.cut()
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                browser, _where = self._listener.accept()
            except OSError:  # taken away
                return
            if self._cut.is_set():
                browser.close()
                continue
            site = socket.create_connection(self._site)
            for one, other, limited in ((browser, site, True), (site, browser, False)):
                self._open.add(one)
                threading.Thread(target=self._pass_on, args=(one, other, limited), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, limited: bool) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while block := one.recv(BLOCK):
                passed += len(block)
                other.sendall(block)
                if limited and self._most is not None and passed > self._most:
                    # nothing is read any more: the sender's buffers fill, and it waits
                    self._cut.wait()
        self._open.discard(one)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def wire_to(site: str) -> Iterator[Wire]:
    """A wire to the site until the block ends."""
    wire = Wire(site)
    try:
        yield wire
    finally:
        wire.close()

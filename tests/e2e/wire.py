"""A wire between browser and site that can be held in the middle of what is sent, cut, and mended."""

from __future__ import annotations

import contextlib
import socket
import struct
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
        self._changing = threading.Lock()
        self._open: set[socket.socket] = set()
        self._cut = threading.Event()
        self._most: int | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def hold_after(self, size: int) -> None:
        """Connections pass on so many bytes to the site and then nothing more, until the wire is cut."""
        self._most = size

    def cut(self) -> None:
        """End all connections and take no new ones until the wire is mended."""
        with self._changing:
            self._cut.set()
            for one in self._open:
                _break_off(one)

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
            # one at a time with `cut`: no connection is begun that the cut does not see
            with self._changing:
                if self._cut.is_set():
                    _break_off(browser)
                    browser.close()
                    continue
                site = socket.create_connection(self._site)
                self._open |= {browser, site}
            for one, other, limited in ((browser, site, True), (site, browser, False)):
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
                    break
        with self._changing:
            self._open -= {one, other}
            for end in (one, other):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()


def _break_off(one: socket.socket) -> None:
    """End a connection as a lost one ends, by a reset: an orderly end would leave a sender that does not read waiting."""
    with contextlib.suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire_to(site: str) -> Iterator[Wire]:
    """A wire to the site until the block ends."""
    wire = Wire(site)
    try:
        yield wire
    finally:
        wire.close()

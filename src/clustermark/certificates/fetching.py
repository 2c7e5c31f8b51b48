"""Fetching from addresses that strangers name: public hosts only, no redirect, bounded size and time.

The host's name is resolved once, every address it has must be public, and the connection goes to the address that was
looked at: a name that resolves to something else a moment later gains nothing.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from clustermark.certificates.addresses import is_loopback
from clustermark.ground.texts import mark

MAX_BODY = 12_000_000
SECONDS = 10.0
ACCEPT = "application/vc+jwt, application/pdf, application/did+json, application/json;q=0.9"

_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that is given out as public (IANA, IPv6 Global Unicast Address Assignments)."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
"""The two words before an IPv4 address that say: leads to it through a tunnel (RFC 5214, section 6.1)."""
_RESERVED = (
    ipaddress.IPv4Network("192.88.99.0/24"),  # relays of 6to4 (RFC 7526)
    ipaddress.IPv6Network("3fff::/20"),  # documentation (RFC 9637); older Pythons do not know it
)

IsAllowed = Callable[[str], bool]


class FetchError(Exception):
    """Nothing was fetched; says why in a few English words."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, and not to this machine, its network or a tunnel to it."""
    try:
        found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and (found in _NAT64 or int(found) >> 32 & 0xFFFFFFFF in _ISATAP):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found not in _UNICAST:
            return False
    return found.is_global and not found.is_multicast and not any(found in network for network in _RESERVED)


def named_by_user(*texts: str) -> str | None:
    """The host of this machine, with its port, in an address or a `did:web` that a user typed; None for others."""
    for text in texts:
        if text.startswith("http://"):
            found = urlsplit(text).netloc
        else:
            found = (
                unquote(text.removeprefix("did:web:").split(":")[0]) if text.startswith("did:web:") else ""
            )
        if is_loopback(found):
            return found
    return None


def _is_own_machine(address: str) -> bool:
    return ipaddress.ip_address(address.split("%", maxsplit=1)[0]).is_loopback


def fetch(
    address: str,
    *,
    is_allowed: IsAllowed = is_public,
    most: int = MAX_BODY,
    seconds: float = SECONDS,
    context: ssl.SSLContext | None = None,
    named: str | None = None,
) -> bytes:
    """The body at an `https` address; raises `FetchError` for anything but a prompt, plain answer 200.

    `is_allowed` decides on each resolved IP address; `context` holds the authorities to trust (default: the system's).
    `named` is a host of this very machine, with its port, that the user himself named (see `named_by_user`): it alone
    is asked by `http`, and leads nowhere else.
    """
    parts = urlsplit(address)
    own = parts.scheme == "http" and named is not None and parts.netloc == named and is_loopback(named)
    try:
        host, port = parts.hostname, parts.port or (80 if own else 443)
    except ValueError:
        raise FetchError(mark("the address is malformed")) from None
    if own:
        is_allowed = _is_own_machine
    elif parts.scheme != "https" or not host or parts.username is not None:
        raise FetchError(mark("only https addresses without a user's name are fetched"))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if len(address) > 2000 or not path.isascii() or any(character <= " " for character in path):
        raise FetchError(mark("the address is malformed"))
    request = _Fetching(
        host=host or "", port=port, path=path, is_allowed=is_allowed, most=most, seconds=seconds, context=context,
        plain=own,
    )  # fmt: skip
    return request.run()


class _Fetching:
    """One request, made in a thread of its own so that the whole of it, name look-up included, has an end."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        path: str,
        is_allowed: IsAllowed,
        most: int,
        seconds: float,
        context: ssl.SSLContext | None,
        plain: bool,
    ) -> None:
        self.host, self.port, self.path = host, port, path
        self.is_allowed, self.most, self.seconds = is_allowed, most, seconds
        self.context = None if plain else context or ssl.create_default_context()
        self.body: bytes | None = None
        self.fault = mark("it took too long")
        self.connection: http.client.HTTPConnection | None = None
        self.over = False

    def run(self) -> bytes:
        thread = threading.Thread(target=self.work, daemon=True)
        thread.start()
        thread.join(self.seconds)
        if thread.is_alive():
            self.over = True
            self.close()
            raise FetchError(mark("it took too long"))
        if self.body is None:
            raise FetchError(self.fault)
        return self.body

    def work(self) -> None:
        try:
            self.body = self.ask()
        except FetchError as error:
            self.fault = str(error)
        except ssl.SSLError:
            self.fault = mark("the server did not prove its name")
        except (OSError, http.client.HTTPException, UnicodeError):
            self.fault = mark("no connection")
        finally:
            self.close()

    def ask(self) -> bytes:
        address = self.resolve()
        connection = http.client.HTTPConnection(self.host, self.port, timeout=self.seconds)
        raw = socket.create_connection((address, self.port), timeout=self.seconds)
        connection.sock = raw
        self.connection = connection
        if self.over:
            raise FetchError(mark("it took too long"))
        if self.context is not None:
            connection.sock = self.context.wrap_socket(raw, server_hostname=self.host)
        headers = {"Accept": ACCEPT, "Accept-Encoding": "identity", "User-Agent": "clustermark"}
        connection.request("GET", self.path, headers=headers)
        answer = connection.getresponse()
        if answer.status != 200:
            raise FetchError(mark("the answer was an error or a redirection"))
        body = answer.read(self.most + 1)
        if len(body) > self.most:
            raise FetchError(mark("the answer is too large"))
        if answer.length:
            raise FetchError(mark("the answer was cut off"))
        return body

    def resolve(self) -> str:
        """The first address of the host, when all of them are allowed."""
        found = [
            str(item[4][0]) for item in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        ]
        if not found or not all(self.is_allowed(address) for address in found):
            raise FetchError(mark("the address leads to a private network"))
        return found[0]

    def close(self) -> None:
        connection = self.connection
        if connection is not None:
            with contextlib.suppress(OSError, AttributeError):
                connection.sock.shutdown(socket.SHUT_RDWR)  # wakes a reader that waits
            connection.close()

"""Fetching from addresses that strangers name: private networks, redirects, size and time."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from time import monotonic, sleep

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from clustermark.certificates.credential import StatusPlace, credential, credential_token
from clustermark.certificates.did import KeyDocument, document_address
from clustermark.certificates.fetching import FetchError, fetch, is_public, named_by_user
from clustermark.certificates.issuing import issue
from clustermark.certificates.online import verify_online
from clustermark.certificates.pdf_reading import inspect_pdf
from clustermark.certificates.status import Purpose, StatusList, status_list_token
from tests.certificates.material import (
    ISSUER,
    NOW,
    PLACE,
    documents,
    issued,
    lists,
    outcome,
    parts,
    record,
    signer,
)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - none is bound to
        "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "240.0.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1",
        "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "fec0::1", "5f00::1", "3fff::1", "192.88.99.1",
        "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:127.0.0.1", "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "localhost", "",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2a00:1450::8"],
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://label.example/", "only https"),
        ("file:///etc/passwd", "only https"),
        ("https://user@label.example/", "only https"),
        ("https:///x", "only https"),
        ("https://label.example:x/", "malformed"),
        ("https://label.example/a b", "malformed"),
        ("https://label.example/\r\nHost: x", "malformed"),
        ("https://127.0.0.1/", "private network"),
        ("https://localhost/", "private network"),
        ("https://[::1]/", "private network"),
        ("https://[::ffff:127.0.0.1]/", "private network"),
        ("https://2130706433/", "private network"),
        ("https://0x7f.1/", "private network"),
        ("https://169.254.169.254/latest/meta-data/", "private network"),
    ],
)
def test_addresses_that_are_not_fetched(address: str, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        fetch(address)


@dataclass
class Server:
    """A server on this machine with a certificate of its own; `answer` is what it sends, as it is."""

    port: int
    context: ssl.SSLContext
    answer: bytes = b""
    pause: float = 0.0
    requests: int = 0

    def get(self, path: str = "/", *, most: int = 10_000, seconds: float = 5.0) -> bytes:
        return fetch(
            f"https://localhost:{self.port}{path}",
            is_allowed=lambda address: address in {"127.0.0.1", "::1"},
            most=most,
            seconds=seconds,
            context=self.context,
        )


def certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    built = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
        .add_extension(names, critical=False).sign(key, SHA256())
    )  # fmt: skip
    file = folder / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + built.public_bytes(Encoding.PEM))
    return file


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    file = certificate(folder)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(file)
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1], ssl.create_default_context(cafile=str(file)))

    def serve() -> None:
        while True:
            try:
                plain, _peer = listener.accept()
            except OSError:
                return
            try:
                with ours.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(10_000)
                    server.requests += 1
                    for place in range(0, len(server.answer), 1 if server.pause else 65_536):
                        connection.sendall(server.answer[place : place + (1 if server.pause else 65_536)])
                        sleep(server.pause)
            except OSError:
                continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server")) as one:
        yield one


def answer(body: bytes, status: bytes = b"200 OK", head: bytes = b"") -> bytes:
    return b"HTTP/1.1 " + status + b"\r\nConnection: close\r\n" + head + b"\r\n" + body


def test_a_plain_answer_is_returned(server: Server) -> None:
    server.answer, server.pause = answer(b"body"), 0
    assert server.get("/a?b=c") == b"body"


def test_redirects_errors_and_large_answers_are_refused(server: Server) -> None:
    server.pause = 0
    before = server.requests
    server.answer = answer(b"", b"302 Found", b"Location: https://localhost/elsewhere\r\n")
    with pytest.raises(FetchError, match="redirection"):
        server.get()
    assert server.requests == before + 1
    for content, words in (
        (answer(b"", b"404 Not Found"), "error"),
        (answer(b"x" * 10_001), "too large"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000, "no connection"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000, "no connection"),
        (b"\x00" * 100, "no connection"),
        (answer(b"short", head=b"Content-Length: 50\r\n"), "cut off"),
    ):
        server.answer = content
        with pytest.raises(FetchError, match=words):
            server.get()


def test_an_answer_that_drips_is_given_up(server: Server) -> None:
    server.answer, server.pause = answer(b"x" * 1000), 0.05
    begin = monotonic()
    with pytest.raises(FetchError, match="too long"):
        server.get(seconds=0.6)
    assert monotonic() - begin < 3
    server.pause = 0


def test_a_server_that_cannot_prove_its_name_is_refused(server: Server) -> None:
    with pytest.raises(FetchError, match="prove its name"):
        fetch(f"https://localhost:{server.port}/", is_allowed=lambda _address: True)


def test_online_what_is_missing_is_asked_of_the_issuer_and_no_one_else() -> None:
    served = {
        document_address(ISSUER.id): documents()[0].to_json().encode(),
        PLACE.revocation_list: lists()[0].encode(),
        PLACE.suspension_list: lists()[1].encode(),
    }
    asked: list[str] = []

    def get(address: str) -> bytes:
        asked.append(address)
        return served[address]

    token = issued().token.encode()
    trusted = verify_online(token, now=NOW, trusted={ISSUER.id}, get=get, inspect=inspect_pdf)
    assert trusted.ok
    assert asked == list(served)
    # a document that was fetched makes nobody trusted
    stranger = verify_online(token, now=NOW, get=get, inspect=inspect_pdf)
    assert stranger.standing == "unconfirmed"
    assert outcome(stranger, "issuer") == "unknown"
    # with everything at hand nobody is asked
    asked.clear()
    assert verify_online(issued().pdf, documents=documents(), status_lists=lists(), now=NOW, get=get).ok
    assert asked == []
    # lists that are out of date are asked for again
    old = lists(at=NOW - timedelta(days=9))
    assert verify_online(token, documents=documents(), status_lists=old, now=NOW, get=get).ok
    assert asked == [PLACE.revocation_list, PLACE.suspension_list]


def test_no_status_list_is_asked_for_before_the_signature_holds() -> None:
    asked: list[str] = []

    def get(address: str) -> bytes:
        asked.append(address)
        raise FetchError("nothing there")

    forged = issued().token[:-20] + "A" * 20
    assert not verify_online(forged.encode(), documents=documents(), now=NOW, get=get).ok
    assert asked == []
    assert verify_online(issued().token.encode(), now=NOW, get=get).standing == "unconfirmed"
    assert asked == ["https://label.example/.well-known/did.json"]


Answer = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[str, int]]


def resolved(*addresses: str) -> list[Answer]:
    """What the system's name service would say of a host."""
    return [
        (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443))
        for one in addresses
    ]


@pytest.mark.parametrize(
    "addresses",
    [
        ("10.0.0.1",), ("::ffff:10.0.0.1",), ("169.254.169.254",), ("93.184.216.34", "127.0.0.1"),
        ("2606:4700::1111", "::1"), (),
    ],
)  # fmt: skip
def test_a_name_that_leads_to_a_private_address_is_not_connected_to(
    addresses: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One private address among public ones is enough: the next look-up might give that one."""
    connected: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: resolved(*addresses))
    monkeypatch.setattr(socket, "create_connection", lambda *asked, **_more: connected.append(asked))
    with pytest.raises(FetchError, match="private network"):
        fetch("https://label.example/status/revocation")
    assert connected == []


def test_a_name_is_looked_up_once_and_what_was_looked_at_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that is public when looked at and private a moment later (DNS rebinding) gains nothing."""
    said = iter([resolved("93.184.216.34"), resolved("127.0.0.1")])
    connected: list[object] = []

    def connect(address: object, **_more: object) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: next(said))
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match="no connection"):
        fetch("https://label.example/")
    assert connected == [("93.184.216.34", 443)]
    assert next(said) == resolved("127.0.0.1")


@pytest.mark.parametrize(
    "issuer",
    [
        "did:web:localhost", "did:web:127.0.0.1", "did:web:10.0.0.1:keys", "did:web:169.254.169.254:latest:meta-data",
        "did:web:localhost%3A8000", "did:web:%5B%3A%3A1%5D", "did:web:2130706433", "did:web:user%40localhost",
        "did:web:label.example%2F..%2F", "did:web:", "did:key:z6Mk", "https://127.0.0.1/", "did:web:" + "a" * 5000,
    ],
)  # fmt: skip
def test_an_issuer_that_names_a_private_host_makes_nobody_connect(
    issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up, connected = socket.getaddrinfo, []
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *asked, **more: (
            look_up(host, *asked, **more) if "label" not in host else resolved("10.0.0.1")
        ),
    )
    monkeypatch.setattr(socket, "create_connection", lambda *asked, **_more: connected.append(asked))
    whole = parts()
    token = replace(whole, payload={**whole.payload, "iss": issuer, "issuer": issuer}).signed_again()
    verdict = verify_online(token.encode(), now=NOW)
    assert not verdict.ok
    assert verdict.award is None
    assert connected == []


def test_a_true_issuer_whose_lists_lie_in_a_private_network_is_not_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *asked, **_more: connected.append(asked))
    place = StatusPlace(revocation_list="https://127.0.0.1/r", suspension_list="https://[::1]/s", index=5)
    token = credential_token(credential(record(), ISSUER, place, issued_at=NOW), signer())
    verdict = verify_online(token.encode(), documents=documents(), now=NOW)
    assert verdict.standing == "unconfirmed"
    assert outcome(verdict, "credential_signature") == "passed"
    assert outcome(verdict, "revocation") == "unknown"
    assert connected == []


@pytest.mark.parametrize(
    ("texts", "host"),
    [
        (("http://127.0.0.1:8000/register/x",), "127.0.0.1:8000"),
        (("certificate.pdf", "did:web:localhost%3A8000"), "localhost:8000"),
        (("certificate.pdf", "did:web:127.0.0.1"), "127.0.0.1"),
        (("https://127.0.0.1/", "did:web:label.example"), None),
        (("http://label.example/", "http://10.0.0.1/", "http://127.0.0.1.label.example/"), None),
        (
            ("http://user@127.0.0.1/", "http://127.0.0.1:8000@label.example/", "did:web:127.0.0.1%2Flabel"),
            None,
        ),
    ],
)
def test_only_this_machine_may_be_named_for_http(texts: tuple[str, ...], host: str | None) -> None:
    assert named_by_user(*texts) == host


class Site(ThreadingHTTPServer):
    """A developer's site without TLS: what it serves by path, and what was asked."""

    pages: dict[str, bytes]
    asked: list[str]


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Site)
        self.server.asked.append(self.path)
        body = self.server.pages.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its base has it
        pass


@pytest.fixture
def own_site() -> Iterator[Site]:
    """A site on this machine with one certificate of its own, its key document and status lists."""
    with Site(("127.0.0.1", 0), Pages) as site:
        host = f"127.0.0.1:{site.server_port}"
        by = signer("own", f"did:web:127.0.0.1%3A{site.server_port}")
        purposes: tuple[Purpose, ...] = ("revocation", "suspension")
        marks = [StatusList(purpose, f"http://{host}/{purpose}", frozenset()) for purpose in purposes]
        place = PLACE.model_copy(update={f"{one.purpose}_list": one.address for one in marks})
        made = issue(record(), by, status=place, issued_at=NOW)
        site.asked = []
        site.pages = {
            "/c.pdf": made.pdf,
            "/.well-known/did.json": KeyDocument(by.issuer.id, by.keys()).to_json().encode(),
            **{f"/{one.purpose}": status_list_token(one, by, issued_at=NOW).encode() for one in marks},
        }
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield site
        site.shutdown()
        thread.join()


def test_a_developers_own_site_is_checked_by_whoever_names_it(own_site: Site) -> None:
    address = f"http://127.0.0.1:{own_site.server_port}"
    issuer = f"did:web:127.0.0.1%3A{own_site.server_port}"
    get = partial(fetch, named=named_by_user(f"{address}/c.pdf"))
    data = get(f"{address}/c.pdf")
    assert verify_online(data, now=NOW, trusted=[issuer], get=get, inspect=inspect_pdf).standing == "valid"
    assert own_site.asked == ["/c.pdf", "/.well-known/did.json", "/revocation", "/suspension"]


def test_a_file_that_names_this_machine_makes_no_request_to_it(own_site: Site) -> None:
    """Neither for somebody who named nothing, nor for one who named another port or another host."""
    for named in (None, "127.0.0.1:9", "localhost:8000"):
        verdict = verify_online(
            own_site.pages["/c.pdf"], now=NOW, get=partial(fetch, named=named), inspect=inspect_pdf
        )
        assert verdict.standing == "unconfirmed"
    for address in (
        f"http://localhost:{own_site.server_port}/c.pdf",
        f"http://127.0.0.1.:{own_site.server_port}/c.pdf",
    ):
        with pytest.raises(FetchError, match="only https"):
            fetch(address, named=f"127.0.0.1:{own_site.server_port}")
    assert own_site.asked == []

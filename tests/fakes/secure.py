"""Web servers with certificates of an authority that only the tests trust."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Talk = Callable[[socket.socket, str], None]
"""Answers one request; gets the connection and what was asked."""


@dataclass
class Authority:
    """An authority, and the certificates that it gave."""

    folder: Path
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def path(self) -> Path:
        """Where its own certificate lies."""
        path = self.folder / "authority.pem"
        if not path.exists():
            own = self._certificate("Test authority", self.key, *_AN_AUTHORITYS)
            path.write_bytes(own.public_bytes(serialization.Encoding.PEM))
        return path

    def context(self, name: str = "localhost", days: int = 1) -> ssl.SSLContext:
        """Give a server's context for a name; with days below zero it has ended."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName(
            [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            if name == "localhost"
            else [x509.DNSName(name)]
        )
        made = self._certificate(name, key, names, days=days)
        path = self.folder / f"{name}-{days}.pem"
        path.write_bytes(
            made.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _certificate(
        self,
        name: str,
        key: ec.EllipticCurvePrivateKey,
        *extensions: x509.ExtensionType,
        days: int = 1,
    ) -> x509.Certificate:
        public, ours = key.public_key(), self.key.public_key()
        builder = (
            x509.CertificateBuilder()
            .subject_name(_named(name))
            .issuer_name(_named("Test authority"))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now - timedelta(days=9))
            .not_valid_after(self.now + timedelta(days=days))
        )
        for extension in (
            x509.SubjectKeyIdentifier.from_public_key(public),
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ours),
            *extensions,
        ):
            builder = builder.add_extension(
                extension, critical=extension in _AN_AUTHORITYS
            )
        return builder.sign(self.key, hashes.SHA256())


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


_AN_AUTHORITYS: tuple[x509.ExtensionType, ...] = (
    x509.BasicConstraints(ca=True, path_length=None),
    x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    ),
)
"""What strict clients (Python 3.13 and newer) want to see of an authority."""


def saying(status: str, *headers: str, body: bytes = b"") -> Talk:
    """Give an answer with this status line, headers and body."""
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers, "Connection: close", "", ""])

    def talk(connection: socket.socket, _: str) -> None:
        connection.sendall(head.encode("latin-1") + body)

    return talk


@dataclass
class SecureServer:
    """A server that answers each request with the next talk, the last for ever."""

    talks: list[Talk]
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def url(self, path: str = "/start") -> str:
        """Give an address of it."""
        return f"https://localhost:{self.port}{path}"

    def take(self, connection: socket.socket) -> None:
        """Read one request's head, keep its first line, and answer."""
        head = b""
        while b"\r\n\r\n" not in head:
            more = connection.recv(4096)
            if not more:
                return
            head += more
            if head.startswith(b"\x16"):  # TLS where none is spoken
                break
        line = head.decode("latin-1").split("\r\n")[0]
        self.asked.append(line)
        talk = self.talks.pop(0) if len(self.talks) > 1 else self.talks[0]
        talk(connection, line)


@contextmanager
def secure_server(
    context: ssl.SSLContext | None, *talks: Talk
) -> Iterator[SecureServer]:
    """Serve on the loopback until the block ends, with TLS when there is a context."""
    server = SecureServer(list(talks))
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        server.port = listener.getsockname()[1]
        accepting = threading.Thread(
            target=_accept, args=(listener, context, server, ended)
        )
        accepting.start()
        try:
            yield server
        finally:
            ended.set()
            accepting.join()


def _accept(
    listener: socket.socket,
    context: ssl.SSLContext | None,
    server: SecureServer,
    ended: threading.Event,
) -> None:
    threads: list[threading.Thread] = []
    while not ended.is_set():
        with contextlib.suppress(TimeoutError):
            plain, _ = listener.accept()
            args = (plain, context, server)
            threads.append(threading.Thread(target=_serve, args=args))
            threads[-1].start()
    for thread in threads:
        thread.join()


def _serve(
    plain: socket.socket, context: ssl.SSLContext | None, server: SecureServer
) -> None:
    with contextlib.suppress(OSError), plain:
        plain.settimeout(20)
        if context is None:
            server.take(plain)
            return
        with context.wrap_socket(plain, server_side=True) as connection:
            server.take(connection)

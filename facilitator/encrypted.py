"""HTTPS by this computer itself, for a laptop that has no proxy in front.

What is encrypted ends here, and pywsgi gets a plain line to the person behind it. So whoever writes to a line itself
(`straight`) need not know of it, and no other server pays for it.
"""

import socket
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Any

import gevent
from flask import Flask
from gevent.pywsgi import WSGIServer

from facilitator.handler import READS_WITHIN_SECONDS
from facilitator.safety import MOST_HEADER_BYTES, bare_answer

BEGINS_A_HANDSHAKE = b"\x16"
AT_ONCE_BYTES = 16 * 1024
TAKEN_WITHIN_SECONDS = 30
"""Whoever takes none of this for so long, with all buffers full, is gone or asleep, and comes back by itself."""
GOODBYE_SECONDS = 1


class EncryptedServer(WSGIServer):
    """pywsgi, behind a handshake that holds up nobody but whoever makes it."""

    def __init__(self, listener: socket.socket, app: Flask, certificate: Path, **how: Any) -> None:
        """Serve `app` with the certificate and key in the file `certificate`."""
        self._app = app
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._context.load_cert_chain(certificate)
        super().__init__(listener, app, environ={"wsgi.url_scheme": "https"}, **how)

    def handle(self, sock: Any, address: Any) -> None:
        """Serve one connection. One that says nothing, or takes our certificate for none, is let go without a word."""
        try:
            with gevent.Timeout(READS_WITHIN_SECONDS):
                if sock.recv(1, socket.MSG_PEEK) != BEGINS_A_HANDSHAKE:
                    return self._send_on(sock)
                encrypted = self._context.wrap_socket(sock, server_side=True)
        except (gevent.Timeout, OSError):
            return None
        plain, ours = socket.socketpair()
        gevent.spawn(_carry, encrypted, ours)
        try:
            super().handle(plain, address)
        finally:
            plain.close()

    def _send_on(self, sock: Any) -> None:
        """Who types the address without its https:// is sent there. The path is not said again in the clear."""
        asked = b""
        while b"\r\n\r\n" not in asked and len(asked) <= MOST_HEADER_BYTES:
            if not (more := sock.recv(AT_ONCE_BYTES)):
                return
            asked += more
        host, port = sock.getsockname()[:2]
        sock.sendall(bare_answer(self._app, 302, {"Location": f"https://{host}:{port}/"}))


def _carry(encrypted: Any, ours: Any) -> None:
    """Carry what is said both ways until we hang up; whoever is there may hang up first."""
    inwards = gevent.spawn(_in, encrypted, ours)
    try:
        while said := ours.recv(AT_ONCE_BYTES):
            with gevent.Timeout(TAKEN_WITHIN_SECONDS):
                encrypted.sendall(said)
        inwards.kill()
        with gevent.Timeout(GOODBYE_SECONDS):
            encrypted.unwrap()
    except (gevent.Timeout, OSError, ValueError):
        pass
    finally:
        inwards.kill()
        encrypted.close()
        ours.close()


def _in(encrypted: Any, ours: Any) -> None:
    with suppress(OSError):
        while said := encrypted.recv(AT_ONCE_BYTES):
            ours.sendall(said)
    with suppress(OSError):
        ours.shutdown(socket.SHUT_WR)

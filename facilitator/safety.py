"""The outer wall: a WSGI wrapper around everything, Socket.IO included.

It refuses what no honest browser sends before a byte of the body is read, and puts the same headers on every answer.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask_babel import gettext

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types circle"
)
POWERS_OFF = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
        "screen-wake-lock", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CSP,
    "Permissions-Policy": POWERS_OFF,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # `no-referrer` would make plain form posts send `Origin: null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
STRICT_TRANSPORT = {"Strict-Transport-Security": "max-age=31536000"}
PAGE_CACHE, FILE_CACHE = "no-store", "public, max-age=31536000, immutable"
NOT_SENT = frozenset({"server", "access-control-allow-origin", "access-control-allow-credentials"})
MOST_HEADER_BYTES = 16 * 1024
HOST = re.compile(r"[\w.:\[\]-]+", re.ASCII)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
STATUS = {
    302: "302 Found",
    400: "400 Bad Request",
    403: "403 Forbidden",
    408: "408 Request Timeout",
    413: "413 Content Too Large",
    414: "414 URI Too Long",
    431: "431 Request Header Fields Too Large",
    500: "500 Internal Server Error",
}
_SENTENCES = {
    400: lambda: gettext("This address is not ours."),
    403: lambda: gettext("This page was open too long. Reload it and try again."),
    413: lambda: gettext("That is too much to send at once."),
    431: lambda: gettext("That is too much to send at once."),
}
_OF_LANGUAGE = {"HTTP_ACCEPT_LANGUAGE": "Accept-Language", "HTTP_COOKIE": "Cookie"}

Environ = dict[str, Any]


def headers_of(app: Flask) -> dict[str, str]:
    """The headers on every answer of `app`, but for how long it may be kept.

    A laptop with a certificate of its own asks nobody to come by HTTPS alone for a year: with the next certificate, or
    without one, a browser that heeds it would let nobody in, and offer no way past its warning.
    """
    return HEADERS | (STRICT_TRANSPORT if app.config["SECURE"] and not app.config["OWN_HTTPS"] else {})


def bare_answer(app: Flask, status: int, more: dict[str, str] | None = None) -> bytes:
    """What a server says by itself, before a request has reached `app` or after it broke: a status, no words."""
    exact = headers_of(app) | {"Cache-Control": PAGE_CACHE, "Content-Length": "0", "Connection": "close"} | (more or {})
    lines = [f"HTTP/1.1 {STATUS[status]}", *(f"{name}: {value}" for name, value in exact.items()), "", ""]
    return "\r\n".join(lines).encode()


class OuterWall:
    """WSGI around WSGI: what passes gets exact headers, what doesn't gets one plain sentence."""

    def __init__(self, app: Flask) -> None:
        """Stand around `app`, whose settings say which address is ours and whether a proxy stands before us."""
        self._app, self._inner = app, app.wsgi_app
        self._most_body: int = app.config["MAX_CONTENT_LENGTH"]
        self._behind_proxy = app.config["PROXIES"] > 0
        self._lan: bool = app.config["LAN"]
        self._own = urlsplit(app.config["ADDRESS"])
        self._headers = headers_of(app)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            is_file = path.startswith("/static/") and status.startswith("200")
            exact = self._headers | {"Cache-Control": FILE_CACHE if is_file else PAGE_CACHE}
            dropped = NOT_SENT | {name.lower() for name in exact}
            kept = [(name, value) for name, value in headers if name.lower() not in dropped]
            return start_response(status, [*kept, *exact.items()], *exc_info)

        refused = self._refused(environ, path.startswith("/socket.io"))
        if refused:
            body = self._said(refused, environ).encode()
            start(STATUS[refused], [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))])
            return [body]
        return self._inner(environ, start)

    def _said(self, status: int, environ: Environ) -> str:
        """Why not, in the reader's language. Of what was refused, nothing but that language is looked at."""
        headers = {name: environ[key] for key, name in _OF_LANGUAGE.items() if 0 < len(environ.get(key, "")) < 1024}
        with self._app.test_request_context(base_url=self._app.config["ADDRESS"], headers=headers):
            return str(_SENTENCES[status]())

    def _refused(self, environ: Environ, for_socket: bool) -> int:
        """The status to refuse with, or 0."""
        if sum(len(str(value)) for name, value in environ.items() if name.startswith("HTTP_")) > MOST_HEADER_BYTES:
            return 431
        if not self._known_host(environ.get("HTTP_HOST", "")) or self._foreign_forwarding(environ):
            return 400
        if self._in_the_clear(environ):
            return 400
        if _length(environ) > (self._most_body if not for_socket else 1024):
            return 413
        if for_socket and not self._may_listen(environ):
            return 403
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD", "OPTIONS") and not self._same_origin(environ):
            return 403
        return 0

    def _known_host(self, host: str) -> bool:
        """Our configured address, loopback, or on a local network any private address: a name could be rebound."""
        if not HOST.fullmatch(host):  # a part of an address that a host never has would be read as something else
            return False
        try:
            parts = urlsplit(f"//{host}")
            name, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return False
        if name in LOOPBACK or (name, port) == ((self._own.hostname or "").lower(), self._own.port):
            return True
        try:
            return self._lan and ipaddress.ip_address(name).is_private
        except ValueError:
            return False

    def _foreign_forwarding(self, environ: Environ) -> bool:
        """Whether someone says a proxy stands between us when none does."""
        forwarded = (name for name in environ if name.startswith("HTTP_X_FORWARDED_") or name == "HTTP_FORWARDED")
        return not self._behind_proxy and any(True for _ in forwarded)

    def _in_the_clear(self, environ: Environ) -> bool:
        """Whether our proxy says that it was asked for a page of ours without encryption."""
        encrypted = environ["wsgi.url_scheme"] == "https"
        return self._own.scheme == "https" and "HTTP_X_FORWARDED_PROTO" in environ and not encrypted

    def _same_origin(self, environ: Environ) -> bool:
        """Whether the request does not say that it comes from elsewhere. Saying nothing is for old browsers."""
        if environ.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
            return False
        origin = environ.get("HTTP_ORIGIN")
        return origin is None or self._ours(origin, environ)

    def _may_listen(self, environ: Environ) -> bool:
        """Whether a handshake or a poll comes from our own page. Browsers send no Origin with same-origin GETs only."""
        if environ.get("HTTP_ORIGIN"):
            return self._same_origin(environ)
        a_get = environ["REQUEST_METHOD"] == "GET" and not environ.get("HTTP_UPGRADE")
        return a_get and bool(environ.get("HTTP_COOKIE")) and self._same_origin(environ)

    def _ours(self, origin: str, environ: Environ) -> bool:
        return origin == f"{self._own.scheme}://{environ.get('HTTP_HOST', '')}"


def _length(environ: Environ) -> int:
    try:
        return int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0

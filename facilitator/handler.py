"""How the server we ship hears one connection: whole requests only, in good time, and never a word of who they are."""

import io
from http.client import HTTPException
from types import TracebackType
from typing import Any, cast

import gevent
from flask import Flask
from gevent.pywsgi import Input, WSGIHandler

from facilitator.logs import log_kind
from facilitator.safety import bare_answer
from facilitator.startup import DIRECT
from facilitator.straight import OFFERED

READS_WITHIN_SECONDS = 10
"""How long a connection may take to say what it wants; and then, how long to send what belongs to it."""


class Handler(WSGIHandler):
    """pywsgi's handler. What it would answer by itself carries the headers of every other answer."""

    def read_requestline(self) -> str:
        """The first line of a request, or '' when none comes in time: an idle connection is closed."""
        try:
            with gevent.Timeout(READS_WITHIN_SECONDS):
                return str(super().read_requestline())
        except gevent.Timeout:
            return ""

    def read_request(self, raw_requestline: str) -> bool:  # type: ignore[override]  # what pywsgi asks of it
        """Read the headers of a request; False when they come too slowly."""
        try:
            with gevent.Timeout(READS_WITHIN_SECONDS):
                return bool(super().read_request(raw_requestline))
        except gevent.Timeout:
            return False

    def handle_one_request(self) -> Any:
        """One request. What can't be read as one is refused in our headers."""
        answered = super().handle_one_request()
        if isinstance(answered, tuple):
            return answered[0], bare_answer(self._app, int(answered[0]))
        return answered

    _offered: list[Any]

    def handle_one_response(self) -> None:
        """Read the body, then answer. Whoever sends one byte now and then holds no view, and no line, for ever."""
        refused = self._read_body()
        if refused:
            self.close_connection = True
            self.socket.sendall(bare_answer(self._app, refused))
        else:
            super().handle_one_response()
        if self._app.config["FAN_OUT"] == DIRECT and not self._offered:
            self.close_connection = True
            self.rfile.close()
            # Or the server, on closing its end, would read away what is said on it.
            self.socket = None  # type: ignore[assignment]

    def get_environ(self) -> dict[str, Any]:
        """What an app is told of a request. Where FAN_OUT says so it may take the connection, out of a list."""
        environ: dict[str, Any] = super().get_environ()
        if self._app.config["FAN_OUT"] == DIRECT:
            environ[OFFERED] = self._offered = [self.socket]
        return environ

    def log_request(self) -> None:
        """Log nothing: a line would hold an address and a time."""

    def log_error(self, msg: str, *args: object) -> None:
        """Log nothing: what could not be parsed may hold anything."""

    @property
    def _app(self) -> Flask:
        return cast(Flask, self.server.application)

    def _read_body(self) -> int:
        """Put the whole body in the place of its stream. Returns the status to refuse with, or 0.

        One that is too large is not read at all, or no further than shows that; the outer wall then refuses it.
        """
        most = self._app.config["MAX_CONTENT_LENGTH"]
        stream = self.wsgi_input
        if stream is None or not (self.content_length or stream.chunked_input):
            return 0
        body, environ = b"", cast(dict[str, Any], self.environ)
        if (self.content_length or 0) <= most:
            try:
                with gevent.Timeout(READS_WITHIN_SECONDS):
                    body = stream.read(most + 1)
            except gevent.Timeout:
                return 408
            except OSError:
                return 400
            environ["CONTENT_LENGTH"] = str(len(body))
        self.close_connection = self.close_connection or int(environ["CONTENT_LENGTH"]) > most
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        self.wsgi_input = environ["wsgi.input"] = Input(io.BufferedReader(io.BytesIO(body)), len(body))
        return 0

    def _handle_client_error(self, ex: Exception) -> tuple[str, bytes]:
        # pywsgi would print what it could not understand. `status` is set where one header is too long.
        too_much = isinstance(ex, HTTPException) or self.headers.status
        return ("431" if too_much else "400"), b""

    def _send_error_response_if_possible(self, error_code: int) -> None:
        self.close_connection = True
        if not self.response_length:
            self.socket.sendall(bare_answer(self._app, error_code))

    def _log_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        # pywsgi would print the environment of the request: cookies, the address, the path.
        if not issubclass(kind, (gevent.GreenletExit, OSError)):
            log_kind(kind, trace, "the server")

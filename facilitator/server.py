"""The server we ship: gevent's pywsgi, one process, no access log."""

import resource
import secrets
import signal
import socket
import sys
from types import TracebackType

import gevent
import segno
from flask import Flask
from gevent.pywsgi import WSGIHandler, WSGIServer

from facilitator import live
from facilitator.extensions import database, vault
from facilitator.logs import log_kind, only_these_lines, quiet
from sessions import accounts
from sessions.circle import erase
from sessions.circle.circles import TICK_SECONDS

BACKLOG = 4096
READS_WITHIN_SECONDS = 10
"""How long a connection may take to say what it wants."""


class Handler(WSGIHandler):
    """pywsgi's handler, without a word of whom it serves: neither as they come nor when something breaks."""

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

    def log_request(self) -> None:
        """Log nothing: a line would hold an address and a time."""

    def log_error(self, msg: str, *args: object) -> None:
        """Log nothing: what could not be parsed may hold anything."""

    def _log_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        # pywsgi would print the environment of the request: cookies, the address, the path.
        if not issubclass(kind, (gevent.GreenletExit, OSError)):
            log_kind(kind, trace, "the server")


def serve(app: Flask) -> None:
    """Serve `app` until told to stop. On the way up, finish what an earlier stop interrupted.

    What is printed before is for whoever starts it, in words. From then on there are only lines of the log.
    """
    with app.app_context(), database.read() as db:
        is_new = not accounts.anybody(db)
    if is_new:
        app.config["FIRST_LINK"] = secrets.token_urlsafe(24)
    _allow_many_files()
    listener = _listener(*app.config["LISTEN"])
    _say_where(app)
    only_these_lines()
    with app.app_context():
        erase.resume(database, vault)
    server = WSGIServer(listener, app, handler_class=Handler, log=None, error_log=quiet("pywsgi"))
    gevent.spawn(live.run_the_clock, app, TICK_SECONDS)
    for name in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(name, server.stop, 1)
    server.serve_forever()


def _listener(host: str, port: int) -> socket.socket:
    listener = socket.create_server(
        (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=BACKLOG
    )
    # Accepted sockets inherit it. Without it a push to a small circle waits 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.setblocking(False)
    return listener


def _allow_many_files() -> None:
    """As many connections as this system lets us have: each is a file handle."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _say_where(app: Flask) -> None:
    address = app.config["ADDRESS"]
    print(f"Open Circle: {address}")
    if app.config["LAN"]:
        print("A phone on the same Wi-Fi opens it with this:\n")
        segno.make(address).terminal(compact=True)
        print("\nPlain HTTP: others on this Wi-Fi could read along. Use a network you trust.")
    if app.config.get("FIRST_LINK"):
        # Opened on this computer itself, so that a passphrase never crosses the Wi-Fi in the clear.
        here = f"http://127.0.0.1:{app.config['LISTEN'][1]}" if app.config["LAN"] else address
        print("Nobody has an account yet. Make the first one on this computer, once:")
        print(f"  {here}/staff/first/{app.config['FIRST_LINK']}")
    sys.stdout.flush()

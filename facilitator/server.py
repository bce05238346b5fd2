"""The server we ship: gevent's pywsgi, one process, no access log."""

import os
import resource
import secrets
import signal
import socket
import sys

import gevent
import segno
from flask import Flask
from gevent.pywsgi import WSGIServer

from facilitator import clock, elsewhere, startup
from facilitator.extensions import database, processes, vault
from facilitator.handler import Handler
from facilitator.logs import only_these_lines, quiet
from sessions import accounts
from sessions.circle import erase
from sessions.circle.circles import TICK_SECONDS

BACKLOG = 4096
SEND_BUFFER_BYTES = 128 * 1024
"""What the system keeps for somebody who does not read. Left to itself it would take megabytes for each."""


def serve(app: Flask) -> None:
    """Serve `app` until told to stop. On the way up, finish what an earlier stop interrupted.

    What is printed before is for whoever starts it, in words. From then on there are only lines of the log.
    """
    taken = None if processes.several else startup.only_one(app.config["DATA"])
    with app.app_context(), database.read() as db:
        is_new = not accounts.anybody(db)
    if is_new:
        app.config["FIRST_LINK"] = secrets.token_urlsafe(24)
    _allow_many_files()
    listener = _listener(*app.config["LISTEN"])
    _say_where(app)
    only_these_lines()
    with app.app_context():
        erase.resume(database, vault, alone=not processes.several)
    server = WSGIServer(listener, app, handler_class=Handler, log=None, error_log=quiet("pywsgi"))
    gevent.spawn(clock.run, app, TICK_SECONDS)
    gevent.spawn(elsewhere.listen, app)
    for name in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(name, server.stop, 1)
    _tell_systemd()
    server.serve_forever()
    if taken:
        taken.close()


def _listener(host: str, port: int) -> socket.socket:
    listener = socket.create_server(
        (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=BACKLOG
    )
    # Accepted sockets inherit it. Without it a push to a small circle waits 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    listener.setblocking(False)
    return listener


def _tell_systemd() -> None:
    """Say that it answers to whoever waits for that: Type=notify in docs/open-circle.service."""
    if at := os.environ.get("NOTIFY_SOCKET"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as waits:
            waits.sendto(b"READY=1", at.replace("@", "\0", 1) if at.startswith("@") else at)


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
        print("\nThis is not encrypted: others on this Wi-Fi could read along. Use a network you trust.")
    if app.config.get("FIRST_LINK"):
        # Opened on this computer itself, so that a passphrase never crosses the Wi-Fi in the clear.
        here = f"http://127.0.0.1:{app.config['LISTEN'][1]}" if app.config["LAN"] else address
        print("Nobody has an account yet. Make the first one on this computer, once:")
        print(f"  {here}/staff/first/{app.config['FIRST_LINK']}")
    sys.stdout.flush()

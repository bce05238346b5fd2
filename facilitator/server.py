"""The server we ship: gevent's pywsgi, one process, no access log."""

import os
import resource
import secrets
import signal
import socket
from typing import Any

import gevent
from flask import Flask
from gevent.pywsgi import WSGIServer

from facilitator import certificate, clock, elsewhere, greeting, startup
from facilitator.encrypted import EncryptedServer
from facilitator.extensions import database, processes, vault
from facilitator.handler import Handler
from facilitator.logs import log_kind, only_these_lines, quiet
from sessions import accounts
from sessions.circle import erase
from sessions.circle.circles import TICK_SECONDS
from sessions.database import NotNow

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
    listener = listen_on(*app.config["LISTEN"])
    if app.config["OWN_HTTPS"]:
        app.config["CERTIFICATE"] = certificate.own(app.config["DATA"], app.config["SEEN_AT"])
    greeting.say(app)
    only_these_lines()
    if not take_up(app, alone=not processes.several):
        gevent.spawn(_take_up_later, app)
    server = _server(listener, app)
    gevent.spawn(clock.run, app, TICK_SECONDS)
    gevent.spawn(elsewhere.listen, app)
    for name in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(name, server.stop, 1)
    _tell_systemd()
    server.serve_forever()
    if taken:
        taken.close()


def take_up(app: Flask, alone: bool) -> bool:
    """Finish what an earlier stop interrupted. False while nothing can be written: pages are read all the same."""
    try:
        with app.app_context():
            erase.resume(database, vault, alone)
    except NotNow as error:
        log_kind(NotNow, error.__traceback__, "the server")
        return False
    return True


def _take_up_later(app: Flask) -> None:
    while True:
        gevent.sleep(TICK_SECONDS)
        if take_up(app, alone=False):  # a circle may just be opening its doors
            return


def _server(listener: socket.socket, app: Flask) -> WSGIServer:
    how: dict[str, Any] = {"handler_class": Handler, "log": None, "error_log": quiet("pywsgi")}
    if app.config["OWN_HTTPS"]:
        return EncryptedServer(listener, app, app.config["CERTIFICATE"].file, **how)
    return WSGIServer(listener, app, **how)


def listen_on(host: str, port: int) -> socket.socket:
    """A socket on which others may come in. Raises CannotStart where that can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise startup.why_no_port(host, port, error) from None
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

"""Run as a program: python-socketio on gevent and nothing else, which tells its rooms something at each SIGUSR2."""

from gevent import monkey

monkey.patch_all()

import hashlib  # noqa: E402 - patched first
import os  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
import sqlite3  # noqa: E402
from http.cookies import SimpleCookie  # noqa: E402
from itertools import count, islice  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
import socketio  # noqa: E402
from gevent.pywsgi import WSGIServer  # noqa: E402

TIMES, PAUSE, WORDS = int(os.environ["TELL_TIMES"]), float(os.environ["TELL_PAUSE"]), os.environ["TELL_WORDS"]

io = socketio.Server(async_mode="gevent")
db = sqlite3.connect(os.environ["DATABASE"])
versions, rooms = count(1), set()


@io.event
def connect(sid: str, environ: dict[str, Any], _auth: Any) -> None:
    token = SimpleCookie(environ["HTTP_COOKIE"])["circle"].value
    which = "SELECT circle_id, role, language FROM seats WHERE token_hash = ?"
    seat = db.execute(which, (hashlib.sha256(token.encode()).digest(),)).fetchone()
    room = " ".join(seat)
    rooms.add(room)
    io.enter_room(sid, room)
    io.emit("beat", {"v": 0, "here": 1}, to=sid)


def healthy(_environ: Any, start: Any) -> list[bytes]:
    start("200 OK", [("Content-Length", "0")])
    return [b""]


def tell_all() -> None:
    for version in islice(versions, TIMES):
        for room in list(rooms):
            io.emit("stream", {"v": version, "ops": [["append", "notes", WORDS]]}, to=room)
        gevent.sleep(PAUSE)


def serve(app: Any) -> None:
    """As our own server listens: without Nagle's wait, and with room for a storm."""
    listener = socket.create_server(("127.0.0.1", int(os.environ["PORT"])), backlog=4096)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.setblocking(False)
    WSGIServer(listener, app, log=None).serve_forever()


if __name__ == "__main__":
    gevent.signal_handler(signal.SIGUSR2, tell_all)
    serve(socketio.WSGIApp(io, healthy))

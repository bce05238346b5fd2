"""Run as a program: it reads the code of the server we ship, and starts it in a fork whenever it gets a line.

Each is a process of its own that makes its app from nothing, as after any crash. Only the reading of the code and of
the templates, which is most of a start, is done once. It answers the number of that process, and when that is gone,
how it ended.
"""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402 - patched first, as in app.py
import sys  # noqa: E402
import tempfile  # noqa: E402

import gevent  # noqa: E402
from flask import Flask  # noqa: E402
from jinja2 import FileSystemBytecodeCache  # noqa: E402

from facilitator import create_app, server  # noqa: E402

# Nothing of gevent runs in this process: its own ways to fork and to wait would begin that.
fork, waitpid = monkey.get_original("os", "fork"), monkey.get_original("os", "waitpid")


Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(tempfile.gettempdir())}  # type: ignore[misc]


def serve() -> None:
    """Be the server, from here on."""
    gevent.reinit()
    os.dup2(2, 1)
    # Never free: SQLite gives a file that it opened as 0 back at once, and with that every lock of this process on it.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    server.serve(create_app())
    os._exit(0)


for _ in sys.stdin:
    pid = fork()
    if not pid:
        serve()
    print(pid, flush=True)
    print(os.waitstatus_to_exitcode(waitpid(pid, 0)[1]), flush=True)

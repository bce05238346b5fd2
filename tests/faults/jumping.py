"""Run as a program: the server we ship, on a wall clock that a file sets ahead or back, in seconds. Ticks are short."""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402 - patched first, as in app.py
import time  # noqa: E402
from pathlib import Path  # noqa: E402

from facilitator import create_app, server  # noqa: E402

clock, jumps = time.time, Path(os.environ["OC_CLOCK_JUMPS"])
time.time = lambda: clock() + float(jumps.read_text() or 0)
server.TICK_SECONDS = 0.1  # type: ignore[assignment]
server.serve(create_app())

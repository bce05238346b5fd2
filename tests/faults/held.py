"""Run as a program: the server of `slow_disk`, which measures for how long one greenlet keeps all others waiting.

The longest, in seconds, stands in the file that `OC_HELD` names; a SIGUSR2 has it measured anew. Time in which the
system gave the core to another process is not counted. Linux only.
"""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402 - patched first, as in app.py
import signal  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
import greenlet  # noqa: E402

HELD = Path(os.environ["OC_HELD"])
schedule = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
hub = gevent.get_hub()


def now() -> float:
    """Seconds, but for those that this thread waited for a core."""
    return time.monotonic() - int(os.pread(schedule, 100, 0).split()[1]) / 1e9


since, longest = now(), 0.0


def switched(_event: str, between: Any) -> None:
    """Another greenlet's turn. The hub's own is not counted: there it sleeps while nobody does anything."""
    global since, longest
    at = now()
    if between[0] is not hub and at - since > longest:
        longest = at - since
        HELD.write_text(str(longest))
    since = at


def anew() -> None:
    global longest
    longest = 0.0
    HELD.write_text("0")


greenlet.settrace(switched)
gevent.signal_handler(signal.SIGUSR2, anew)

import tests.faults.slow_disk  # noqa: E402, F401 - serves

"""Run as a program: the server we ship, on a disk that takes seconds for each commit. `OC_SLOW_DISK` says how many."""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402 - patched first, as in app.py
from collections.abc import Callable  # noqa: E402
from typing import Any  # noqa: E402

import facilitator  # noqa: E402
from facilitator import extensions, server  # noqa: E402

SECONDS = float(os.environ["OC_SLOW_DISK"])
sleep_as_a_disk_does = monkey.get_original("time", "sleep")


def slowly(slow: Callable[[], Any]) -> Any:
    def take_long() -> Any:
        sleep_as_a_disk_does(SECONDS)
        return slow()

    return extensions.outside(take_long)


facilitator.outside = slowly  # type: ignore[assignment]
server.serve(facilitator.create_app())

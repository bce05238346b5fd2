"""Run as a program: the server we ship, which tells its rooms something at each SIGUSR2, so many times and no more.

So a push is measured alone, without the post, the rule and the rendering that come before it.
"""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402 - patched first, as in app.py
import signal  # noqa: E402
from itertools import count, islice  # noqa: E402

import gevent  # noqa: E402

from facilitator import create_app  # noqa: E402
from facilitator.extensions import presence  # noqa: E402
from facilitator.fan_out import tell  # noqa: E402
from facilitator.server import serve  # noqa: E402

TIMES, PAUSE = int(os.environ.get("TELL_TIMES", "0")), float(os.environ.get("TELL_PAUSE", "0"))
WORDS = os.environ.get("TELL_WORDS", "")

versions = count(1)


def tell_all() -> None:
    for version in islice(versions, TIMES):
        for circle_id in presence.circles():
            for audience in presence.audiences(circle_id):
                tell(audience.room, "stream", {"v": version, "ops": [["append", "notes", WORDS]]})
        gevent.sleep(PAUSE)


if __name__ == "__main__":
    gevent.signal_handler(signal.SIGUSR2, tell_all)
    serve(create_app())

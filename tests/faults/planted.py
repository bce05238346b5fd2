"""Run as a program: the server we ship, with faults planted where a test asks for them.

Each fault has somebody's words in its hands: those of the request it breaks on. A request names its fault in `X-Plant`.
"""

from gevent import monkey

monkey.patch_all()

import gc  # noqa: E402 - patched first, as in app.py
import logging  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
import warnings  # noqa: E402
from collections.abc import Callable  # noqa: E402
from typing import Any, NoReturn  # noqa: E402

from flask import request  # noqa: E402

from facilitator import clock, create_app, logs, server, sockets  # noqa: E402
from facilitator.extensions import socketio  # noqa: E402
from sessions import passphrases  # noqa: E402
from sessions.circle import shares  # noqa: E402

LOGGERS = ("werkzeug", "sqlalchemy.engine", "alembic", "gevent", "engineio.server", "socketio", "flask", "nobody's")
clock_breaks = threading.Event()


class Untidy:
    """Breaks when it is thrown away, where nobody can catch it."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __del__(self) -> None:
        raise LookupError(self.words)


def everything_said() -> str:
    """All that came with this request."""
    return f"{request.environ} {request.get_data(as_text=True)}"


def breaks(words: str) -> NoReturn:
    raise ZeroDivisionError(words)


def breaks_in_the_clock(*_: Any) -> NoReturn:
    raise FloatingPointError(words_of_the_clock[0])


words_of_the_clock = [""]


def a_library_talks(words: str) -> None:
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.error("said %s", words)
        logger.warning(words, extra={"where": words, "kind": words, "lines": [words]})
        logger.critical("too few %s %s", words)
        try:
            breaks(words)
        except ZeroDivisionError:
            logger.exception(words, stack_info=True)
    logs.log_kind(type(words, (Exception,), {}), None, words)
    logging.getLogger("open_circle").error(words)


def somebody_prints(words: str) -> None:
    print(words)
    print(words, file=sys.stderr)
    sys.stdout.write(words)
    sys.stderr.writelines([words])
    warnings.warn(words, stacklevel=1)
    warnings.warn_explicit(words, UserWarning, words, 1)


def a_task_breaks(words: str) -> None:
    socketio.start_background_task(breaks, words)


def a_thread_breaks(words: str) -> None:
    threading.Thread(target=breaks, args=(words,), name=words).start()


def throwing_away_breaks(words: str) -> None:
    Untidy(words)
    gc.collect()


def the_clock_breaks(words: str) -> None:
    words_of_the_clock[0] = words
    clock.tick = breaks_in_the_clock  # type: ignore[assignment]


FAULTS: dict[str, Callable[[str], None]] = {
    "a view": breaks,
    "a library": a_library_talks,
    "print": somebody_prints,
    "a task": a_task_breaks,
    "a thread": a_thread_breaks,
    "throwing away": throwing_away_breaks,
    "the clock": the_clock_breaks,
}


def plant() -> None:
    """A fault, if this request asks for one."""
    fault = FAULTS.get(request.headers.get("X-Plant", ""))
    if fault:
        fault(everything_said())


def asked_for(fault: str) -> bool:
    # What a handshake brought besides its address is not kept for the hooks of its socket.
    return bool(request) and fault in (request.headers.get("X-Plant"), request.args.get("plant"))


def or_breaks(fault: str, whole: Callable[..., Any], said: Callable[[], str] = everything_said) -> Callable[..., Any]:
    """`whole`, but it breaks when the request asks for this fault."""

    def maybe(*args: Any, **kwargs: Any) -> Any:
        if asked_for(fault):
            breaks(f"{said()} {args} {kwargs}")
        return whole(*args, **kwargs)

    return maybe


def breaks_in_the_pool(stored: str, passphrase: str) -> bool:
    """Runs in a thread of its own, where there is no request."""
    return breaks(passphrase) if passphrase.startswith("break") else fits(stored, passphrase)


app = create_app()
app.before_request(plant)
app.jinja_env.globals["host_words"] = or_breaks("a template", app.jinja_env.globals["host_words"])
shares.checked = or_breaks("a rule", shares.checked)
sockets._who_listens = or_breaks("a hook", sockets._who_listens)
fits, passphrases.fits = passphrases.fits, breaks_in_the_pool
server.TICK_SECONDS = 0.3  # type: ignore[assignment]
server.serve(app)

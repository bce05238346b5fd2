"""What may be written to a log: on which day and hour something went wrong, of what kind it was, and where in our code.

Never with whose words. A line is JSON and has no room for anything else, whoever wrote it: a library that would log an
address, a payload or a parameter gets the same few fields. There is no access log.
"""

import io
import json
import logging
import re
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask, request
from gevent.hub import Hub

from facilitator.registry import ROUTES

Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

FIELDS = ("time", "level", "event", "kind", "where", "lines")
BROKE, WARNED, SAID = "broke", "warned", "said"
EVENTS = frozenset({BROKE, WARNED, SAID})
"""Something broke; Python or a library warned; a library said something, and what it said is not ours to keep."""
PLACES = frozenset({"the server", "the clock", "a task", "a socket", "the tally of wrong tries", "the other processes"})
"""Where something may break that has no endpoint."""
ELSEWHERE = "elsewhere"
LEVELS = frozenset({"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"})
ROOT = Path(__file__).resolve().parent.parent
OURS = re.compile(r"app\.py|(facilitator|sessions)/[\w./-]+")
NAME = re.compile(r"[A-Za-z_]\w{0,60}")
LINE = re.compile(rf"({OURS.pattern}):\d+ \w{{0,61}}")

log = logging.getLogger("open_circle")


class QuietFlask(Flask):
    """Flask, but an exception is logged without its message, its address and its locals: any of them may hold words."""

    def log_exception(self, exc_info: Info) -> None:
        """Log the kind of this exception and the lines of code it came through."""
        kind, _, trace = exc_info
        log_kind(kind, trace, str(request.endpoint if request else None))


class Line(logging.Formatter):
    """One record as one line of JSON: `FIELDS` and nothing else. Its message and its arguments are never looked at."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. What is not on a list is left out, or stands as `elsewhere`."""
        is_ours = record.name == log.name
        kind, _, trace = record.exc_info if record.exc_info else (None, None, None)
        event = str(record.msg) if is_ours else SAID
        where = str(getattr(record, "where", "")) if is_ours else ELSEWHERE
        lines = getattr(record, "lines", ()) if is_ours else our_lines(traceback.extract_tb(trace))
        told = {
            "time": time.strftime("%Y-%m-%dT%HZ", time.gmtime(record.created)),
            "level": record.levelname if record.levelname in LEVELS else "ERROR",
            "event": event if event in EVENTS else SAID,
            "kind": _name(str(getattr(record, "kind", "")) if is_ours else getattr(kind, "__name__", "")),
            "where": where if where in ROUTES or where in PLACES else ELSEWHERE,
            "lines": [line for line in lines if LINE.fullmatch(line)],
        }
        return json.dumps(told)


class Nowhere(io.TextIOBase):
    """Where whatever is printed goes, once the server serves: a library must not print what it has in its hands."""

    def write(self, said: str) -> int:
        """Forget it."""
        return len(said)


def log_kind(kind: type[BaseException] | None, trace: TracebackType | None, where: str) -> None:
    """Log what kind of exception came through which lines of code, and nothing it carried.

    `where` is an endpoint or one of `PLACES`.
    """
    lines = our_lines(traceback.extract_tb(trace))
    log.error(BROKE, extra={"kind": kind.__name__ if kind else "", "where": where, "lines": lines})


def or_log(where: str, step: Callable[..., object], *args: object) -> None:
    """Do a step of something that goes on whatever happens; log the kind of what it raised."""
    try:
        step(*args)
    except Exception as error:
        log_kind(type(error), error.__traceback__, where)


def our_lines(frames: Iterable[traceback.FrameSummary]) -> list[str]:
    """`file:line function` of those frames that are in our own code or templates, the last one being the deepest."""
    files = [(frame.filename.removeprefix(f"{ROOT}/"), frame) for frame in frames]
    return [f"{file}:{frame.lineno} {_name(frame.name)}" for file, frame in files if OURS.fullmatch(file)]


def only_these_lines() -> None:
    """From now on this process writes such lines to its error stream, and nothing else to any stream."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    logging.raiseExceptions = False  # logging's own complaint about a record would print its arguments
    for name, logger in logging.root.manager.loggerDict.items():
        is_silent = isinstance(logger, logging.Logger) and name in _silent
        if isinstance(logger, logging.Logger) and not is_silent:
            logger.handlers, logger.propagate = [], True
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    warnings.showwarning = _warned
    sys.excepthook = _broke
    threading.excepthook = lambda failed: _broke(failed.exc_type, failed.exc_value, failed.exc_traceback)
    sys.unraisablehook = lambda failed: _broke(failed.exc_type, failed.exc_value, failed.exc_traceback)
    Hub.print_exception = _of_a_task  # type: ignore[assignment, method-assign]
    sys.stdout = sys.stderr = Nowhere()


def quiet(name: str) -> logging.Logger:
    """A logger that says nothing, for libraries that would log addresses and payloads."""
    logger = logging.getLogger(name)
    logger.handlers, logger.propagate = [logging.NullHandler()], False
    _silent.add(name)
    return logger


_silent: set[str] = set()


def _name(said: str) -> str:
    return said if NAME.fullmatch(said) else ""


def _broke(kind: type[BaseException] | None, _error: BaseException | None, trace: TracebackType | None) -> None:
    log_kind(kind, trace, "the server")


def _of_a_task(_hub: Hub, context: Any, t: type[BaseException] | None, v: Any, tb: TracebackType | None) -> None:
    # gevent would print the task with its arguments.
    log_kind(t, tb, "a task")


def _warned(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, file: Any = None, line: Any = None
) -> None:
    lines = our_lines([traceback.FrameSummary(filename, lineno, "", lookup_line=False)])
    log.warning(WARNED, extra={"kind": category.__name__, "lines": lines})

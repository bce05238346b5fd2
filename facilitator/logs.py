"""What may be written to a log: where in our code something went wrong, and of what kind. Never with whose words."""

import logging
import traceback
from types import TracebackType

from flask import Flask, request

Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

log = logging.getLogger("open_circle")


class QuietFlask(Flask):
    """Flask, but an exception is logged without its message, its address and its locals: any of them may hold words."""

    def log_exception(self, exc_info: Info) -> None:
        """Log the kind of this exception and the lines of code it came through."""
        kind, _, trace = exc_info
        log_kind(kind, trace, str(request.endpoint if request else None))


def log_kind(kind: type[BaseException] | None, trace: TracebackType | None, where: str) -> None:
    """Log what kind of exception came through which lines of code, and nothing it carried."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    log.error("%s in %s\n  %s", kind.__name__ if kind else "error", where, "\n  ".join(frames))


def quiet(name: str) -> logging.Logger:
    """A logger that says nothing, for libraries that would log addresses and payloads."""
    logger = logging.getLogger(name)
    logger.handlers, logger.propagate = [logging.NullHandler()], False
    return logger

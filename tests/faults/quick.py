"""A server that is killed a thousand times: one process reads its code, and starts it again and again (`again`)."""

import os
import select
import signal
import subprocess
import sys
from typing import IO

from tests.server import ROOT, Server


class Quick(Server):
    """The server we ship, whose start takes a tenth of the time."""

    def __exit__(self, *what: object) -> None:
        try:
            super().__exit__(*what)
        finally:
            if self._starter:
                self._starter.communicate()
                self._starter = None

    _starter: "subprocess.Popen[bytes] | None" = None

    def _spawn(self, log: IO[bytes]) -> "Forked":  # type: ignore[override]  # all that is asked of a process here
        if self._starter is None:
            self._starter = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.again"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                bufsize=0,
            )
        return Forked(self._starter)


class Forked:
    """One server that was started so, as `subprocess` would show it."""

    def __init__(self, starter: "subprocess.Popen[bytes]") -> None:
        """Start it."""
        assert starter.stdin and starter.stdout
        self._told, self._ended = starter.stdout, None
        starter.stdin.write(b"\n")
        self.pid = int(self._told.readline())

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        if self._ended is None and select.select([self._told], [], [], 0)[0]:
            self.wait()
        return self._ended

    def wait(self, _seconds: float = 0) -> None:
        """Wait until it is gone."""
        if self._ended is None:
            self._ended = int(self._told.readline())

    def kill(self) -> None:
        """kill -9."""
        os.kill(self.pid, signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to stop."""
        os.kill(self.pid, signal.SIGTERM)

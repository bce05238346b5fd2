"""A real Redis for one test run: on a unix socket in a folder of its own, never a service, nothing kept on disk."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from redis import Redis, RedisError

# The server reads one line that never comes. However the tests end, even killed, their end of the pipe closes.
UNTIL_THE_TESTS_END = '"$@" & read -r _; kill -KILL $!; wait $!; rm -rf "$0"'
START_WITHIN = 10  # seconds; a few hundredths are usual


class Unavailable(Exception):
    """There is no Redis on this machine."""


def find() -> str:
    """`redis-server`, or what Debian's redis-tools calls otherwise: the same program, which begins no service."""
    found = shutil.which("redis-server") or shutil.which("redis-check-rdb")
    if found is None:
        raise Unavailable("no Redis: install Debian's redis-tools, or have redis-server on PATH")
    return found


class RedisServer:
    """It answers at `url`. Stopped, `start()` brings it back there, empty, as a machine of its own would be."""

    def __init__(self) -> None:
        self._program = find()
        self._folder = Path(tempfile.mkdtemp(prefix="oc-redis-", dir="/tmp"))
        self._keeper: subprocess.Popen[bytes] | None = None
        self.path = self._folder / "redis"
        self.url = f"unix://{self.path}"

    def start(self) -> Self:
        """Start, and return once it answers."""
        self._folder.mkdir(exist_ok=True)
        # The program looks at the name it is called by to know what it is.
        server = [
            "-c",
            f'exec -a redis-server "{self._program}" --port 0 --unixsocket "{self._folder / "redis"}" --save ""',
        ]
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", UNTIL_THE_TESTS_END, self._folder, "/bin/bash", *server],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
        )
        give_up = time.monotonic() + START_WITHIN
        while True:
            try:
                self.ask().ping()
                return self
            except RedisError:
                if time.monotonic() > give_up:
                    self.stop()
                    raise
                time.sleep(0.01)

    def ask(self) -> "Redis":
        """A client of its own."""
        return Redis.from_url(self.url)

    def stop(self) -> None:
        """Gone at once, with all it held."""
        if self._keeper and self._keeper.stdin:
            self._keeper.stdin.close()
            self._keeper.wait()
            self._keeper = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

"""The real server, as a process of its own on folders of its own: started, stopped, killed and started again."""

import http.client
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import IO, Any, Self

from sessions import accounts, passphrases
from sessions.database import Database

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN = STOPS_WITHIN = 60.0
OURS = (
    "OPEN_CIRCLE_",
    "KEYS_DIR",
    "DATABASE_URL",
    "MESSAGE_QUEUE_URL",
    "SECRET_KEY",
    "RUNTIME_DIRECTORY",
    "HOST",
    "PORT",
    "FLASK_",
)
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"  # makes each of our many starts three seconds longer
PASSPHRASE = "a kettle and two cups"
"""What accounts made without a passphrase of their own sign in with."""


class Reached:
    """What can be asked at a port of this computer: a server, or what stands before one."""

    port: int
    of_websockets: dict[str, Any] = {}
    """What a websocket to it needs beside its address."""

    def connection(self, patience: float, source: tuple[str, int] | None = None) -> http.client.HTTPConnection:
        """A way to ask it, from `source`; seconds to wait at most."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience, source_address=source)


class Server(Reached):
    """`with Server() as server:` it answers at `server.address`. Afterwards its folders are gone.

    Killed or stopped, `start()` brings it back on the same folders and port, as a crash or a deploy would.
    """

    program: tuple[str, ...] = ("app.py",)
    """What is given to `runner` to run."""
    runner = sys.executable

    def __init__(self, **environment: str) -> None:
        """Make the folders. `environment` goes over the one every server here gets."""
        # Short, as some systems allow little more than a hundred characters for the path of a unix socket.
        self.folder = Path(tempfile.mkdtemp(prefix="oc-"))
        self.data, self.keys, self.temporary = (self.folder / name for name in ("data", "keys", "tmp"))
        self.temporary.mkdir()
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith((*OURS, UNCOMPILED))
        } | {
            "OPEN_CIRCLE_DATA": str(self.data),
            "KEYS_DIR": str(self.keys),
            "TMPDIR": str(self.temporary),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_: object) -> None:
        ended = self.process and self.process.poll()
        self.kill()
        said = self.output()
        shutil.rmtree(self.folder)
        assert ended is None, f"the server ended by itself, with {ended}:\n{said}"

    def start(self) -> Self:
        """Start, and return once it answers."""
        assert self.process is None, "it runs already"
        with self._log.open("ab") as log:
            self.process = self._spawn(log)
        until = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the server did not start:\n{self.output()}")
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        """Ask it to stop, as a deploy does, and wait until it has."""
        if self.process:
            self.process.terminate()
            self.process.wait(STOPS_WITHIN)
            self.process = None

    def kill(self) -> None:
        """kill -9: it gets no moment to tidy up."""
        if self.process:
            self.process.kill()
            self.process.wait(STOPS_WITHIN)
            self.process = None

    def answers(self) -> bool:
        """Whether it says that it is there."""
        connection = self.connection(STARTS_WITHIN)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def output(self) -> str:
        """Everything it printed or logged since it was made, over all its starts."""
        return self._log.read_text(errors="replace")

    def add_account(self, email: str, role: str, passphrase: str = PASSPHRASE, name: str = "") -> None:
        """Make a staff account, as the command an admin types does, and beside the server as that is.

        It is done here, as a process that reads in all of the product takes two seconds to write one row. The command
        itself has tests of its own (tests/web/test_add_account.py, tests/live/test_operators.py).
        """
        url = self.environment.get("DATABASE_URL", f"sqlite:///{self.environment['OPEN_CIRCLE_DATA']}/open-circle.db")
        with closing(Database(url)) as database:
            database.write(accounts.add, email, role, passphrases.hashed(passphrase, email, name), name)

    def files(self) -> list[Path]:
        """Every file it keeps: data, keys, temporary files, and what it printed."""
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def _spawn(self, log: IO[bytes]) -> "subprocess.Popen[bytes]":
        command = [self.runner, *self.program]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT)

    @property
    def _log(self) -> Path:
        return self.folder / "output"


def free_port() -> int:
    """A port nobody listens on, below those that outgoing connections take: it is still free after a restart."""
    for _ in range(200):
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port")

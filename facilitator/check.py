"""What is unsafe about the computer this runs on, and how to mend it: in plain words, for whoever looks after it.

A server that starts may still stand on a disk that keeps what should be gone. Nothing here changes anything.
"""

import os
import re
import resource
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import make_url

IN_RAM = ("tmpfs", "ramfs")
KEEPS_SNAPSHOTS = ("btrfs", "zfs", "bcachefs")
LEAST_ROOM_BYTES = 500 * 1024 * 1024
FIRST_YEAR = 2026
"""Of the first release: a clock that is earlier is wrong."""
ON_THIS_COMPUTER = ("/", "127.", "localhost", "::1")
"""How the address of a database begins that no network lies before."""
NGINX, CADDY = "etc/nginx", "etc/caddy"
NGINX_WRITES_NOBODY_DOWN = (r"^\s*access_log\s+off;", r"^\s*error_log\s+/dev/null\b")
CADDY_OPTIONS = re.compile(r"\A(\s*#.*\n|\s*\n)*\{[^{}]*(\{[^{}]*\}[^{}]*)*\}")
"""The block without a name with which a Caddyfile may begin: it is about Caddy itself, and about no site."""
CADDY_WRITES_NOBODY_DOWN = re.compile(r"^\s*(exclude\b.*\shttp\.log\b|output\s+discard\b)", re.MULTILINE)
Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """Something that is not safe, and what to do about it."""

    what: str
    mend: str


def look(settings: Settings, root: Path = Path("/"), now: datetime | None = None) -> list[Finding]:
    """What is unsafe with these settings, on the system whose files begin at `root`."""
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: _keys(settings, root),
        lambda: _memory_on_disk(root),
        lambda: _folders(settings, root),
        lambda: _proxy(settings, root),
        lambda: _around(settings, now or datetime.now(UTC)),
    )
    return [finding for check in checks for finding in check()]


def _keys(settings: Settings, root: Path) -> Iterator[Finding]:
    folder = Path(settings["KEYS_DIR"])
    if file_system(folder, root) not in IN_RAM:
        yield Finding(
            f"The keys of circles lie on a disk ({folder}). A disk may keep a key after it was destroyed, "
            "and a backup of that disk takes it along.",
            "Set KEYS_DIR to a folder in RAM: systemd makes one with RuntimeDirectory=open-circle.",
        )


def _memory_on_disk(root: Path) -> Iterator[Finding]:
    if len(_lines(root / "proc/swaps")) > 1 and not all("zram" in line for line in _lines(root / "proc/swaps")[1:]):
        yield Finding(
            "This computer may write its memory to a disk (swap): words and keys of an open circle with it.",
            "Type: swapoff -a, and take swap out of /etc/fstab. Or encrypt it with a key that is new at each start.",
        )
    resume = "".join(_lines(root / "sys/power/resume")).strip()
    if resume not in ("", "0:0"):
        yield Finding(
            "This computer can sleep to disk (hibernation): all of its memory is written there.",
            "Type: systemctl mask hibernate.target hybrid-sleep.target",
        )
    pattern = "".join(_lines(root / "proc/sys/kernel/core_pattern")).strip()
    if pattern and resource.getrlimit(resource.RLIMIT_CORE)[0] != 0:
        yield Finding(
            "If the server crashes, its memory may be written to a disk (a core dump).",
            "Set LimitCORE=0 in the unit of systemd, or type: ulimit -c 0 before you start it.",
        )


def _folders(settings: Settings, root: Path) -> Iterator[Finding]:
    data = Path(settings["DATA"])
    for path in (data, data / "secrets.json"):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Finding(f"Others on this computer can look into {path}.", f"Type: chmod go= {path}")
    if file_system(data, root) in KEEPS_SNAPSHOTS:
        yield Finding(
            f"{data} is on a file system that can keep snapshots: what was deleted may still be in one.",
            "Keep no snapshots of that folder: without its key nobody reads a circle in one; accounts, yes.",
        )
    yield from _room(data)


def _proxy(settings: Settings, root: Path) -> Iterator[Finding]:
    address = urlsplit(settings["ADDRESS"])
    if address.scheme == "https" and not settings["PROXIES"] and not settings.get("OWN_HTTPS"):
        yield Finding(
            "The address is https, so a proxy stands in front, and OPEN_CIRCLE_PROXIES does not say so. "
            "All who type a wrong code seem to be one person then, and slow each other down.",
            "Set OPEN_CIRCLE_PROXIES to the number of your own proxies: 1, mostly.",
        )
    for file in _configs(root / NGINX, address.hostname or ""):
        sites = file.read_text(errors="replace")
        if not all(re.search(line, sites, re.MULTILINE) for line in NGINX_WRITES_NOBODY_DOWN):
            yield Finding(
                f"nginx writes down the address of everybody who comes ({file}).",
                "Put these two lines into its server block: access_log off; and error_log /dev/null crit;",
            )
    for file in _configs(root / CADDY, address.hostname or ""):
        sites = CADDY_OPTIONS.sub("", file.read_text(errors="replace"))
        if re.search(r"^\s*log\b", sites, re.MULTILINE):
            yield Finding(
                f"Caddy writes down the address of everybody who comes ({file}).",
                "Take the log block out of that site.",
            )
        elif not _is_said(root / CADDY, CADDY_WRITES_NOBODY_DOWN):
            yield Finding(
                "While the server is away, as in a restart, Caddy writes down the address of everybody who asks.",
                "Put the first block of docs/Caddyfile at the top of /etc/caddy/Caddyfile.",
            )


def at_start(settings: Settings, now: datetime) -> Iterator[Finding]:
    """What is said at every start: what shows only once people are there, and is too late to mend by then."""
    yield from _room(Path(settings["DATA"]))
    yield from _clock(now)


def _room(data: Path) -> Iterator[Finding]:
    if data.exists() and shutil.disk_usage(data).free < LEAST_ROOM_BYTES:
        yield Finding(
            f"The disk of {data} is nearly full. When it is, nothing more can be saved.",
            "Make room: 500 MB at least.",
        )


def _clock(now: datetime) -> Iterator[Finding]:
    if now.year < FIRST_YEAR:
        yield Finding(
            f"The clock of this computer says {now.year}. The calendar and second steps at sign-in go by it.",
            "Set the clock, or let the network set it: timedatectl set-ntp true",
        )


def _around(settings: Settings, now: datetime) -> Iterator[Finding]:
    yield from _clock(now)
    if os.environ.get("FLASK_DEBUG"):
        yield Finding(
            "FLASK_DEBUG is set: an error would show code and words to whoever meets it.", "Type: unset FLASK_DEBUG"
        )
    url = make_url(settings["DATABASE_URL"])
    host = str(url.query.get("host") or url.host or "")
    crosses = url.get_backend_name() == "postgresql" and host and not host.startswith(ON_THIS_COMPUTER)
    if crosses and url.query.get("sslmode") not in ("require", "verify-ca", "verify-full"):
        yield Finding(
            "The way to PostgreSQL crosses a network and may not be encrypted.",
            "Add ?sslmode=verify-full to DATABASE_URL.",
        )


def file_system(path: Path, root: Path = Path("/")) -> str:
    """The kind of file system a path is on, by the system's table of mounts; '' where there is none."""
    path, kind, longest = path.absolute(), "", -1
    for line in _lines(root / "proc/mounts"):
        _, at, found, *_ = line.split(" ")
        mounted = Path(at.encode().decode("unicode_escape"))
        if path.is_relative_to(mounted) and len(mounted.parts) > longest:
            kind, longest = found, len(mounted.parts)
    return kind


def _is_said(folder: Path, what: re.Pattern[str]) -> bool:
    """Whether any file of a proxy says it."""
    return any(what.search(path.read_text(errors="replace")) for path in folder.rglob("*") if path.is_file())


def _configs(folder: Path, host: str) -> list[Path]:
    """The files in which a proxy is told of this host."""
    files = [path for path in folder.rglob("*") if path.is_file()] if host and folder.is_dir() else []
    return [file for file in files if host in file.read_text(errors="replace")]


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(errors="replace").splitlines()
    except OSError:
        return []

"""Where things are on this machine: data, keys, secrets, and the address people open."""

import hashlib
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from facilitator import network, startup

DEFAULT_PORT = "5000"
PRACTICE_SECONDS = "9"
"""In a practice circle, the mean pause between one thing that happens and the next: all of it takes six minutes."""


def load(given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The settings of an app: what is `given`, else the environment, else a plain default.

    Makes the data folder (0700) and, on first run, its secrets (0600). Raises CannotStart on what is not safe.
    """
    given = dict(given or {})
    data = Path(given.get("DATA") or os.environ.get("OPEN_CIRCLE_DATA") or Path.cwd() / "instance").resolve()
    os.umask(0o077)  # whatever this process writes is its owner's alone
    with startup.usable(data, "OPEN_CIRCLE_DATA"):
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lan = bool(given.get("LAN", os.environ.get("OPEN_CIRCLE_LAN")))
    own_https = bool(given.get("OWN_HTTPS", os.environ.get("OPEN_CIRCLE_HTTPS")))
    host = os.environ.get("HOST") or (network.EVERYWHERE if lan else "127.0.0.1")
    port = int(startup.number("PORT", DEFAULT_PORT))
    seen_at = (network.addresses() if host == network.EVERYWHERE else [host]) if lan else []
    here = seen_at[0] if seen_at else "127.0.0.1" if lan else host
    address = os.environ.get("OPEN_CIRCLE_ADDRESS") or f"{'https' if own_https else 'http'}://{here}:{port}"
    settings: dict[str, Any] = {
        "DATA": data,
        "KEYS_DIR": Path(os.environ.get("KEYS_DIR") or keys_folder(data)),
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{data / 'open-circle.db'}",
        "LISTEN": (host, port),
        "LAN": lan,
        "OWN_HTTPS": own_https,
        "SEEN_AT": seen_at,
        "ADDRESS": address,
        "MESSAGE_QUEUE_URL": os.environ.get("MESSAGE_QUEUE_URL") or "",
        "UPGRADE_NOW": os.environ.get("OPEN_CIRCLE_UPGRADE") == "now",
        "FAN_OUT": os.environ.get("OPEN_CIRCLE_FAN_OUT") or startup.DIRECT,
        "METRICS_TOKEN": os.environ.get("OPEN_CIRCLE_METRICS_TOKEN") or "",
        "PRACTICE_SECONDS": startup.number("PRACTICE_SECONDS", PRACTICE_SECONDS),
        "PROXIES": int(startup.number("OPEN_CIRCLE_PROXIES", "0")),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or made_secret(data),
        **given,
    }
    settings["ADDRESS"] = settings["ADDRESS"].rstrip("/")
    startup.check(settings)
    secure = urlsplit(settings["ADDRESS"]).scheme == "https"
    return settings | {
        "SECURE": secure,
        "LAN": settings["LAN"] and (not secure or settings["OWN_HTTPS"]),
        "SESSION_COOKIE_NAME": "__Host-staff" if secure else "staff",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # a page that stood open for hours still sends
        "MAX_CONTENT_LENGTH": 64 * 1024,
        "MAX_FORM_MEMORY_SIZE": 64 * 1024,
        "MAX_FORM_PARTS": 200,
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_TRANSLATION_DIRECTORIES": f"translations;{settings['DATA'] / 'languages'}",
    }


def made_secret(data: Path) -> str:
    """This install's own secret, made on first run: it signs the cookies of staff. Raises CannotStart."""
    file = data / "secrets.json"
    with startup.usable(data, "OPEN_CIRCLE_DATA"):
        try:
            startup.check_private(file)
            kept = json.loads(file.read_bytes())
        except FileNotFoundError:
            kept = {"session": secrets.token_hex(32)}
            half_written = file.with_suffix(".new")  # a stop in between leaves no empty file behind
            with half_written.open("w") as opened:
                json.dump(kept, opened)
            half_written.chmod(0o600)
            half_written.rename(file)
        except ValueError:
            kept = None
    if not isinstance(kept, dict) or not isinstance(kept.get("session"), str):
        raise startup.CannotStart(
            f"{file} is broken. Put your copy of it back. If there is none, move it away and start again: staff "
            "sign in anew, and whoever has a second step needs one of their recovery codes."
        )
    return str(kept["session"])


def keys_folder(data: Path) -> Path:
    """Where circles' keys are kept: in RAM where the system has it, else in a private folder beside no backup.

    In RAM a key survives a crash and a deploy, and a power cut erases it. Two installs never share a folder.
    """
    if os.environ.get("RUNTIME_DIRECTORY"):
        return Path(os.environ["RUNTIME_DIRECTORY"]) / "keys"
    name = f"open-circle-{os.getuid()}-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"
    if sys.platform == "linux" and os.access("/dev/shm", os.W_OK):  # noqa: S108 - Vault refuses a folder of somebody else's
        return Path("/dev/shm") / name  # noqa: S108
    return Path(tempfile.gettempdir()) / name

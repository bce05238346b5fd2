"""Find a real browser on this machine. Standard library only: dev.py asks before anything is installed."""

import os
import shutil
from typing import Any

# Chromium's headless shell opens a page three to four times faster than the whole browser, so it goes first.
NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
MAC_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# A test browser talks to us alone: no updates, no sync, no first-run pages.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def find() -> str | None:
    """The browser's program: $OC_BROWSER, else the first known name on PATH, else a Mac application."""
    candidates = (os.environ.get("OC_BROWSER"), *NAMES, *MAC_APPS)
    return next((found for name in candidates if name and (found := shutil.which(name))), None)


def launch_options() -> dict[str, Any]:
    """What Playwright's `launch()` needs to start it. Chromium's sandbox refuses root, so root goes without."""
    program = find()
    if program is None:
        raise FileNotFoundError(f"no browser: set OC_BROWSER or install one of {', '.join(NAMES)}")
    return {"executable_path": program, "args": [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]}

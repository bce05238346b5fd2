"""Folders that outlive a run: what peers stand on, and another Python's environment. Never part of what is shipped."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def folder(name: str, made_of: bytes, fill: Callable[[Path], bool]) -> Path | None:
    """A folder of ours that `fill` has filled, once for all runs in which `made_of` is the same.

    None, having said why, where it could not be filled or where somebody else has it.
    """
    path = Path(tempfile.gettempdir()) / f"open-circle-{name}-{hashlib.sha256(made_of).hexdigest()[:20]}"
    path.mkdir(mode=0o700, exist_ok=True)
    if path.stat().st_uid != os.getuid():
        print(f"{path} is somebody else's.", flush=True)
        return None
    if not (path / "whole").exists():
        if not fill(path):
            print(f"{path} could not be filled.", flush=True)
            return None
        (path / "whole").touch()
    return path

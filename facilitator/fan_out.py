"""Telling a room: one frame for all of it, built once, and written to each phone's line at once by whoever tells.

Phones that poll are told by Socket.IO; so is everybody, where FAN_OUT says so.
"""

import json
from collections.abc import Collection
from typing import Any

from facilitator import frames
from facilitator.extensions import presence, socketio
from facilitator.line import Line


def tell(room: str, event: str, data: dict[str, Any]) -> None:
    """Tell all sockets of a room the same."""
    _tell(presence.in_room(room), room, event, data)


def tell_one(sid: str, event: str, data: dict[str, Any]) -> None:
    """Tell one socket something."""
    _tell([presence.line_of(sid)], sid, event, data)


def _tell(listening: Collection[Line | None], to: str, event: str, data: dict[str, Any]) -> None:
    lines = [line for line in listening if line]
    if lines:
        frame = frames.said(f"42{json.dumps([event, data], separators=(',', ':'))}".encode())
        for line in lines:
            line.say(frame)
    if len(lines) < len(listening):
        socketio.emit(event, data, to=to)

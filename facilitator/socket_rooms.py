"""Socket.IO's rooms, which know where each socket is: a whole house that loses its network leaves them in no time."""

from collections import defaultdict
from typing import Any

from socketio import Manager


class SocketRooms(Manager):
    """The library looks through all rooms there are, two for each phone, whenever one phone goes."""

    def __init__(self) -> None:
        """Nobody is anywhere."""
        super().__init__()
        self._entered: defaultdict[str, list[str | None]] = defaultdict(list)

    def basic_enter_room(self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None) -> None:
        """A socket goes into a room."""
        super().basic_enter_room(sid, namespace, room, eio_sid)
        self._entered[sid].append(room)

    def basic_disconnect(self, sid: str, namespace: str, **_more: Any) -> None:
        """A socket goes from all of its rooms."""
        for room in self._entered.pop(sid, ()):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for leaving_or_coming in (self.pending_connect, self.pending_disconnect):
            there = leaving_or_coming.get(namespace, [])
            if sid in there:
                there.remove(sid)
            if not there:
                leaving_or_coming.pop(namespace, None)

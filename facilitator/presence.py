"""Who is here: the open sockets of this process, in memory, with no time and in no order that means anything."""

from collections import Counter
from dataclasses import dataclass
from typing import TypeVar

from facilitator.audience import Audience
from facilitator.line import Line
from sessions.permissions import MEMBER

K = TypeVar("K")

CROWD = 100
"""More sockets than most circles ever have: their phones, tabs, consoles and big screens."""


@dataclass(frozen=True, slots=True)
class Listener:
    """One open socket: what it may hear, and whose it is (a hash: a seat's, or a sign-in's).

    `hand` is what a member's phone can show for its raised hand, if it raises one. It is known here alone, in memory.
    `line` is where it is told things, and None where Socket.IO does that.
    """

    audience: Audience
    person: str
    hand: str = ""
    line: Line | None = None


@dataclass
class _Elsewhere:
    """Who is in a circle by the word of another process, and for how many ticks that counts."""

    people: set[str]
    ticks_left: int = 3


class Presence:
    """One phone with two tabs is one person. A phone without scripts has no socket: it counts until it leaves."""

    def __init__(self) -> None:
        self._listeners: dict[str, Listener] = {}
        self._audiences: dict[str, Counter[Audience]] = {}
        self._rooms: dict[str, dict[str, Line | None]] = {}
        self._sockets: dict[str, dict[str, None]] = {}
        self._members: dict[str, Counter[str]] = {}
        self._without_scripts: dict[str, set[str]] = {}
        self._coming: tuple[set[str], set[str]] = (set(), set())
        self._elsewhere: dict[str, dict[str, _Elsewhere]] = {}

    def came_in(self, person: str) -> None:
        """A phone took a seat, and is on its way to its page: meanwhile nobody else is given that seat."""
        self._coming[0].add(person)

    def ten_seconds_later(self) -> None:
        """Who came in longer ago than this twice, and never opened the page, is not on the way any more."""
        self._coming = (set(), self._coming[0])
        for circle_id, told in list(self._elsewhere.items()):
            for process, of_one in list(told.items()):
                of_one.ticks_left -= 1
                if not of_one.ticks_left:
                    del told[process]
            if not told:
                del self._elsewhere[circle_id]

    def arrive(self, sid: str, audience: Audience, person: str, hand: str = "", line: Line | None = None) -> None:
        """A socket opened."""
        self._listeners[sid] = Listener(audience, person, hand, line)
        self._rooms.setdefault(audience.room, {})[sid] = line
        self._audiences.setdefault(audience.circle_id, Counter())[audience] += 1
        self._sockets.setdefault(person, {})[sid] = None
        if audience.role == MEMBER:
            self._members.setdefault(audience.circle_id, Counter())[person] += 1
            self._without_scripts.get(audience.circle_id, set()).discard(person)

    def go(self, sid: str) -> Audience | None:
        """A socket closed: what it heard, or None if it was never let in."""
        listener = self._listeners.pop(sid, None)
        if listener is None:
            return None
        circle_id, room = listener.audience.circle_id, listener.audience.room
        del self._rooms[room][sid]
        if not self._rooms[room]:
            del self._rooms[room]
        _take_one(self._audiences, circle_id, listener.audience)
        if listener.audience.role == MEMBER:
            _take_one(self._members, circle_id, listener.person)
        sids = self._sockets[listener.person]
        del sids[sid]
        if not sids:
            del self._sockets[listener.person]
        return listener.audience

    def opened_page(self, circle_id: str, person: str) -> bool:
        """A phone read its page. Until a socket opens too, it may be one without scripts. Whether that was news."""
        readers = self._without_scripts.setdefault(circle_id, set())
        if person in self._sockets or person in readers:
            return False
        readers.add(person)
        return True

    def left(self, circle_id: str, person: str) -> None:
        """A phone left for good."""
        self._without_scripts.get(circle_id, set()).discard(person)

    def erased(self, circle_id: str) -> None:
        """The circle is gone: forget who was there without a socket."""
        self._without_scripts.pop(circle_id, None)

    def elsewhere(self, process: str, circle_id: str, people: set[str]) -> None:
        """Another process says who is in this circle there; unless it says so again, for half a minute."""
        self._elsewhere.setdefault(circle_id, {})[process] = _Elsewhere(people)

    def phones(self, circle_id: str) -> int:
        """How many phones are in the circle now."""
        return len(self.here(circle_id).union(*self._of_others(circle_id)))

    def here(self, circle_id: str) -> set[str]:
        """The members who are in the circle now, as far as this process sees."""
        return set(self._members.get(circle_id, ())) | self._without_scripts.get(circle_id, set())

    def people(self, circle_id: str) -> set[str]:
        """The members who are in the circle now, and all who are on their way to theirs."""
        return self.here(circle_id).union(*self._coming, *self._of_others(circle_id))

    def _of_others(self, circle_id: str) -> list[set[str]]:
        return [of_one.people for of_one in self._elsewhere.get(circle_id, {}).values()]

    def audiences(self, circle_id: str) -> list[Audience]:
        """The audiences of a circle that somebody is in."""
        return list(self._audiences.get(circle_id, ()))

    def circles(self) -> list[str]:
        """The circles somebody listens to."""
        return list(self._audiences)

    def sockets_of(self, person: str, circle_id: str = "") -> list[str]:
        """The open sockets of one person, the oldest first; in one circle, where it is said which."""
        sids = self._sockets.get(person, ())
        return [sid for sid in sids if circle_id in ("", self._listeners[sid].audience.circle_id)]

    def sockets_in(self, circle_id: str) -> list[str]:
        """The open sockets of one circle."""
        return [sid for audience in self.audiences(circle_id) for sid in self._rooms[audience.room]]

    def in_room(self, room: str) -> list[Line | None]:
        """The lines of the sockets in one room, with a None for each that Socket.IO tells."""
        return list(self._rooms.get(room, {}).values())

    def line_of(self, sid: str) -> Line | None:
        """The line of one socket; None for one that Socket.IO tells, and for one that is gone."""
        listener = self._listeners.get(sid)
        return listener.line if listener else None

    def crowd(self) -> int:
        """At most how many sockets are open here, for who looks after the computer: each circle in whole hundreds.

        Rounded circle by circle. A rounded sum could be sounded out: whoever opens a circle of their own, and phones in
        it until the sum steps, would know how many there are in the others.
        """
        hundreds = (-(-sum(listening.values()) // CROWD) for listening in self._audiences.values())
        return CROWD * sum(hundreds)

    def sockets_of_hand(self, circle_id: str, hand: str) -> list[str]:
        """The open sockets of the phone in this circle that raised the hand with this proof."""
        return [sid for sid in self.sockets_in(circle_id) if hand and self._listeners[sid].hand == hand]


def _take_one(table: dict[str, Counter[K]], circle_id: str, key: K) -> None:
    counted = table[circle_id]
    counted[key] -= 1
    if not counted[key]:
        del counted[key]
    if not counted:
        del table[circle_id]

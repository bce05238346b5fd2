"""What all members of a circle see alike, read and drawn once for all the phones that catch up in one moment.

It holds members' words, and nothing of one phone's own. So it is let go of as soon as anything of the circle changes
(a blank, a close, a wipe are changes too), when it is erased, and at the next tick of the clock in any case. Of a
circle that is blank nothing is held.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from sessions.circle.circles import at_version
from sessions.circle.snapshot import Snapshot

_drawn: dict[str, tuple[Snapshot, dict[str, str]]] = {}
_drops = [0]


def moment() -> int:
    """The moment from before a circle is read: what was let go of meanwhile is not kept again."""
    return _drops[0]


def seen(db: Session, circle_id: str, take: Callable[[], Snapshot | None]) -> Snapshot | None:
    """The circle as its members see it: what was read before where its version is the same, else what `take` reads.

    What changes without a version (a leader's name, whether the building shows a card) is up to ten seconds old.
    """
    last, _ = _drawn.get(circle_id, (None, {}))
    return last if last and at_version(db, circle_id, last.version, last.state) else take()


def drawn(seen: Snapshot, language: str, since: int, draw: Callable[[], str]) -> str:
    """What `draw` makes of a circle as members see it, in this language; `since` is from before it was read.

    Two share it who see the very same: a version alone does not say what its leaders are called by now.
    """
    last, languages = _drawn.get(seen.circle_id, (None, {}))
    if last != seen:
        languages = {}
    if language not in languages:
        languages[language] = draw()
        if since == _drops[0] and not seen.blank:
            _drawn[seen.circle_id] = seen, languages
    return languages[language]


def drop(circle_id: str) -> None:
    """Something of this circle changed, or it is gone."""
    _drops[0] += 1
    _drawn.pop(circle_id, None)


def drop_all() -> None:
    """Nobody's words are held for long."""
    _drops[0] += 1
    _drawn.clear()

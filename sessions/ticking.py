"""Where several processes serve one database, one of them lets the ten seconds pass: whichever comes first.

No lease and no leader: one that dies is not missed.
"""

from datetime import UTC

from sqlalchemy import String, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base

THE_ONE = "the one"


class Tick(Base):
    """The one row: when it last ticked, in seconds by the database's clock, which all processes share."""

    __tablename__ = "ticks"

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    at: Mapped[int]


def is_due(db: Session, seconds: float) -> bool:
    """Whether nobody ticked within these seconds; whoever asks and hears yes does it.

    A clock that was set back does not stop the ticking: a tick in the future counts as none.
    """
    row = db.scalar(select(Tick).with_for_update())
    moment = db.scalars(select(func.current_timestamp())).one()
    now = int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())  # SQLite says it in UTC, bare
    if row is None:
        return _first(db, now)
    # Of two who ask at once, one looks at the clock before the other has ticked.
    if abs(now - row.at) < seconds:
        return False
    row.at = now
    return True


def _first(db: Session, now: int) -> bool:
    try:
        with db.begin_nested():
            db.add(Tick(id=THE_ONE, at=now))
    except IntegrityError:  # another process was first by a moment
        return False
    return True

"""A circle: its record and its life, from open to closed, perhaps reopened, to erased."""

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, String, bindparam, exists, false, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.circle.changes import Change, Op, all_redrawn, redrawn, under_cover
from sessions.database import Base

OPEN, CLOSED, ERASING = "open", "closed", "erasing"
HANDFULS, AT_ONCE = "handfuls", "at-once"
LONGEST_TITLE = 80
PHONES = 60
FORGOTTEN_AFTER_MINUTES = 60
AT_LEAST_MINUTES = 10
TICK_SECONDS = 10
TICKS_A_MINUTE = 60 // TICK_SECONDS
GRACE_TICKS = 120 // TICK_SECONDS


class CircleRefused(Exception):
    """A circle can't be opened so.

    `reason` is one of: title, plan, appear, building, pin (no PIN at all), easy (to guess).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Circle(Base):
    """One meeting. It goes whole when it is erased: this row too.

    `ticks` and `grace` count ten-second ticks of a running server, not of a clock: a clock that jumps closes nothing
    and erases nothing.
    """

    __tablename__ = "circles"
    __table_args__ = {"sqlite_with_rowid": False}  # a row number would count up across circles

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    minutes: Mapped[int]
    appear: Mapped[str] = mapped_column(String(10))
    phones: Mapped[int] = mapped_column(default=PHONES)
    state: Mapped[str] = mapped_column(String(10), default=OPEN, index=True)
    blank: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    ticks: Mapped[int] = mapped_column(default=0)
    grace: Mapped[int] = mapped_column(default=GRACE_TICKS)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed_door: Mapped[bytes] = mapped_column(LargeBinary)
    pin: Mapped[str | None] = mapped_column(String(64), default=None)
    sealed_plan: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    sealed_card: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    sealed_tags: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    part: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    part_ticks: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    paused: Mapped[bool] = mapped_column(default=False, server_default=false())
    shut: Mapped[bool] = mapped_column(default=False, server_default=false())
    practice: Mapped[bool] = mapped_column(default=False, server_default=false())
    several: Mapped[bool] = mapped_column(default=False, server_default=false())
    building_id: Mapped[str | None] = mapped_column(ForeignKey("buildings.id", ondelete="SET NULL"), default=None)
    series_id: Mapped[str | None] = mapped_column(ForeignKey("series.id", ondelete="SET NULL"), default=None)


_HOLD = select(Circle).where(Circle.id == bindparam("id")).with_for_update()
_STANDS = select(Circle.version, Circle.state).where(Circle.id == bindparam("id"))


class CoLeader(Base):
    """A facilitator who came to lead a circle after its doors were opened (`sessions.circle.leaders`)."""

    __tablename__ = "co_leaders"
    __table_args__ = {"sqlite_with_rowid": False}

    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)


def led_by(db: Session, account_id: str) -> list[Circle]:
    """The circles this account leads, first or along, that are not erased yet."""
    return list(db.scalars(select(Circle).where(_is_led_by(account_id), Circle.state != ERASING)))


def leads(db: Session, account_id: str) -> bool:
    """Whether this account leads a circle that is not erased yet."""
    return bool(led_by(db, account_id))


def find_led(db: Session, account_id: str, circle_id: str) -> Circle | None:
    """This circle, if this account leads it, first or along, and it is not erased; None tells no more than that."""
    return db.scalar(select(Circle).where(Circle.id == circle_id, _is_led_by(account_id), Circle.state != ERASING))


def building_of(db: Session, circle_id: str) -> str | None:
    """The id of the building a circle meets in, where that is known."""
    return db.scalar(select(Circle.building_id).where(Circle.id == circle_id))


def _is_led_by(account_id: str) -> ColumnElement[bool]:
    along = exists().where(CoLeader.circle_id == Circle.id, CoLeader.account_id == account_id)
    return (Circle.account_id == account_id) | along


def hold(db: Session, circle_id: str) -> Circle | None:
    """The circle, held so that writes to it come one after the other until this transaction ends."""
    return db.scalar(_HOLD, {"id": circle_id})


def is_open(db: Session, circle_id: str) -> bool:
    """Whether this circle is open."""
    stands = db.connection().execute(_STANDS, {"id": circle_id}).first()
    return stands is not None and stands.state == OPEN


def version_of(db: Session, circle_id: str) -> int:
    """The version this circle is at; 0 where it is gone."""
    stands = db.connection().execute(_STANDS, {"id": circle_id}).first()
    return stands.version if stands else 0


def at_version(db: Session, circle_id: str, version: int, state: str) -> bool:
    """Whether this circle is at this version, and in this state: one that is being erased has no other version."""
    return db.connection().execute(_STANDS, {"id": circle_id}).first() == (version, state)


def changed(circle: Circle, *ops: Op) -> Change:
    """Take the circle's next version for these ops. A covered console is told of its cover alone, and reads later."""
    circle.version += 1
    return Change(circle.id, circle.version, tuple(map(under_cover, ops)) if circle.blank else ops)


def close(db: Session, circle_id: str) -> Change | None:
    """Close the circle: nothing more can be written, what was is erased in two minutes. None if it was closed."""
    circle = hold(db, circle_id)
    if circle is None or circle.state != OPEN:
        return None
    circle.state, circle.grace, circle.blank = CLOSED, GRACE_TICKS, False
    return changed(circle, *all_redrawn())


def reopen(db: Session, circle_id: str) -> Change | None:
    """Undo the close while there is something to come back to. None if the circle is open, or erased.

    A forgotten circle that closed itself gets ten minutes more.
    """
    circle = hold(db, circle_id)
    if circle is None or circle.state != CLOSED:
        return None
    circle.state = OPEN
    leave_minutes(circle)
    return changed(circle, *all_redrawn())


def set_blank(db: Session, circle_id: str, blank: bool) -> Change | None:
    """Cover or uncover every screen of the circle. None if that is how it was, or if it is not open."""
    circle = hold(db, circle_id)
    if circle is None or circle.state != OPEN or circle.blank == blank:
        return None
    circle.blank = blank
    return changed(circle, *redrawn("state"))


def tick(db: Session) -> tuple[list[str], list[str]]:
    """Let ten seconds pass. Returns the ids of open circles forgotten until now, and of closed ones to erase now.

    One to erase is marked so at once: a reopen that comes between must not be told yes. One whose erasing failed
    half-way is due again.
    """
    forgotten, due = [], []
    # In one order, so that two processes which tick at once do not wait for each other without end.
    for circle in db.scalars(select(Circle).order_by(Circle.id).with_for_update()):
        if circle.state == OPEN:
            circle.ticks += 1
            circle.part_ticks += 1
            if circle.ticks >= last_tick(circle):
                forgotten.append(circle.id)
            continue
        circle.grace -= 1
        if circle.state == ERASING or circle.grace <= 0:
            circle.state = ERASING
            due.append(circle.id)
    return forgotten, due


def after_a_stop(db: Session) -> None:
    """At start-up: a circle that was open gets at least ten minutes more, however long the server was away."""
    for circle in db.scalars(select(Circle).where(Circle.state == OPEN).order_by(Circle.id).with_for_update()):
        leave_minutes(circle)


def leave_minutes(circle: Circle) -> None:
    """Leave the circle at least ten minutes before it closes itself as forgotten."""
    circle.ticks = min(circle.ticks, last_tick(circle) - AT_LEAST_MINUTES * TICKS_A_MINUTE)


def about_minutes(circle: Circle) -> int:
    """For about how many minutes the circle has been open, in steps of five, by the ticks of a running server."""
    return 5 * round(circle.ticks / TICKS_A_MINUTE / 5)


def last_tick(circle: Circle) -> int:
    """The tick at which a forgotten circle closes itself: an hour after its planned length."""
    return (circle.minutes + FORGOTTEN_AFTER_MINUTES) * TICKS_A_MINUTE


def begin_erasing(db: Session, circle_id: str, open_too: bool = False) -> bool:
    """Mark the circle as being erased: from here there is no way back.

    False if it is gone already, or open (somebody may have reopened it a moment ago), unless `open_too`.
    """
    circle = hold(db, circle_id)
    if circle is None or (circle.state == OPEN and not open_too):
        return False
    circle.state = ERASING
    return True


def forget(db: Session, circle_id: str) -> None:
    """Delete the circle's row. That a circle of its leader's ended is noted by its day, and not which.

    Of one that was handed over, that is who leads it at the end.
    """
    circle = hold(db, circle_id)
    if circle:
        audit.note(db, "closed", circle.account_id)
        db.delete(circle)


def all_ids(db: Session) -> list[str]:
    """The ids of all circles there are."""
    return list(db.scalars(select(Circle.id)))


def how_many(db: Session) -> tuple[int, int]:
    """How many circles are open, practice circles too, and how many are closed and not erased yet."""
    states = db.scalars(select(Circle.state)).all()
    return states.count(OPEN), len(states) - states.count(OPEN)


def unfinished(db: Session) -> list[str]:
    """Circles whose erasing was begun and not finished."""
    return list(db.scalars(select(Circle.id).where(Circle.state == ERASING)))

"""What staff do with one date of a group. Each is a row of its own, and undone by taking it away.

All give back the gathering as it is now, or None if there is no such date. Where the new place or time clashes they
raise `clashes.Clashing`, unless there is a reason.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from sessions import audit
from sessions.schedule import clashes, gatherings, series
from sessions.schedule.buildings import LONGEST_NOTE, hold, read_line
from sessions.schedule.clock import ScheduleRefused, read_day, read_time
from sessions.schedule.gatherings import COVER, PARTS, Gathering, Override
from sessions.schedule.series import YEAR_DAYS, Series


def cancel(db: Session, actor: str, series_id: str, day: date) -> Gathering | None:
    """Call one date off."""
    return _write(db, actor, "gathering-cancelled", series_id, day, {"cancelled": True}, check=False)


def restore(db: Session, actor: str, series_id: str, day: date, reason: str = "") -> Gathering | None:
    """Let it take place after all: also where its group was called off from here, or the building is closed."""
    hold(db)
    now = gatherings.find(db, series_id, day)
    if now is None:
        return None
    otherwise_off = now.shut or now.series_off
    return _write(
        db, actor, "gathering-restored", series_id, day, {"cancelled": False if otherwise_off else None}, reason
    )


def move(
    db: Session, actor: str, series_id: str, day: date, to: str, start: str, reason: str = "", room_id: str = ""
) -> Gathering | None:
    """Move one date to another day or time, and to another room if one is said.

    Raises ScheduleRefused: none, year, list.
    """
    moved, minute = read_day(to), read_time(start)
    if abs((moved - day).days) > YEAR_DAYS:
        raise ScheduleRefused("day", "year")
    changed: dict[str, object] = {"moved_day": moved.isoformat(), "moved_start": minute}
    if room_id:
        changed["room_id"] = room_id
    return _write(db, actor, "gathering-moved", series_id, day, changed, reason)


def change_room(db: Session, actor: str, series_id: str, day: date, room_id: str, reason: str = "") -> Gathering | None:
    """Meet in another room of the building on one date. Raises ScheduleRefused: list."""
    return _write(db, actor, "gathering-changed", series_id, day, {"room_id": room_id}, reason)


def change_facilitator(
    db: Session, actor: str, series_id: str, day: date, account_id: str, reason: str = ""
) -> Gathering | None:
    """Let somebody else lead one date. The group stays with whom it has. Raises ScheduleRefused: list, empty."""
    leader = series.leader(db, account_id)
    if leader is None:
        raise ScheduleRefused("account", "empty")
    return _write(db, actor, "gathering-changed", series_id, day, {"account_id": leader}, reason)


def need_cover(db: Session, actor: str, series_id: str, day: date) -> Gathering | None:
    """Say that somebody else is needed to lead one date. The first facilitator who claims it does."""
    changed = {"needs_cover": True, "account_id": None}
    return _write(db, actor, "cover-needed", series_id, day, changed, check=False)


def claim(db: Session, actor: str, series_id: str, day: date) -> Gathering | None:
    """Take over one date that nobody leads; `actor` is the facilitator who does. The first wins.

    Raises ScheduleRefused: many (somebody else has it), list (an account that can't lead).
    """
    hold(db)
    now = gatherings.find(db, series_id, day)
    if now is None:
        return None
    if not now.open_to_claim:
        raise ScheduleRefused("cover", "many")
    changed = {"account_id": series.leader(db, actor)}
    return _write(db, actor, "cover-claimed", series_id, day, changed)


def give_back(db: Session, actor: str, series_id: str, day: date) -> Gathering | None:
    """Give back one date that `actor` leads in somebody's place: anybody may take it over again.

    None if they do not lead it, or have the group itself.
    """
    hold(db)
    now = gatherings.find(db, series_id, day)
    if now is None or not now.is_covered_by(actor):
        return None
    asked_for = now.owner_id is not None or COVER in now.differs
    changed = {"account_id": None, "needs_cover": asked_for}
    return _write(db, actor, "cover-given-back", series_id, day, changed, check=False)


def undo(db: Session, actor: str, series_id: str, day: date, part: str, reason: str = "") -> Gathering | None:
    """Make one part of a date as the group has it again. Raises ScheduleRefused: list (no such part)."""
    if part not in PARTS:
        raise ScheduleRefused("part", "list")
    plain = {column: False if column == "needs_cover" else None for column in PARTS[part]}
    return _write(db, actor, "gathering-undone", series_id, day, plain, reason)


def _write(
    db: Session,
    actor: str,
    act: str,
    series_id: str,
    day: date,
    changed: Mapping[str, object],
    reason: str = "",
    check: bool = True,
) -> Gathering | None:
    hold(db)
    held = series.find(db, series_id, day)
    if held is None:
        return None
    if changed.get("room_id") is not None:
        series.room_of(db, str(changed["room_id"]), held.building_id)
    row = db.get(Override, (held.id, day.isoformat())) or Override(series_id=held.id, day=day.isoformat())
    db.add(row)
    for column, value in changed.items():
        setattr(row, column, value)
    _drop_what_is_the_same(held, row)
    held.sequence += 1
    db.flush()
    if check:
        clash = clashes.check(db, [gatherings.of(db, held, day)], reason)
        row.reason = read_line(reason, "reason", LONGEST_NOTE) if clash else ""
    if not row.differs and not row.reason:
        db.delete(row)
        db.flush()
    audit.note(db, act, actor, detail=day.isoformat())
    return gatherings.of(db, held, day)


def _drop_what_is_the_same(held: Series, row: Override) -> None:
    if row.cancelled and held.cancelled:
        row.cancelled = None
    if (row.moved_day, row.moved_start) == (row.day, held.start):
        row.moved_day = row.moved_start = None
    if row.room_id == held.room_id:
        row.room_id = None
    if row.account_id is not None and row.account_id == held.account_id:
        # Whoever has the group leads this date after all.
        row.account_id, row.needs_cover = None, False

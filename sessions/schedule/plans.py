"""A new group on the calendar: written down and looked at for clashes, in one transaction."""

from sqlalchemy.orm import Session

from sessions.schedule import clashes, gatherings, series
from sessions.schedule.series import Planned, Series


def add(db: Session, actor: str, planned: Planned, reason: str = "") -> Series:
    """Plan a group. A reason lets it stand although it clashes, and is kept only then.

    Raises ScheduleRefused (see `series.plan`); Clashing.
    """
    made = series.plan(db, actor, planned, reason)
    if not clashes.check(db, gatherings.all_of(db, made), reason):
        made.reason = ""
    return made


def look(db: Session, actor: str, planned: Planned) -> None:
    """Look whether a group could be planned so, while it is still being typed. Nothing of it is kept.

    Raises what `add` raises.
    """
    with db.begin_nested() as looked:
        add(db, actor, planned)
        looked.rollback()

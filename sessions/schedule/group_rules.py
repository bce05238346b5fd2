"""The ground rules of a group, version by version: what one circle keeps, the next begins with.

They were words of members once. Nobody but a facilitator who leads a date of the group reads them.
"""

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey, Select, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import own_rules
from sessions.database import Base
from sessions.own_rules import KeptRule
from sessions.schedule import gatherings
from sessions.schedule.series import Series

MOST_VERSIONS = 20


class GroupRules(Base):
    """One version of a group's rules, in order, as JSON.

    A series that was cut off from another is the same group: the first of them all has its rules.
    """

    __tablename__ = "group_rules"

    series_id: Mapped[str] = mapped_column(ForeignKey("series.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    rules: Mapped[str] = mapped_column(Text)


def keep(db: Session, series_id: str, kept: Sequence[KeptRule]) -> None:
    """Keep these rules as the next version of a group's, unless they are just those of the last one."""
    group_id = _group(db, series_id, hold=True)
    last = db.scalar(_versions(group_id))
    if group_id is None or (last and own_rules.read(last.rules) == [*kept]):
        return
    version = last.version + 1 if last else 1
    db.add(GroupRules(series_id=group_id, version=version, rules=json.dumps(kept)))
    old = GroupRules.version <= version - MOST_VERSIONS
    db.execute(delete(GroupRules).where(GroupRules.series_id == group_id, old))


def newest(db: Session, series_id: str) -> list[KeptRule]:
    """The rules a group kept last, in order; none if it kept none."""
    last = db.scalar(_versions(_group(db, series_id)))
    return own_rules.read(last.rules) if last else []


def take_back(db: Session, account_id: str, series_id: str, day: date) -> bool:
    """Delete the last version: the one before it counts again. False if there is none, or somebody else leads then."""
    one = gatherings.find(db, series_id, day)
    if one is None or one.needs_cover or one.account_id != account_id:
        return False
    last = db.scalar(_versions(_group(db, series_id, hold=True)))
    if last is None:
        return False
    db.delete(last)
    return True


def _group(db: Session, series_id: str, hold: bool = False) -> str | None:
    """The first of the series that were cut off from one another; held, so that two who keep rules come in turn."""
    found = db.get(Series, series_id)
    while found is not None and found.follows:
        found = db.get(Series, found.follows)
    if found is not None and hold:
        db.execute(select(Series.id).where(Series.id == found.id).with_for_update())
    return found.id if found is not None else None


def _versions(group_id: str | None) -> Select[GroupRules]:
    return select(GroupRules).where(GroupRules.series_id == group_id).order_by(GroupRules.version.desc()).limit(1)

"""What comes along from a group to its circles: the plan they begin with, and the languages it meets in."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from sessions import audit, own_plans
from sessions.library import LANGUAGES, plans
from sessions.schedule import gatherings, series
from sessions.schedule.buildings import hold
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.gatherings import Gathering
from sessions.schedule.series import Series


def plan_of(db: Session, account_id: str, series_id: str, minutes: int) -> str:
    """The plan a circle of this group begins with: the chosen one, if it is there, or the nearest in length."""
    held = db.get(Series, series_id)
    if held is not None and held.plan and own_plans.chosen(db, account_id, held.plan) is not None:
        return held.plan
    return min(plans("en").values(), key=lambda shipped: abs(shipped.minutes - minutes)).key


def set_plan(
    db: Session, actor: str, series_id: str, day: date, key: str, languages: Sequence[str] | None = None
) -> Gathering | None:
    """Let the circles of a group begin with a shipped plan, from this date on; with '', with the nearest in length.

    `languages`: the codes of those it meets in, in any order; None leaves them as they are. None if there is no such
    date. Raises ScheduleRefused: list.
    """
    if key and key not in plans("en"):
        raise ScheduleRefused("plan", "list")
    if languages is not None and not LANGUAGES.keys() >= set(languages):
        raise ScheduleRefused("languages", "list")
    hold(db)
    held = series.find(db, series_id, day)
    if held is None:
        return None
    if languages is not None:
        for one in _and_after(db, held):
            one.languages = " ".join(code for code in LANGUAGES if code in languages)
    return _set(db, actor, held, day, key)


def choose_plan(db: Session, account_id: str, series_id: str, day: date, key: str) -> Gathering | None:
    """The same by the facilitator whose group it is, who has plans of their own. None if it is somebody else's."""
    if key and own_plans.chosen(db, account_id, key) is None:
        raise ScheduleRefused("plan", "list")
    hold(db)
    held = series.find(db, series_id, day)
    return _set(db, account_id, held, day, key) if held and held.account_id == account_id else None


def _set(db: Session, actor: str, held: Series, day: date, key: str) -> Gathering:
    for one in _and_after(db, held):
        one.plan = key
    audit.note(db, "group-changed", actor, detail=day.isoformat())
    return gatherings.of(db, held, day)


def _and_after(db: Session, held: Series) -> Iterator[Series]:
    """This series, and those cut off from it later: the same group."""
    later: Series | None = held
    while later is not None:
        yield later
        later = db.scalar(series.following(later))

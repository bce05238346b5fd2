"""Plans that a facilitator saves for the next circle. They hold the facilitator's own words and nobody else's.

Every plan is reached through the account that asks: somebody else's is not there.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import ForeignKey, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.accounts import Account
from sessions.database import Base, random_id
from sessions.library import parts, plans
from sessions.plan_sheet import (
    LONGEST_TITLE,
    Part,
    PlanRefused,
    as_json,
    as_shipped,
    from_json,
    minutes_of,
    moved,
    numbered,
    place,
    reworded,
    titled,
    whole,
    whole_minutes,
)

MOST_PLANS = 20
"""Of one account."""
NEW_PART_MINUTES = 10
CLOSE, RULES = "close", "rules"


class OwnPlan(Base):
    """One saved plan. `sheet` is its parts, as JSON."""

    __tablename__ = "own_plans"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    sheet: Mapped[str] = mapped_column(Text)

    @property
    def parts(self) -> list[Part]:
        """Its parts, in order."""
        return from_json(self.sheet)

    @property
    def minutes(self) -> int:
        """How long all of them are planned to be."""
        return minutes_of(self.parts)


def of(db: Session, account_id: str) -> list[OwnPlan]:
    """The plans of this account, by title."""
    own = db.scalars(select(OwnPlan).where(OwnPlan.account_id == account_id))
    return sorted(own, key=lambda one: (one.title.casefold(), one.id))


def find(db: Session, account_id: str, plan_id: str) -> OwnPlan | None:
    """This plan, if it is this account's; None tells no more than that."""
    return db.scalar(select(OwnPlan).where(OwnPlan.id == plan_id, OwnPlan.account_id == account_id))


def chosen(db: Session, account_id: str, key: str) -> list[Part] | None:
    """The parts of a shipped plan by its key, or of this account's own by its id; None if there is no such plan."""
    if key in plans("en"):
        return as_shipped(plans("en")[key])
    own = find(db, account_id, key)
    return own.parts if own else None


def says_limits(sheet: Iterable[Part]) -> bool:
    """Whether one of these parts is for saying the limits and the rules."""
    return any(parts("en")[part.key].kind == RULES for part in sheet)


def add(db: Session, account_id: str, title: str, sheet: Iterable[Part]) -> OwnPlan:
    """Save these parts as a plan of this account. Where its title is taken already it gets a number.

    Raises PlanRefused: title, long, plans, last, many, full.
    """
    title, kept = titled(title), numbered(sheet)
    # Held, so that two plans saved at once are counted one after the other.
    db.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    own = of(db, account_id)
    if len(own) >= MOST_PLANS:
        raise PlanRefused("plans")
    plan = OwnPlan(account_id=account_id, title=_free(title, {one.title for one in own}), sheet=as_json(kept))
    db.add(plan)
    db.flush()
    return plan


def copy(db: Session, account_id: str, key: str, title: str) -> OwnPlan:
    """Save a copy of a shipped plan under this title, or of one's own under the title that has.

    Raises PlanRefused: plan (there is no such plan), title, long, plans.
    """
    sheet, own = chosen(db, account_id, key), find(db, account_id, key)
    if sheet is None:
        raise PlanRefused("plan")
    return add(db, account_id, own.title if own else title, sheet)


def rename(db: Session, account_id: str, plan_id: str, title: str) -> None:
    """Call a plan something else. Raises PlanRefused: gone, title, long."""
    _held(db, account_id, plan_id).title = titled(title)


def save_part(
    db: Session, account_id: str, plan_id: str, part_id: str, minutes: str, name: str, words: str, script: str
) -> None:
    """Give a part these minutes and these words, all as typed. Raises PlanRefused: gone, part, minutes, long, lines,
    full.
    """
    plan = _held(db, account_id, plan_id)
    sheet = plan.parts
    at = place(sheet, part_id)
    sheet[at] = replace(reworded(sheet[at], name, words, script), minutes=whole_minutes(minutes))
    plan.sheet = as_json(whole(sheet))


def add_part(db: Session, account_id: str, plan_id: str, key: str) -> str:
    """Add a shipped part by its key: as the last, but before the close. Returns its id.

    Raises PlanRefused: gone, kind, many.
    """
    plan = _held(db, account_id, plan_id)
    if key not in parts("en"):
        raise PlanRefused("kind", "kind")
    sheet = plan.parts
    added = Part(str(1 + max(int(part.id) for part in sheet)), key, NEW_PART_MINUTES)
    before_the_close = _closes(sheet[-1].key) and not _closes(key)
    sheet.insert(len(sheet) - before_the_close, added)
    plan.sheet = as_json(whole(sheet))
    return added.id


def move_part(db: Session, account_id: str, plan_id: str, part_id: str, direction: str) -> None:
    """Move a part one place up or down; at the end nothing changes. Raises PlanRefused: gone, part."""
    plan = _held(db, account_id, plan_id)
    plan.sheet = as_json(moved(plan.parts, part_id, direction))


def remove_part(db: Session, account_id: str, plan_id: str, part_id: str) -> None:
    """Take a part out. The last one stays. Raises PlanRefused: gone, part, last."""
    plan = _held(db, account_id, plan_id)
    sheet = plan.parts
    del sheet[place(sheet, part_id)]
    plan.sheet = as_json(whole(sheet))


def remove(db: Session, account_id: str, plan_id: str) -> None:
    """Delete a plan. Raises PlanRefused: gone."""
    db.delete(_held(db, account_id, plan_id))


def forget(db: Session, account_id: str) -> None:
    """Delete every plan of an account."""
    db.execute(delete(OwnPlan).where(OwnPlan.account_id == account_id))


def _held(db: Session, account_id: str, plan_id: str) -> OwnPlan:
    mine = select(OwnPlan).where(OwnPlan.id == plan_id, OwnPlan.account_id == account_id)
    plan = db.scalar(mine.with_for_update())
    if plan is None:
        raise PlanRefused("gone")
    return plan


def _free(title: str, taken: set[str]) -> str:
    free, number = title, 1
    while free in taken:
        number += 1
        free = f"{title[: LONGEST_TITLE - 3].rstrip()} {number}"
    return free


def _closes(key: str) -> bool:
    return parts("en")[key].kind == CLOSE

"""Themes: what the whole room sees of what was said, in the three shapes, tied to no share and to nobody.

The board holds what a leader pinned, in the leader's words, and the tags of what stands on the wall. It carries no
number: two sizes, and no order but the reader's alphabet. A theme is large when a leader pinned it, or when at least
three shares carry it. There is a board only when at least three people have shared (`voices`).
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, LargeBinary, Select, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.circle.changes import FOR_FACILITATORS, Change, Said, ShareRefused, redrawn
from sessions.circle.circles import Circle, changed
from sessions.circle.members import nobody
from sessions.circle.receipts import seen_before
from sessions.circle.shares import hold_open
from sessions.circle.vault import Vault
from sessions.circle.voices import board_redrawn
from sessions.database import Base, random_id
from sessions.library import Tag
from sessions.words import clean_line

GROUPS = ("drug", "set", "setting")
LONGEST_THEME = 40
MOST_PINNED = 12
LARGE_FROM = 3
"""In how many shares a tag must stand to be written large."""


class Theme(Base):
    """A theme that a leader pinned in their own words. The others are tags on the wall, and are stored nowhere."""

    __tablename__ = "themes"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Pinned:
    """A theme in a leader's words, as those who lead see it: they can take it down."""

    id: str
    group: str
    words: str


@dataclass(frozen=True)
class OnBoard:
    """One theme as the whole room sees it: a tag by its id, or words that were pinned.

    A tag that a building added has its words too.
    """

    group: str
    large: bool
    tag: str = ""
    words: str = ""


def pin(db: Session, vault: Vault, circle_id: str, group: str, words: str, key: str) -> Change | None:
    """Pin a theme under one of the three shapes. It carries no share. None when it was sent before under this key.

    Raises ShareRefused: group, wordless, long, many, key, reused, closed.
    """
    words = _checked(group, words)
    circle = hold_open(db, circle_id)
    if seen_before(db, nobody(circle_id, key), key, Said("", "theme", words, (group,))):
        return None
    if (db.scalar(select(func.count()).select_from(_in_circle(circle_id).subquery())) or 0) >= MOST_PINNED:
        raise ShareRefused("many")
    theme_id = random_id()
    sealed = vault.seal(circle_id, "theme", theme_id, json.dumps([group, words]))
    db.add(Theme(id=theme_id, circle_id=circle_id, sealed=sealed))
    db.flush()
    return _told(vault, circle)


def take_down(db: Session, vault: Vault, circle_id: str, theme_id: str) -> Change | None:
    """Take down a theme that was pinned: nothing is left of it. None if there is none. Raises ShareRefused."""
    circle = hold_open(db, circle_id)
    if db.scalar(_in_circle(circle_id).where(Theme.id == theme_id)) is None:
        return None
    db.execute(delete(Theme).where(Theme.id == theme_id))
    return _told(vault, circle)


def pinned(db: Session, vault: Vault, circle_id: str) -> list[Pinned]:
    """What was pinned, by its words: for those who lead, who see it before the room does."""
    found = [_pinned(vault, row) for row in db.scalars(_in_circle(circle_id))]
    return sorted(found, key=lambda one: (one.words.casefold(), one.id))


def board(circle: Circle, up: Sequence[Pinned], said: Sequence[Said]) -> list[OnBoard]:
    """The board, from what was pinned and what was said: of that, only the tags of what members see on the wall.

    Empty while fewer than three people have shared. Where somebody is, and what they want, are no themes.
    """
    if not circle.several:
        return []
    tags = Counter(tag for one in said if not one.aside for tag in one.tags if _group(tag) in GROUPS)
    # By their names: a counter would tell which came first.
    own = {tag.id: tag.label for one in said for tag in one.own}
    picked = [OnBoard(_group(tag), tags[tag] >= LARGE_FROM, tag, own.get(tag, "")) for tag in sorted(tags)]
    return [OnBoard(one.group, True, words=one.words) for one in up] + picked


def _checked(group: str, typed: str) -> str:
    words = clean_line(typed)
    if group not in GROUPS:
        raise ShareRefused("group")
    if not words:
        raise ShareRefused("wordless")
    if len(words) > LONGEST_THEME:
        raise ShareRefused("long", len(words) - LONGEST_THEME)
    return words


def _told(vault: Vault, circle: Circle) -> Change:
    # Before the room has a board, a leader sees what is pinned all the same.
    return changed(circle, *(board_redrawn(vault, circle) or redrawn("themes", roles=FOR_FACILITATORS)))


def _pinned(vault: Vault, row: Theme) -> Pinned:
    group, words = json.loads(vault.unseal(row.circle_id, "theme", row.id, row.sealed))
    return Pinned(row.id, group, words)


def _group(tag: str) -> str:
    return Tag(tag, "").group


def _in_circle(circle_id: str) -> Select[Theme]:
    return select(Theme).where(Theme.circle_id == circle_id)

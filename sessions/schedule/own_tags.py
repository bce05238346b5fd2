"""Tags that a building adds to ours: words of its own for drug, set or setting, in one language, as they are typed."""

from dataclasses import dataclass

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.database import Base, random_id
from sessions.library import LANGUAGES, OWN, Tag
from sessions.library import tags as shipped_tags
from sessions.schedule import buildings
from sessions.schedule.buildings import hold, read_line
from sessions.schedule.clock import ScheduleRefused

LONGEST_LABEL, LONGEST_HELP = 40, 80
MOST_TAGS = 12


class OwnTag(Base):
    """One tag of a building's own. `shape` is drug, set or setting."""

    __tablename__ = "own_tags"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    shape: Mapped[str] = mapped_column(String(8))
    label: Mapped[str] = mapped_column(String(40))
    help: Mapped[str] = mapped_column(String(80), default="")


@dataclass(frozen=True)
class TagWords:
    """A tag as somebody typed it."""

    shape: str
    label: str
    help: str = ""


def of(db: Session, building_id: str) -> list[OwnTag]:
    """The tags of a building's own, by their words."""
    rows = db.scalars(select(OwnTag).where(OwnTag.building_id == building_id))
    return sorted(rows, key=lambda row: (row.label.casefold(), row.id))


def tags_in(db: Session, building_id: str) -> list[Tag]:
    """The same, as they are tapped in a circle."""
    return [Tag(f"{row.shape}:{OWN}{row.id}", row.label, row.help) for row in of(db, building_id)]


def add(db: Session, actor: str, building_id: str, words: TagWords) -> OwnTag | None:
    """Write down a tag; None if there is no such building.

    Raises ScheduleRefused: list (no such shape), empty, long, there (one that says so), many.
    """
    hold(db)
    if buildings.find(db, building_id) is None:
        return None
    row = OwnTag(building_id=building_id, **_read(db, building_id, words))
    if len(of(db, building_id)) >= MOST_TAGS:
        raise ScheduleRefused("label", "many")
    db.add(row)
    db.flush()
    audit.note(db, "tags-changed", actor)
    return row


def change(db: Session, actor: str, building_id: str, tag_id: str, words: TagWords) -> OwnTag | None:
    """Write it anew; None if that building has no such one. Raises ScheduleRefused: list, empty, long, there."""
    hold(db)
    row = _find(db, building_id, tag_id)
    if row is None:
        return None
    for name, value in _read(db, building_id, words, tag_id).items():
        setattr(row, name, value)
    audit.note(db, "tags-changed", actor)
    return row


def take_off(db: Session, actor: str, building_id: str, tag_id: str) -> bool:
    """Delete a tag. Circles that are open keep theirs. False if that building has no such one."""
    hold(db)
    row = _find(db, building_id, tag_id)
    if row is None:
        return False
    db.delete(row)
    audit.note(db, "tags-changed", actor)
    return True


def _find(db: Session, building_id: str, tag_id: str) -> OwnTag | None:
    row = db.get(OwnTag, tag_id)
    return row if row and row.building_id == building_id else None


def _read(db: Session, building_id: str, words: TagWords, but: str = "") -> dict[str, str]:
    if words.shape not in {group.key for group in shipped_tags("en").groups}:
        raise ScheduleRefused("shape", "list")
    label = read_line(words.label, "label", LONGEST_LABEL)
    said = {tag.label.casefold() for code in LANGUAGES for tag in shipped_tags(code).by_id.values()}
    if label.casefold() in said | {row.label.casefold() for row in of(db, building_id) if row.id != but}:
        raise ScheduleRefused("label", "there")
    return {
        "shape": words.shape,
        "label": label,
        "help": read_line(words.help, "help", LONGEST_HELP, needed=False),
    }

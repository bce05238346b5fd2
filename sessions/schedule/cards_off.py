"""The cards a building does not show. What they say is as true as before."""

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.database import Base
from sessions.library import Card, cards
from sessions.schedule import buildings
from sessions.schedule.buildings import hold
from sessions.schedule.clock import ScheduleRefused


class CardOff(Base):
    """A card that a building does not show."""

    __tablename__ = "cards_off"

    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), primary_key=True)
    card: Mapped[str] = mapped_column(String(40), primary_key=True)


def off_in(db: Session, building_id: str) -> frozenset[str]:
    """The keys of the cards that are off in a building."""
    return frozenset(db.scalars(select(CardOff.card).where(CardOff.building_id == building_id)))


def shown_in(db: Session, building_id: str | None, language: str) -> dict[str, Card]:
    """The cards there are in a building, by their keys, in order: all of them where no building is known."""
    off = off_in(db, building_id) if building_id else frozenset[str]()
    return {key: card for key, card in cards(language).items() if key not in off}


def switch(db: Session, actor: str, building_id: str, card: str, on: bool) -> bool | None:
    """Show a card in a building, or do not: whether it is shown now. None if there is no such building.

    Raises ScheduleRefused: list.
    """
    hold(db)
    if buildings.find(db, building_id) is None:
        return None
    if card not in cards("en"):
        raise ScheduleRefused("card", "list")
    row = db.get(CardOff, (building_id, card))
    if on and row:
        db.delete(row)
    elif not on and row is None:
        db.add(CardOff(building_id=building_id, card=card))
    audit.note(db, "cards-changed", actor)
    return on

"""What a building writes into the slot of a card: where naloxone is here, the law here, services here."""

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.database import Base
from sessions.library import cards
from sessions.schedule import buildings
from sessions.schedule.buildings import hold
from sessions.schedule.clock import ScheduleRefused
from sessions.words import clean

LONGEST_WORDS = 300


class CardWords(Base):
    """The words of one building for one shipped card."""

    __tablename__ = "card_words"

    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), primary_key=True)
    card: Mapped[str] = mapped_column(String(40), primary_key=True)
    words: Mapped[str] = mapped_column(String(300))


def of(db: Session, building_id: str) -> dict[str, str]:
    """What a building has written, by the keys of the cards."""
    return {row.card: row.words for row in db.scalars(select(CardWords).where(CardWords.building_id == building_id))}


def write(db: Session, actor: str, building_id: str, card: str, typed: str) -> bool:
    """Write into the slot of a card; nothing takes off what stood there. False if there is no such building.

    Raises ScheduleRefused: list (there is no such card, or it has no slot), long.
    """
    hold(db)
    if buildings.find(db, building_id) is None:
        return False
    shipped = cards("en").get(card)
    if shipped is None or shipped.local is None:
        raise ScheduleRefused("card", "list")
    words = clean(typed)
    if len(words) > LONGEST_WORDS:
        raise ScheduleRefused("words", "long")
    row = db.get(CardWords, (building_id, card))
    if words:
        db.merge(CardWords(building_id=building_id, card=card, words=words))
    elif row:
        db.delete(row)
    audit.note(db, "cards-changed", actor)
    return True

"""The cards a building shows, and those it does not. What these say is as true as before."""

from dataclasses import replace

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.database import Base
from sessions.library import Card, cards
from sessions.schedule import buildings, card_words, own_cards
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
    """The cards there are in a building, by their keys, in order: ours with what is said here, and then its own.

    Where no building is known, all of ours. A card of its own keeps its language, whichever is asked for.
    """
    if not building_id:
        return {**cards(language)}
    off, said = off_in(db, building_id), card_words.of(db, building_id)
    ours = {
        key: replace(card, said_here=said.get(key, "") if card.local else "")
        for key, card in cards(language).items()
        if key not in off
    }
    return ours | {row.id: own_cards.as_card(row) for row in own_cards.of(db, building_id) if not row.off}


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

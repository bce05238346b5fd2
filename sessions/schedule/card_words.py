"""What a building writes into the slot of a card: where naloxone is here, the law here, services here."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base

LONGEST_WORDS = 300


class CardWords(Base):
    """The words of one building for one shipped card."""

    __tablename__ = "card_words"

    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), primary_key=True)
    card: Mapped[str] = mapped_column(String(40), primary_key=True)
    words: Mapped[str] = mapped_column(String(300))

"""Cards that a building writes itself, in the form of ours."""

from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base, random_id

LONGEST_TITLE, LONGEST_SOURCE = 80, 300


class OwnCard(Base):
    """One card of a building's own, in one language. `lines` is JSON: each line's text and what it moves.

    `looked_at` is the day on which staff last said that it is right.
    """

    __tablename__ = "own_cards"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    language: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(80))
    lines: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(300), default="")
    off: Mapped[bool] = mapped_column(default=False, server_default=false())
    looked_at: Mapped[str] = mapped_column(String(10))

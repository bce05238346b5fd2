"""Whom one can call from a building, and where its naloxone is."""

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base, random_id


class Number(Base):
    """One line that helps, as a building has it. `line` is the key of a shipped one, or empty for one of its own."""

    __tablename__ = "numbers"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    line: Mapped[str] = mapped_column(String(40), default="")
    name: Mapped[str] = mapped_column(String(80), default="")
    number: Mapped[str] = mapped_column(String(40), default="")
    hours: Mapped[str] = mapped_column(String(120), default="")
    languages: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(280), default="")
    off: Mapped[bool] = mapped_column(default=False, server_default=false())
    checked_on: Mapped[str | None] = mapped_column(String(10), default=None)
    checked_by: Mapped[str] = mapped_column(String(12), default="")


class NaloxoneSpot(Base):
    """Where naloxone is in a building, and the day until which it is good, if that was said."""

    __tablename__ = "naloxone_spots"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    place: Mapped[str] = mapped_column(String(200))
    good_until: Mapped[str | None] = mapped_column(String(10), default=None)


class CardOff(Base):
    """A card that a building does not show."""

    __tablename__ = "cards_off"

    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), primary_key=True)
    card: Mapped[str] = mapped_column(String(40), primary_key=True)

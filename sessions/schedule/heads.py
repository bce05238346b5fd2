"""Heads in bands, and what is published of a month that is over."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base


class Published(Base):
    """What was published of a building's month (2026-11) or quarter (2026-Q4): as JSON, and never changed again."""

    __tablename__ = "published"

    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    told: Mapped[str] = mapped_column(Text)

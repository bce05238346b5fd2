"""Places that help, as staff of a building write them down."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base, random_id


class Place(Base):
    """One place. `walk_in` is None where nobody said; `checked_on` is the day on which staff last asked there."""

    __tablename__ = "places"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    hours: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    languages: Mapped[str] = mapped_column(String(120), default="")
    walk_in: Mapped[bool | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(280), default="")
    checked_on: Mapped[str | None] = mapped_column(String(10), default=None)

"""Raised hands: who would like to speak, in the order they were raised, under a name chosen for it or given."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base, random_id


class Hand(Base):
    """One raised hand. `proof` lets the phone that raised it lower it, and nobody else know whose it is."""

    __tablename__ = "hands"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)
    proof: Mapped[str] = mapped_column(String(64))
    place: Mapped[int]
    invited: Mapped[bool] = mapped_column(default=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

"""Rules that somebody in the circle suggests from a phone: adopted or let go. Who suggested one is kept nowhere."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base, random_id


class Suggestion(Base):
    """A suggested rule, sealed. No proof: not even the phone that sent it can show that it did."""

    __tablename__ = "suggestions"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

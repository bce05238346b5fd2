"""The secret addresses at which other calendars read along."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base, random_id


class Feed(Base):
    """One address: of a building, a group or a facilitator. Only its hash is kept, so it is shown once, when made."""

    __tablename__ = "feeds"
    __table_args__ = (UniqueConstraint("what", "of"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    what: Mapped[str] = mapped_column(String(12))
    of: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)

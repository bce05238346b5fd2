"""Who leads a circle besides the account that opened it."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base


class CoLeader(Base):
    """A facilitator who leads a circle along. The row goes with the circle."""

    __tablename__ = "co_leaders"
    __table_args__ = {"sqlite_with_rowid": False}

    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)

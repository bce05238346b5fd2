"""The ground rules a facilitator keeps for the next circle: only rules, and only when the facilitator says so."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base


class OwnRules(Base):
    """The rules of a facilitator's last circle, in order, as JSON."""

    __tablename__ = "own_rules"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    rules: Mapped[str] = mapped_column(Text)

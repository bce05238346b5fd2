"""The ground rules of a group, version by version: what one circle adopts is offered to the next."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base


class GroupRules(Base):
    """One version of a group's rules, in order, as JSON."""

    __tablename__ = "group_rules"

    series_id: Mapped[str] = mapped_column(ForeignKey("series.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    rules: Mapped[str] = mapped_column(Text)

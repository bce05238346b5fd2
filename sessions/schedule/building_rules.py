"""The ground rules that circles in a building begin with, where their group brings none of its own."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base


class BuildingRules(Base):
    """A building's rules, in order, as JSON."""

    __tablename__ = "building_rules"

    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), primary_key=True)
    rules: Mapped[str] = mapped_column(Text)

"""Plans that a facilitator saves for the next circle. They hold the facilitator's own words and nobody else's."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base, random_id


class OwnPlan(Base):
    """One saved plan. `sheet` is its parts, as JSON."""

    __tablename__ = "own_plans"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    sheet: Mapped[str] = mapped_column(Text)

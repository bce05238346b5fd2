"""Tags that a building adds to ours: words of its own for drug, set or setting."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base, random_id

LONGEST_LABEL, LONGEST_HELP = 40, 80


class OwnTag(Base):
    """One tag of a building's own. `shape` is drug, set or setting."""

    __tablename__ = "own_tags"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    shape: Mapped[str] = mapped_column(String(8))
    label: Mapped[str] = mapped_column(String(40))
    help: Mapped[str] = mapped_column(String(80), default="")

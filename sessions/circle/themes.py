"""Themes: what the whole room sees of what was said, in the three shapes, tied to no share and to nobody."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base, random_id


class Theme(Base):
    """A theme that a leader pinned in their own words. The others are tags on the wall, and are stored nowhere."""

    __tablename__ = "themes"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Voice(Base):
    """That somebody has shared, until three have: only the phone's cookie can make `proof` again."""

    __tablename__ = "voices"
    __table_args__ = {"sqlite_with_rowid": False}

    proof: Mapped[str] = mapped_column(String(64), primary_key=True)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)

"""What outlives a circle: how long it was, and the heads, cards and supplies its leader types in. Nobody's words."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sessions.database import Base


class Held(Base):
    """One circle that was held, as its leader told it afterwards. Nothing leads from here to the circle itself.

    `id` is a hash of the form's key, so that a form sent twice is kept once. `cards` and `supplies` are JSON.
    """

    __tablename__ = "held"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    day: Mapped[str] = mapped_column(String(10))
    minutes: Mapped[int]
    heads: Mapped[int]
    cards: Mapped[str] = mapped_column(Text)
    supplies: Mapped[str] = mapped_column(Text)
    line: Mapped[str] = mapped_column(String(280))

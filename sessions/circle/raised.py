"""What is kept of a raised hand, and the way to it from the one thing that its phone can show: its proof."""

from sqlalchemy import ForeignKey, LargeBinary, String, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base, random_id
from sessions.tokens import same


class Hand(Base):
    """One raised hand. `proof` lets the phone that raised it lower it, and nobody else know whose it is; one raised for
    somebody without a phone has none. `out`: that phone was asked to step out, and is told so when it comes by.
    """

    __tablename__ = "hands"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)
    proof: Mapped[str] = mapped_column(String(64))
    place: Mapped[int]
    invited: Mapped[bool] = mapped_column(default=False)
    out: Mapped[bool] = mapped_column(default=False, server_default=false())
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


def of_phone(db: Session, circle_id: str, proof: str) -> Hand | None:
    """The hand with this proof, whether it is up or its phone was asked to step out."""
    return next(
        (hand for hand in db.scalars(select(Hand).where(Hand.circle_id == circle_id)) if same(hand.proof, proof)), None
    )

"""Whether several people have shared: counted until three have, and then not even that.

While fewer have, there is a row for each phone that has shared, which only its own token makes again. Somebody with
the whole database can tell how many that are, one or two; which share came with a new row, nobody can.
"""

import random
from typing import cast

from sqlalchemy import ForeignKey, String, Table, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.circle import plan
from sessions.circle.changes import BOTH, FOR_FACILITATORS, Op, redrawn
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from sessions.circle.vault import Vault
from sessions.database import Base

SEVERAL = 3
"""As many people as must have shared before there is a board of themes: of two, each knows what the other picked."""
LEARN = "learn"
"""The kind of part in which members see the board."""

_shuffler = random.SystemRandom()


class Voice(Base):
    """That somebody has shared, until three have: only the phone's cookie can make `proof` again."""

    __tablename__ = "voices"
    __table_args__ = {"sqlite_with_rowid": False}

    proof: Mapped[str] = mapped_column(String(64), primary_key=True)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)


_ROWS = cast(Table, Voice.__table__)
_PROOFS = select(Voice.proof).where(Voice.circle_id == bindparam("circle"))
_FORGET = delete(_ROWS).where(_ROWS.c.circle_id == bindparam("circle"))
_KEEP = insert(_ROWS)


def count(db: Session, circle: Circle, member: Member) -> bool:
    """Note that this phone has shared. True when it is the third that has: the circle says so, and the rows go."""
    if circle.several:
        return False
    rows, here = db.connection(), {"circle": circle.id}
    proofs = list({*rows.scalars(_PROOFS, here), member.proof("shared")})
    rows.execute(_FORGET, here)
    circle.several = len(proofs) >= SEVERAL
    if not circle.several:
        # All of them anew at each share, by lot: the order of the rows, and the write they came with, tell nothing.
        _shuffler.shuffle(proofs)
        rows.execute(_KEEP, [{"proof": proof, "circle_id": circle.id} for proof in proofs])
    return circle.several


def board_redrawn(vault: Vault, circle: Circle) -> tuple[Op, ...]:
    """Ops that draw the board of themes anew for those who have it in view: nobody, until several have shared."""
    if not circle.several:
        return ()
    return redrawn("themes", roles=BOTH if plan.kind_on(vault, circle) == LEARN else FOR_FACILITATORS)

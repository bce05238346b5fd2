"""Members: a random token on a phone, its hash in a table, and nothing else."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import ForeignKey, Select, String, bindparam, delete, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.circle import raised
from sessions.circle.changes import FOR_FACILITATORS, Change, redrawn
from sessions.circle.circles import ERASING, OPEN, Circle, changed, hold
from sessions.circle.raised import Hand
from sessions.database import Base


class JoinRefused(Exception):
    """Nobody can come in now. `reason` is one of: gone, full."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Seat(Base):
    """A phone's place in a circle. The hash knows the token again; it has no number, no time, no name."""

    __tablename__ = "seats"
    __table_args__ = {"sqlite_with_rowid": False}  # no row number that counts up

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)


_KNOWN = (
    select(Seat.circle_id)
    .join(Circle, Circle.id == Seat.circle_id)
    .where(Seat.token_hash == bindparam("seat"), Circle.state != ERASING)
)
_NOT_ASKED_OUT = _KNOWN.where(
    ~exists().where(Hand.circle_id == Seat.circle_id, Hand.out, Hand.proof == bindparam("hand"))
)


@dataclass(frozen=True)
class Member:
    """The person behind a request: the token only their phone has, and the circle it belongs to."""

    circle_id: str
    token: str
    in_the_room: bool = False
    """Whether they have no phone, and the leader writes for them."""

    @property
    def seat(self) -> str:
        """What tells this person's sockets and rows from another's, and can't be turned back into the token."""
        return seat_of(self.token)

    def proof(self, share_id: str) -> str:
        """What this phone alone can show for this share. Two proofs of one phone have nothing in common."""
        return self._tag(share_id)

    @property
    def hand(self) -> str:
        """What this phone alone can show for the hand it raised."""
        return self.proof("hand")

    def receipt(self, key: str) -> str:
        """The name of what this phone sent under `key`."""
        return self._tag("key" + key)

    def _tag(self, word: str) -> str:
        token, said = (part.encode("utf-8", "replace") for part in (self.token, word))
        return hmac.digest(token, said, "sha256").hex()


def nobody(circle_id: str, key: str) -> Member:
    """Somebody in the room without a phone, for whom the facilitator writes: known by the key of one sending alone.

    Two sendings have nothing in common, and none of them has anything in common with the facilitator.
    """
    return Member(circle_id, f"in the room {key}", in_the_room=True)


def seat_of(token: str) -> str:
    """The hash of a member's token."""
    return hashlib.sha256(b"seat" + token.encode("utf-8", "replace")).hexdigest()


def join(db: Session, circle_id: str, earlier_token: str = "") -> Member:
    """Come in: a new member, always. Nobody is known again, and a seat this phone had before is given back.

    Raises JoinRefused: gone, full.
    """
    leave(db, earlier_token)
    circle = hold(db, circle_id)
    if circle is None or circle.state != OPEN or circle.shut:
        raise JoinRefused("gone")
    if (db.scalar(select(func.count()).select_from(Seat).where(Seat.circle_id == circle_id)) or 0) >= circle.phones:
        raise JoinRefused("full")
    member = Member(circle_id, secrets.token_urlsafe(32))
    db.add(Seat(token_hash=member.seat, circle_id=circle_id))
    return member


def make_room(db: Session, circle_id: str, here: set[str]) -> None:
    """Give back the seats of those who are not here: asked for only when the circle is full."""
    db.execute(delete(Seat).where(Seat.circle_id == circle_id, Seat.token_hash.not_in(here)))


def find(db: Session, token: str) -> Member | None:
    """The member with this token, while their circle is not erased, unless they were asked to step out of it."""
    return _found(db, _NOT_ASKED_OUT, token)


def asked_out(db: Session, token: str) -> bool:
    """Whether the phone with this token was asked to step out, and has not come by since."""
    return known(db, token) is not None and find(db, token) is None


def known(db: Session, token: str) -> Member | None:
    """Whoever has a seat by this token, asked to step out or not, while their circle is not erased."""
    return _found(db, _KNOWN, token)


def _found(db: Session, among: Select[str], token: str) -> Member | None:
    # What a phone can show for its hand goes by its token alone: in which circle that is, the seat says.
    shows = {"seat": seat_of(token), "hand": Member("", token).hand}
    circle_id = db.connection().scalar(among, shows)
    return Member(circle_id, token) if circle_id else None


def leave(db: Session, token: str) -> Change | None:
    """Give the seat back, and take this phone's hand down: what those who lead are told, if it was up.

    What was written stays, by nobody; this phone can't take it back any more.
    """
    member = known(db, token)
    db.execute(delete(Seat).where(Seat.token_hash == seat_of(token)))
    hand = raised.of_phone(db, member.circle_id, member.hand) if member else None
    circle = hold(db, hand.circle_id) if hand else None
    if hand is None or circle is None:
        return None
    was_up = not hand.out
    db.delete(hand)
    return changed(circle, *redrawn("hands", roles=FOR_FACILITATORS)) if was_up else None

"""Shares: what members write, by nobody.

A share has a random id and no author. Its proof, HMAC(token, id), lets the phone that wrote it take it back, and
tells nobody else anything. Its place on the wall is given only when it appears, in a shuffled handful, so neither
the rows nor their order pair two shares of one hand.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, LargeBinary, Select, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.accounts import same
from sessions.circle.changes import (
    BOTH,
    CHECK_IN,
    FOR_FACILITATORS,
    FOR_MEMBERS,
    NOTE,
    Change,
    Op,
    Part,
    Said,
    ShareRefused,
    redrawn,
)
from sessions.circle.circles import AT_ONCE, OPEN, Circle, changed, hold
from sessions.circle.heard import anybody_hears, forget, hears, say
from sessions.circle.members import Member
from sessions.circle.receipts import seen_before
from sessions.circle.vault import Vault
from sessions.database import Base, random_id
from sessions.library import tags as shipped_tags
from sessions.words import LONGEST, clean

WAITING, SHOWN, ASIDE = "waiting", "shown", "aside"
HANDFUL = 3
SMALLEST_HANDFUL = 2
WALL: dict[str, Part] = {CHECK_IN: "checkins", NOTE: "notes"}

_shuffler = random.SystemRandom()


class Share(Base):
    """One share, sealed. No author, no time, no number that counts up."""

    __tablename__ = "shares"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    place: Mapped[int | None]
    proof: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Own:
    """A share as the phone that wrote it sees it."""

    said: Said
    waiting: bool


def write(
    db: Session, vault: Vault, member: Member, kind: str, text: str, tags: Sequence[str], key: str
) -> Change | None:
    """Keep what a member wrote; None when this phone sent it before under this key.

    It waits until it can appear with others, unless the circle shows shares at once. Raises ShareRefused.
    """
    circle = _open(db, member.circle_id)
    said = Said(random_id(), kind, *_checked(text, tags))
    if seen_before(db, member, key, said):
        return None
    db.add(
        Share(
            id=said.id,
            circle_id=circle.id,
            kind=kind,
            state=WAITING,
            proof=member.proof(said.id),
            sealed=_seal(vault, circle.id, said),
        )
    )
    db.flush()
    waiting = _waiting(db, circle.id)
    if circle.appear == AT_ONCE or len(waiting) >= HANDFUL:
        return _appear(db, vault, circle, waiting)
    return changed(circle, *redrawn("waiting", roles=FOR_FACILITATORS))


def show_own(db: Session, vault: Vault, member: Member, share_id: str) -> Change | None:
    """Show my own waiting share now, alone. None if it isn't mine or isn't there; no change if it is shown already."""
    circle = _open(db, member.circle_id)
    share = _own(db, member, share_id)
    if share is None:
        return None
    return _appear(db, vault, circle, [share]) if share.state == WAITING else Change(circle.id, circle.version)


def take_back(db: Session, member: Member, share_id: str) -> Change | None:
    """Take back what I wrote, wherever it stands. None if it isn't mine or isn't there."""
    circle = _open(db, member.circle_id)
    share = _own(db, member, share_id)
    return _delete(db, circle, share) if share else None


def change(db: Session, vault: Vault, member: Member, share_id: str, text: str) -> Change | None:
    """Say what I wrote in other words, where it stands; its tags stay. None if it isn't mine or isn't there.

    Sent again it changes nothing. Raises ShareRefused.
    """
    circle = _open(db, member.circle_id)
    share = _own(db, member, share_id)
    if share is None:
        return None
    before = _said(vault, share)
    said = Said(share.id, share.kind, *_checked(text, before.tags))
    if said.text == before.text:
        return Change(circle.id, circle.version)
    share.sealed = _seal(vault, circle.id, said)
    db.flush()
    if share.state == WAITING:
        return changed(circle, *redrawn("waiting", roles=FOR_FACILITATORS))
    return _redrawn_share(db, vault, circle, share)


def hear(db: Session, vault: Vault, member: Member, share_id: str, heard: bool) -> Change | None:
    """Say "I hear you" to a note on the wall that is not mine, or take it back. None if there is none.

    Only the first and the last of all phones change what screens show.
    """
    circle = _open(db, member.circle_id)
    share = _on_the_wall(db, circle.id, share_id)
    if share is None or share.state != SHOWN or share.kind != NOTE or _own(db, member, share_id):
        return None
    before = share.id in anybody_hears(db, circle.id)
    say(db, member, share.id, heard)
    if before == (share.id in anybody_hears(db, circle.id)):
        return Change(circle.id, circle.version)
    return _redrawn_share(db, vault, circle, share)


def heard_by(db: Session, member: Member) -> list[str]:
    """The notes this phone said "I hear you" to."""
    return [share_id for share_id in anybody_hears(db, member.circle_id) if hears(db, member, share_id)]


def left_of(db: Session, share_ids: Sequence[str]) -> int:
    """How many of these shares are still kept anywhere: asked by a phone after the erase, for what it wrote."""
    return db.scalar(select(func.count()).select_from(Share).where(Share.id.in_(share_ids))) or 0


def show_waiting(db: Session, vault: Vault, circle_id: str) -> Change | None:
    """Show what waits, when it is two or more, as one shuffled handful.

    None when it is fewer: one that waits alone is its writer's to show.
    """
    circle = _open(db, circle_id)
    waiting = _waiting(db, circle.id)
    return _appear(db, vault, circle, waiting) if len(waiting) >= SMALLEST_HANDFUL else None


def set_aside(db: Session, vault: Vault, circle_id: str, share_id: str) -> Change | None:
    """Hide a share from members until it is restored. None if it does not stand on the wall."""
    return _move(db, vault, circle_id, share_id, ASIDE)


def restore(db: Session, vault: Vault, circle_id: str, share_id: str) -> Change | None:
    """Put a share that was set aside back in its place. None if there is none."""
    return _move(db, vault, circle_id, share_id, SHOWN)


def wipe(db: Session, circle_id: str, share_id: str) -> Change | None:
    """Delete a share from the wall at once, for good. None if there is none."""
    circle = _open(db, circle_id)
    share = _on_the_wall(db, circle.id, share_id)
    return _delete(db, circle, share) if share else None


def wall(db: Session, vault: Vault, circle_id: str, aside_too: bool) -> list[Said]:
    """What stands on the walls, in the order of its places; what is set aside only when asked for."""
    states = (SHOWN, ASIDE) if aside_too else (SHOWN,)
    rows = db.scalars(select(Share).where(Share.circle_id == circle_id, Share.state.in_(states)).order_by(Share.place))
    heard = anybody_hears(db, circle_id)
    return [_said(vault, row, row.id in heard) for row in rows]


def own(db: Session, vault: Vault, member: Member) -> list[Own]:
    """What this phone wrote and has not taken back, found by proof. What waits comes first."""
    rows = sorted(_written_by(db, member), key=lambda row: (row.state != WAITING, row.place or 0, row.id))
    return [Own(_said(vault, row), row.state == WAITING) for row in rows]


def wrote(db: Session, member: Member) -> list[str]:
    """The ids of it, without a word: what the phone asks for once more when all is erased."""
    return sorted(row.id for row in _written_by(db, member))


def how_many_wait(db: Session, circle_id: str) -> int:
    """How many shares wait to appear: all a facilitator learns of them."""
    waiting = select(func.count()).select_from(Share).where(Share.circle_id == circle_id, Share.state == WAITING)
    return db.scalar(waiting) or 0


def _checked(text: str, tags: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    text, known = clean(text), shipped_tags("en").by_id
    if any(tag not in known for tag in tags):
        raise ShareRefused("tags")
    if len(text) > LONGEST:
        raise ShareRefused("long", len(text) - LONGEST)
    if not text and not tags:
        raise ShareRefused("empty")
    # In the vocabulary's own order: the order of tapping is nobody's business.
    return text, tuple(tag for tag in known if tag in tags)


def _seal(vault: Vault, circle_id: str, said: Said) -> bytes:
    return vault.seal(circle_id, said.kind, said.id, json.dumps([said.text, said.tags]))


def _said(vault: Vault, row: Share, heard: bool = False) -> Said:
    text, tags = json.loads(vault.unseal(row.circle_id, row.kind, row.id, row.sealed))
    return Said(row.id, row.kind, text, tuple(tags), row.state == ASIDE, heard)


def _redrawn_share(db: Session, vault: Vault, circle: Circle, share: Share) -> Change:
    """The share drawn anew where it stands, for those who see it."""
    said = _said(vault, share, share.id in anybody_hears(db, circle.id))
    return changed(circle, Op("replace", said, FOR_FACILITATORS if said.aside else BOTH))


def _open(db: Session, circle_id: str) -> Circle:
    circle = hold(db, circle_id)
    if circle is None or circle.state != OPEN:
        raise ShareRefused("closed")
    return circle


def _appear(db: Session, vault: Vault, circle: Circle, handful: list[Share]) -> Change:
    _shuffler.shuffle(handful)
    last = db.scalar(select(func.max(Share.place)).where(Share.circle_id == circle.id)) or 0
    for place, share in enumerate(handful, start=last + 1):
        share.state, share.place = SHOWN, place
    shown = [Op("append", _said(vault, share)) for share in handful]
    return changed(circle, *shown, *redrawn("waiting", roles=FOR_FACILITATORS))


def _move(db: Session, vault: Vault, circle_id: str, share_id: str, state: str) -> Change | None:
    circle = _open(db, circle_id)
    share = _on_the_wall(db, circle.id, share_id)
    if share is None:
        return None
    if share.state == state:
        return Change(circle.id, circle.version)
    share.state = state
    db.flush()
    said = _said(vault, share, share.id in anybody_hears(db, circle.id))
    # Members' screens draw the wall anew, so that what comes back stands where it stood.
    for_members = (Op("remove", said, FOR_MEMBERS),) if said.aside else redrawn(WALL[said.kind], roles=FOR_MEMBERS)
    return changed(circle, *for_members, Op("replace", said, FOR_FACILITATORS))


def _delete(db: Session, circle: Circle, share: Share) -> Change:
    # Members have not seen it since it was set aside, and need not learn that it stood there until now.
    roles = FOR_FACILITATORS if share.state == ASIDE else BOTH
    gone = Op("remove", Said(share.id, share.kind, "", ()), roles)
    ops = redrawn("waiting", roles=FOR_FACILITATORS) if share.state == WAITING else (gone,)
    forget(db, share.id)
    db.execute(delete(Share).where(Share.id == share.id))
    return changed(circle, *ops)


def _own(db: Session, member: Member, share_id: str) -> Share | None:
    share = db.scalar(_in_circle(member.circle_id).where(Share.id == share_id))
    return share if share and same(share.proof, member.proof(share.id)) else None


def _written_by(db: Session, member: Member) -> list[Share]:
    return [row for row in db.scalars(_in_circle(member.circle_id)) if same(row.proof, member.proof(row.id))]


def _on_the_wall(db: Session, circle_id: str, share_id: str) -> Share | None:
    return db.scalar(_in_circle(circle_id).where(Share.id == share_id, Share.state != WAITING))


def _waiting(db: Session, circle_id: str) -> list[Share]:
    return list(db.scalars(_in_circle(circle_id).where(Share.state == WAITING)))


def _in_circle(circle_id: str) -> Select[Share]:
    return select(Share).where(Share.circle_id == circle_id)

"""Shares: what members write, by nobody.

A share has a random id and no author. Its proof, HMAC(token, id), lets the phone that wrote it take it back, and
tells nobody else anything. Its place on the wall is given only when it appears, in a shuffled handful, so neither
the rows nor their order pair two shares of one hand.
"""

import json
import random
from collections.abc import Mapping, Sequence

from sqlalchemy import ForeignKey, LargeBinary, Select, String, delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.circle.changes import (
    BOTH,
    CHECK_IN,
    FOR_FACILITATORS,
    NOTE,
    Change,
    Op,
    Part,
    Said,
    ShareRefused,
    redrawn,
)
from sessions.circle.circles import AT_ONCE, OPEN, Circle, changed, hold
from sessions.circle.heard import anybody_hears, forget
from sessions.circle.members import Member
from sessions.circle.receipts import seen_before
from sessions.circle.vault import Vault
from sessions.circle.vocabulary import own_tags
from sessions.circle.voices import board_redrawn, count
from sessions.database import Base, random_id
from sessions.library import Tag
from sessions.library import tags as shipped_tags
from sessions.tokens import same
from sessions.words import LONGEST, clean

WAITING, SHOWN, ASIDE, CLEARED = "waiting", "shown", "aside", "cleared"
CLEARING: dict[str, Part] = {CHECK_IN: "clearing-check-in", NOTE: "clearing-note"}
"""What a console says of each wall that was cleared."""
HANDFUL = 3
MOST_OF_ONE_PHONE = 60
MOST_IN_A_CIRCLE = 1000

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


def write(
    db: Session, vault: Vault, member: Member, kind: str, text: str, tags: Sequence[str], key: str
) -> Change | None:
    """Keep what a member wrote; None when this phone sent it before under this key.

    It waits until it can appear with others, not all of them this phone's, unless the circle shows shares at once.
    Raises ShareRefused.
    """
    circle = hold_open(db, member.circle_id)
    said = Said(random_id(), kind, *checked(text, tags, own_tags(vault, circle)))
    if seen_before(db, member, key, said):
        return None
    not_paused(circle)
    _room_for_one_more(db, member)
    third = count(db, circle, member)
    share = Share(
        id=said.id,
        circle_id=circle.id,
        kind=kind,
        state=WAITING,
        proof=member.proof(said.id),
        sealed=seal(vault, circle.id, said),
    )
    db.add(share)
    db.flush()
    waiting = waiting_in(db, circle.id)
    _remember(vault, member, share, waiting)
    mixed = is_mixed(vault, circle.id, waiting)
    if circle.appear == AT_ONCE:
        return appear(db, vault, circle, waiting if mixed else [share])
    if mixed and len(waiting) >= HANDFUL:
        return appear(db, vault, circle, waiting)
    return changed(
        circle, *redrawn("waiting", roles=FOR_FACILITATORS), *(board_redrawn(vault, circle) if third else ())
    )


def not_paused(circle: Circle) -> None:
    """Raises ShareRefused("paused") while the leader has paused writing."""
    if circle.paused:
        raise ShareRefused("paused")


def _room_for_one_more(db: Session, member: Member) -> None:
    standing = db.execute(select(Share.id, Share.proof).where(Share.circle_id == member.circle_id)).all()
    own = sum(same(proof, member.proof(share_id)) for share_id, proof in standing)
    if own >= MOST_OF_ONE_PHONE or len(standing) >= MOST_IN_A_CIRCLE:
        raise ShareRefused("many")


def _remember(vault: Vault, member: Member, share: Share, waiting: list[Share]) -> None:
    ids, mixing = {one.id for one in waiting}, vault.mixing(share.circle_id)
    if member.in_the_room:
        mixing.typed(share.id, ids)
    else:
        mixing.wrote(share.id, {one.id for one in waiting if same(one.proof, member.proof(one.id))}, ids)


def is_mixed(vault: Vault, circle_id: str, waiting: Sequence[Share]) -> bool:
    """Whether these waiting shares may appear together: it is known that not all are by one phone."""
    return vault.mixing(circle_id).is_mixed({one.id for one in waiting})


def left_of(db: Session, share_ids: Sequence[str]) -> int:
    """How many of these shares are still kept anywhere: asked by a phone after the erase, for what it wrote."""
    return db.scalar(select(func.count()).select_from(Share).where(Share.id.in_(share_ids))) or 0


def how_many_wait(db: Session, circle_id: str) -> int:
    """How many shares wait to appear: all a facilitator learns of them."""
    waiting = select(func.count()).select_from(Share).where(Share.circle_id == circle_id, Share.state == WAITING)
    return db.scalar(waiting) or 0


def checked(text: str, tags: Sequence[str], own: Mapping[str, Tag]) -> tuple[str, tuple[str, ...]]:
    """What was typed and tapped, cleaned; `own` are the circle's tags besides ours. Raises ShareRefused: tags, long,
    empty.
    """
    text, known = clean(text), [*shipped_tags("en").by_id, *own]
    if any(tag not in known for tag in tags):
        raise ShareRefused("tags")
    if len(text) > LONGEST:
        raise ShareRefused("long", len(text) - LONGEST)
    if not text and not tags:
        raise ShareRefused("empty")
    # In the vocabulary's own order: the order of tapping is nobody's business.
    return text, tuple(tag for tag in known if tag in tags)


def seal(vault: Vault, circle_id: str, said: Said) -> bytes:
    """Words and tags, sealed together for this share alone."""
    return vault.seal(circle_id, said.kind, said.id, json.dumps([said.text, said.tags]))


def said_of(vault: Vault, row: Share, own: Mapping[str, Tag], heard: bool = False) -> Said:
    """A row as those in the circle may see it; `own` are the circle's tags besides ours."""
    text, tags = json.loads(vault.unseal(row.circle_id, row.kind, row.id, row.sealed))
    added = tuple(own[tag] for tag in tags if tag in own)
    return Said(row.id, row.kind, text, tuple(tags), row.state == ASIDE, heard, added)


def redrawn_share(db: Session, vault: Vault, circle: Circle, share: Share) -> Change:
    """The share drawn anew where it stands, for those who see it."""
    said = said_of(vault, share, own_tags(vault, circle), share.id in anybody_hears(db, circle.id))
    return changed(circle, Op("replace", said, FOR_FACILITATORS if said.aside else BOTH))


def hold_open(db: Session, circle_id: str) -> Circle:
    """The circle, held for this transaction. Raises ShareRefused("closed")."""
    circle = hold(db, circle_id)
    if circle is None or circle.state != OPEN:
        raise ShareRefused("closed")
    return circle


def appear(db: Session, vault: Vault, circle: Circle, handful: list[Share], *also: Op) -> Change:
    """Put these shares on the wall together, in an order that tells nothing; `also` goes out with them."""
    _shuffler.shuffle(handful)
    last = db.scalar(select(func.max(Share.place)).where(Share.circle_id == circle.id)) or 0
    for place, share in enumerate(handful, start=last + 1):
        share.state, share.place = SHOWN, place
    own = own_tags(vault, circle)
    shown = [Op("append", said_of(vault, share, own)) for share in handful]
    db.flush()
    _lay_out_anew(db, circle.id)
    told = redrawn("waiting", roles=FOR_FACILITATORS)
    return changed(circle, *shown, *told, *board_redrawn(vault, circle), *also)


def _lay_out_anew(db: Session, circle_id: str) -> None:
    """Write a circle's shares to the disk again in an order by lot: a page keeps rows in the order they came in."""
    rows = [dict(row) for row in db.execute(select(Share.__table__).where(Share.circle_id == circle_id)).mappings()]
    db.execute(delete(Share).where(Share.circle_id == circle_id))
    _shuffler.shuffle(rows)
    db.execute(insert(Share), rows)


def remove(db: Session, circle: Circle, share: Share) -> Change:
    """Delete a share, and who heard it, for good."""
    # Members have not seen it since it was set aside, and need not learn that it stood there until now.
    roles = FOR_FACILITATORS if share.state == ASIDE else BOTH
    gone: tuple[Op, ...] = (Op("remove", Said(share.id, share.kind, "", ()), roles),)
    if share.state in (WAITING, CLEARED):
        gone = redrawn("waiting" if share.state == WAITING else CLEARING[share.kind], roles=FOR_FACILITATORS)
    elif share.state == SHOWN and circle.several:
        gone += redrawn("themes")
    forget(db, share.id)
    db.execute(delete(Share).where(Share.id == share.id))
    return changed(circle, *gone)


def waiting_in(db: Session, circle_id: str) -> list[Share]:
    """The shares of a circle that wait."""
    return list(db.scalars(in_circle(circle_id).where(Share.state == WAITING)))


def in_circle(circle_id: str) -> Select[Share]:
    """The query for the shares of one circle: nothing is looked up without it."""
    return select(Share).where(Share.circle_id == circle_id)

"""Shares: what members write, by nobody.

A share has a random id and no author. Its proof, HMAC(token, id), lets the phone that wrote it take it back, and
tells nobody else anything. Its place on the wall is given only when it appears, in a shuffled handful, so neither
the rows nor their order pair two shares of one hand.
"""

import json
import random
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

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
from sessions.circle.written import (
    ASIDE,
    CLEARED,
    SHOWN,
    WAITING,
    Outline,
    Share,
    in_circle,
    keep,
    lay_out_anew,
    outlines,
    own_of,
)
from sessions.database import random_id
from sessions.library import Tag
from sessions.library import tags as shipped_tags
from sessions.words import LONGEST, clean

CLEARING: dict[str, Part] = {CHECK_IN: "clearing-check-in", NOTE: "clearing-note"}
"""What a console says of each wall that was cleared."""
HANDFUL = 3
MOST_OF_ONE_PHONE = 60
MOST_IN_A_CIRCLE = 1000

_shuffler = random.SystemRandom()


def write(
    db: Session, vault: Vault, member: Member, kind: str, text: str, tags: Sequence[str], key: str
) -> Change | None:
    """Keep what a member wrote; None when this phone sent it before under this key.

    It waits until it can appear with others, not all of them this phone's, unless the circle shows shares at once.
    Raises ShareRefused.
    """
    circle = hold_open(db, member.circle_id)
    own = own_tags(vault, circle)
    said = _said(random_id(), kind, *checked(text, tags, own), own)
    if seen_before(db, member, key, said):
        return None
    not_paused(circle)
    standing = outlines(db, circle.id)
    _room_for_one_more(standing, member)
    third = count(db, circle, member)
    share = Outline(said.id, member.proof(said.id), kind, WAITING, None)
    waiting = [one for one in (*standing, share) if one.state == WAITING]
    _remember(vault, member, share, waiting)
    mixed = vault.mixing(circle.id).is_mixed({one.id for one in waiting})
    if circle.appear == AT_ONCE and not mixed:
        # It is written where it stands: its row comes in the order of its place, and what waits is as it was.
        last = max((one.place or 0 for one in standing), default=0)
        keep(db, circle.id, share._replace(state=SHOWN, place=last + 1), seal(vault, circle.id, said))
        return changed(circle, Op("append", said), *_board_after(vault, circle, [said], third))
    keep(db, circle.id, share, seal(vault, circle.id, said))
    if mixed and (circle.appear == AT_ONCE or len(waiting) >= HANDFUL):
        return appear(db, vault, circle, waiting_in(db, circle.id), third=third)
    return changed(
        circle, *redrawn("waiting", roles=FOR_FACILITATORS), *(board_redrawn(vault, circle) if third else ())
    )


def not_paused(circle: Circle) -> None:
    """Raises ShareRefused("paused") while the leader has paused writing."""
    if circle.paused:
        raise ShareRefused("paused")


def _room_for_one_more(standing: Sequence[Outline], member: Member) -> None:
    # Whose they are is found out where it may be too many of one phone's, and not before.
    may_be_many = len(standing) >= MOST_OF_ONE_PHONE and len(own_of(member, standing)) >= MOST_OF_ONE_PHONE
    if may_be_many or len(standing) >= MOST_IN_A_CIRCLE:
        raise ShareRefused("many")


def _remember(vault: Vault, member: Member, share: Outline, waiting: Sequence[Outline]) -> None:
    ids, mixing = {one.id for one in waiting}, vault.mixing(member.circle_id)
    if member.in_the_room:
        mixing.typed(share.id, ids)
    else:
        mixing.wrote(share.id, {one.id for one in own_of(member, waiting)}, ids)


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
    return _said(row.id, row.kind, text, tuple(tags), own, row.state == ASIDE, heard)


def _said(
    share_id: str,
    kind: str,
    text: str,
    tags: tuple[str, ...],
    own: Mapping[str, Tag],
    aside: bool = False,
    heard: bool = False,
) -> Said:
    return Said(share_id, kind, text, tags, aside, heard, tuple(own[tag] for tag in tags if tag in own))


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


def appear(db: Session, vault: Vault, circle: Circle, handful: list[Share], *also: Op, third: bool = False) -> Change:
    """Put these shares on the wall together, in an order that tells nothing; `also` goes out with them.

    `third`: with one of them so many have shared that there is a board now.
    """
    _shuffler.shuffle(handful)
    last = db.scalar(select(func.max(Share.place)).where(Share.circle_id == circle.id)) or 0
    for place, share in enumerate(handful, start=last + 1):
        share.state, share.place = SHOWN, place
    own = own_tags(vault, circle)
    shown = [said_of(vault, share, own) for share in handful]
    db.flush()
    lay_out_anew(db, circle.id, [share.id for share in handful])
    told = redrawn("waiting", roles=FOR_FACILITATORS)
    board = _board_after(vault, circle, shown, third)
    return changed(circle, *(Op("append", said) for said in shown), *told, *board, *also)


def _board_after(vault: Vault, circle: Circle, shown: Sequence[Said], third: bool) -> tuple[Op, ...]:
    """Ops that draw the board anew where it may be another one: it begins, or words were tapped with what was shown."""
    return board_redrawn(vault, circle) if third or any(said.tags for said in shown) else ()


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

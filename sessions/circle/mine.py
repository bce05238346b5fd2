"""What a phone can do with what it wrote, and say to what others wrote. Whose a share is, its proof alone tells."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from sessions.circle.changes import FOR_FACILITATORS, NOTE, Change, Said, redrawn
from sessions.circle.circles import changed, is_open
from sessions.circle.heard import anybody_hears, heard_by, say
from sessions.circle.members import Member
from sessions.circle.shares import (
    appear,
    checked,
    hold_open,
    not_paused,
    redrawn_share,
    remove,
    said_of,
    seal,
)
from sessions.circle.vault import Vault
from sessions.circle.vocabulary import own_tags, own_tags_in
from sessions.circle.wall import on_the_wall
from sessions.circle.written import ASIDE, CLEARED, SHOWN, WAITING, Outline, Share, in_circle, outlines, own_of
from sessions.tokens import same


@dataclass(frozen=True)
class Own:
    """A share as the phone that wrote it sees it."""

    said: Said
    waiting: bool
    cleared: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is on the wall, for members to see."""
        return not (self.waiting or self.cleared or self.said.aside)


@dataclass(frozen=True)
class Mine:
    """All that is one phone's own in a circle: the ids of what it wrote and of the notes it heard, and what it wrote as
    it sees that, what waits first. `waits_alone`: nobody else's words wait beside its own.
    """

    wrote: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    own: list[Own] = field(default_factory=list)
    waits_alone: bool = True


def show(db: Session, vault: Vault, member: Member, share_id: str) -> Change | None:
    """Show my own waiting share now, alone. None if it isn't mine or isn't there; no change if it is shown already."""
    circle = hold_open(db, member.circle_id)
    share = _find(db, member, share_id)
    if share is None:
        return None
    return appear(db, vault, circle, [share]) if share.state == WAITING else Change(circle.id, circle.version)


def take_back(db: Session, member: Member, share_id: str) -> Change | None:
    """Take back what I wrote, wherever it stands. None if it isn't mine or isn't there."""
    circle = hold_open(db, member.circle_id)
    share = _find(db, member, share_id)
    return remove(db, circle, share) if share else None


def change(db: Session, vault: Vault, member: Member, share_id: str, text: str) -> Change | None:
    """Say what I wrote in other words, where it stands; its tags stay. None if it isn't mine or isn't there.

    Sent again it changes nothing. Raises ShareRefused.
    """
    circle = hold_open(db, member.circle_id)
    share = _find(db, member, share_id)
    if share is None:
        return None
    own = own_tags(vault, circle)
    before = said_of(vault, share, own)
    said = Said(share.id, share.kind, *checked(text, before.tags, own))
    if said.text == before.text:
        return Change(circle.id, circle.version)
    not_paused(circle)
    share.sealed = seal(vault, circle.id, said)
    db.flush()
    if share.state == WAITING:
        return changed(circle, *redrawn("waiting", roles=FOR_FACILITATORS))
    if share.state == CLEARED:  # nobody else has it in view
        return Change(circle.id, circle.version)
    return redrawn_share(db, vault, circle, share)


def hear(db: Session, vault: Vault, member: Member, share_id: str, yes: bool) -> Change | None:
    """Say "I hear you" to a note on the wall that is not mine, or take it back. None if there is none.

    Only the first and the last of all phones change what screens show.
    """
    circle = hold_open(db, member.circle_id)
    share = on_the_wall(db, circle.id, share_id)
    if share is None or share.state != SHOWN or share.kind != NOTE or _find(db, member, share_id):
        return None
    before = share.id in anybody_hears(db, circle.id)
    say(db, member, share.id, yes)
    if before == (share.id in anybody_hears(db, circle.id)):
        return Change(circle.id, circle.version)
    return redrawn_share(db, vault, circle, share)


def of(db: Session, vault: Vault, member: Member, on_the_wall_too: bool) -> Mine:
    """What is this phone's own. Of what has appeared there are words with `on_the_wall_too` alone: a page that is open
    has them on its wall. Of a circle that is not open there are no words.
    """
    standing = outlines(db, member.circle_id)
    mine = own_of(member, standing)
    waiting = sum(one.state == WAITING for one in standing)
    return Mine(
        wrote=sorted(one.id for one in mine),
        heard=heard_by(db, member),
        own=_seen(db, vault, member.circle_id, mine, on_the_wall_too) if is_open(db, member.circle_id) else [],
        waits_alone=sum(one.state == WAITING for one in mine) == waiting,
    )


def _seen(db: Session, vault: Vault, circle_id: str, mine: list[Outline], on_the_wall_too: bool) -> list[Own]:
    told, said = [one.id for one in mine if on_the_wall_too or one.state in (WAITING, CLEARED)], {}
    if told:
        tags = own_tags_in(db, vault, circle_id)
        said = {row.id: said_of(vault, row, tags) for row in db.scalars(in_circle(circle_id).where(Share.id.in_(told)))}
    inline = sorted(mine, key=lambda one: (one.state != WAITING, one.place or 0, one.id))
    return [_own(one, said.get(one.id)) for one in inline]


def _own(one: Outline, said: Said | None) -> Own:
    bare = Said(one.id, one.kind, "", (), aside=one.state == ASIDE)
    return Own(said or bare, one.state == WAITING, one.state == CLEARED)


def ids(db: Session, member: Member) -> list[str]:
    """The ids of what this phone wrote: what it asks for once more when all is erased."""
    return sorted(one.id for one in own_of(member, outlines(db, member.circle_id)))


def _find(db: Session, member: Member, share_id: str) -> Share | None:
    share = db.scalar(in_circle(member.circle_id).where(Share.id == share_id))
    return share if share and same(share.proof, member.proof(share.id)) else None

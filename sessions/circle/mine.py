"""What a phone can do with what it wrote, and say to what others wrote. Whose a share is, its proof alone tells."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from sessions.circle.changes import FOR_FACILITATORS, NOTE, Change, Said, redrawn
from sessions.circle.circles import changed
from sessions.circle.heard import anybody_hears, hears, say
from sessions.circle.members import Member
from sessions.circle.shares import (
    CLEARED,
    SHOWN,
    WAITING,
    Share,
    appear,
    checked,
    hold_open,
    in_circle,
    not_paused,
    redrawn_share,
    remove,
    said_of,
    seal,
)
from sessions.circle.vault import Vault
from sessions.circle.vocabulary import own_tags, own_tags_in
from sessions.circle.wall import on_the_wall
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


def heard(db: Session, member: Member) -> list[str]:
    """The notes this phone said "I hear you" to."""
    return [share_id for share_id in anybody_hears(db, member.circle_id) if hears(db, member, share_id)]


def written(db: Session, vault: Vault, member: Member) -> list[Own]:
    """What this phone wrote and has not taken back, found by proof. What waits comes first."""
    rows = sorted(_rows(db, member), key=lambda row: (row.state != WAITING, row.place or 0, row.id))
    own = own_tags_in(db, vault, member.circle_id)
    return [Own(said_of(vault, row, own), row.state == WAITING, row.state == CLEARED) for row in rows]


def ids(db: Session, member: Member) -> list[str]:
    """The ids of it, without a word: what the phone asks for once more when all is erased."""
    return sorted(row.id for row in _rows(db, member))


def _find(db: Session, member: Member, share_id: str) -> Share | None:
    share = db.scalar(in_circle(member.circle_id).where(Share.id == share_id))
    return share if share and same(share.proof, member.proof(share.id)) else None


def _rows(db: Session, member: Member) -> list[Share]:
    return [row for row in db.scalars(in_circle(member.circle_id)) if same(row.proof, member.proof(row.id))]

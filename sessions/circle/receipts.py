"""Receipts: that a phone sent something under a key, so that sending it again is answered and not repeated.

A receipt outlives its share and dies with the circle: a late retry must not bring back what was taken back. It names
no share and no member. Both of its hashes are made with the phone's own token, so nobody else, not even with the key
of the circle, can tell which share it was for; receipts lie on a disk in the order they were written, and that order
must tell nothing.
"""

import hashlib
import json
import re
import uuid
from typing import cast

from sqlalchemy import ForeignKey, String, Table, bindparam, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.circle.changes import Said, ShareRefused
from sessions.circle.members import Member
from sessions.database import Base
from sessions.tokens import same

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Receipt(Base):
    """One sending, known again only by the phone that sent."""

    __tablename__ = "receipts"
    __table_args__ = {"sqlite_with_rowid": False}

    receipt: Mapped[str] = mapped_column(String(64), primary_key=True)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))


_KNOWN = select(Receipt.digest).where(Receipt.receipt == bindparam("receipt"))
_KEEP = insert(cast(Table, Receipt.__table__))


def seen_before(db: Session, member: Member, key: str, said: Said) -> bool:
    """Whether this phone sent this under this key before; if not, it has from now on.

    Raises ShareRefused: "key" when it is no UUID, "reused" when it was sent with other words.
    """
    if not _UUID.fullmatch(key):
        raise ShareRefused("key")
    receipt = member.receipt(str(uuid.UUID(key)))
    content = json.dumps([said.kind, said.text, said.tags]).encode()
    digest = member.proof(hashlib.sha256(content).hexdigest())
    known = db.connection().scalar(_KNOWN, {"receipt": receipt})
    if known is None:
        db.connection().execute(_KEEP, {"receipt": receipt, "circle_id": member.circle_id, "digest": digest})
        return False
    if not same(known, digest):
        raise ShareRefused("reused")
    return True

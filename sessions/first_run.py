"""The first run of a new install: one account, and the host's words along with it."""

from sqlalchemy.orm import Session

from sessions import accounts, host
from sessions.accounts import AccountRefused, Person
from sessions.host import Host
from sessions.permissions import ADMIN, FACILITATOR


def begin(db: Session, email: str, role: str, passphrase_hash: str, words: Host) -> Person:
    """Make the first account and keep the host's words, both or neither.

    Raises AccountRefused ("taken" when there is an account already, as the link is good for one) and HostRefused.
    """
    if role not in (FACILITATOR, ADMIN):
        raise AccountRefused("role")
    if accounts.anybody(db):
        raise AccountRefused("taken")
    host.write(db, words)
    return accounts.add(db, email, role, passphrase_hash)

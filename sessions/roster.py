"""What an admin does with the accounts of others: roles, disabling, removing. Never a passphrase, never a circle.

An admin can't change their own role and can't disable themselves, so that there is always one left who can help.
"""

from collections.abc import Callable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sessions import accounts, audit, own_plans, own_rules, sign_ins
from sessions.accounts import Account, AccountRefused, Person
from sessions.permissions import STAFF
from sessions.schedule import feeds, held


def everybody(db: Session) -> list[Person]:
    """Every account, by address."""
    return [accounts.person(account) for account in db.scalars(select(Account).order_by(Account.email))]


def set_role(db: Session, admin_id: str, account_id: str, role: str, now: float | None = None) -> list[str]:
    """Give an account another role, and sign it out everywhere. Returns the hashes of the tokens that ended.

    Raises AccountRefused: role, self, gone.
    """
    if role not in STAFF:
        raise AccountRefused("role")
    account = _somebody_else(db, admin_id, account_id)
    if account.role == role:
        return []
    account.role = role
    audit.note(db, "role-changed", admin_id, account_id, role, now=now)
    return sign_ins.end_all(db, account_id)


def disable(db: Session, admin_id: str, account_id: str, now: float | None = None) -> list[str]:
    """Let an account sign in no more, and sign it out everywhere. Returns the hashes of the tokens that ended.

    Raises AccountRefused: self, gone.
    """
    account = _somebody_else(db, admin_id, account_id)
    if account.disabled:
        return []
    account.disabled = True
    audit.note(db, "disabled", admin_id, account_id, now=now)
    return sign_ins.end_all(db, account_id)


def enable(db: Session, admin_id: str, account_id: str, now: float | None = None) -> None:
    """Let a disabled account sign in again. Raises AccountRefused: self, gone."""
    account = _somebody_else(db, admin_id, account_id)
    if account.disabled:
        account.disabled = False
        audit.note(db, "enabled", admin_id, account_id, now=now)


def remove(
    db: Session, admin_id: str, account_id: str, leads: Callable[[Session, str], bool], now: float | None = None
) -> None:
    """Delete a disabled account, so that its address is free again. What it told of circles held stays, by nobody.

    `leads(db, account_id)` says whether a circle of theirs is not erased yet. Raises AccountRefused: self, gone,
    enabled, leads.
    """
    account = _somebody_else(db, admin_id, account_id)
    if not account.disabled:
        raise AccountRefused("enabled")
    if leads(db, account_id):
        raise AccountRefused("leads")
    audit.note(db, "removed", admin_id, account_id, now=now)
    held.keep_totals(db, account_id)
    feeds.forget(db, feeds.FACILITATOR, account_id)
    own_rules.let_go(db, account_id)
    own_plans.forget(db, account_id)
    db.execute(delete(Account).where(Account.id == account_id))


def _somebody_else(db: Session, admin_id: str, account_id: str) -> Account:
    if account_id == admin_id:
        raise AccountRefused("self")
    account = db.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None:
        raise AccountRefused("gone")
    return account

"""Every table, gathered in one place for migrations and for the inventory of what is kept."""

from sessions import accounts, audit, host, invitations, one_use, second_factor, sign_ins
from sessions.circle import circles, hands, heard, members, receipts, rules, shares
from sessions.database import Base

__all__ = [
    "Base",
    "accounts",
    "audit",
    "circles",
    "hands",
    "heard",
    "host",
    "invitations",
    "members",
    "one_use",
    "receipts",
    "rules",
    "second_factor",
    "shares",
    "sign_ins",
]

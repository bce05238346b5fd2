"""Every table, gathered in one place for migrations and for the inventory of what is kept."""

from sessions import accounts, host
from sessions.circle import circles, members, receipts, rules, shares
from sessions.database import Base

__all__ = ["Base", "accounts", "circles", "host", "members", "receipts", "rules", "shares"]

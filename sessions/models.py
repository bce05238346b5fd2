"""Every table, gathered in one place for migrations and for the inventory of what is kept."""

from sessions import accounts, host
from sessions.circle import circles, heard, members, receipts, rules, shares
from sessions.database import Base

__all__ = ["Base", "accounts", "circles", "heard", "host", "members", "receipts", "rules", "shares"]

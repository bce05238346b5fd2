"""Every table, gathered in one place for migrations and for the inventory of what is kept."""

from sessions import accounts, host
from sessions.circle import circles, members, rules, shares
from sessions.database import Base

__all__ = ["Base", "accounts", "circles", "host", "members", "rules", "shares"]

"""Every table, gathered in one place for migrations and for the inventory of what is kept."""

from sessions import accounts, audit, host, invitations, one_use, own_plans, own_rules, second_factor, sign_ins
from sessions.circle import circles, heard, members, raised, receipts, rules, shares, suggestions, themes, voices
from sessions.database import Base
from sessions.schedule import (
    buildings,
    cards_off,
    closures,
    feeds,
    gatherings,
    group_rules,
    heads,
    held,
    naloxone,
    numbers,
    series,
)

__all__ = [
    "Base",
    "accounts",
    "audit",
    "buildings",
    "cards_off",
    "circles",
    "closures",
    "feeds",
    "gatherings",
    "group_rules",
    "heads",
    "heard",
    "held",
    "host",
    "invitations",
    "members",
    "naloxone",
    "numbers",
    "one_use",
    "own_plans",
    "own_rules",
    "raised",
    "receipts",
    "rules",
    "second_factor",
    "series",
    "shares",
    "sign_ins",
    "suggestions",
    "themes",
    "voices",
]

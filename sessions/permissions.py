"""Which role has which ability. What is not here, nobody may do.

Members and strangers are roles too, though they have no account: a member is known by the cookie of one circle.
"""

STRANGER = "stranger"
MEMBER = "member"
FACILITATOR = "facilitator"
HOUSING = "housing"
ADMIN = "admin"

STAFF = frozenset({FACILITATOR, HOUSING, ADMIN})
EVERYONE = STAFF | {STRANGER, MEMBER}

ABILITIES: dict[str, frozenset[str]] = {
    "see the door": EVERYONE,
    "leave": EVERYONE,
    "take part": frozenset({MEMBER}),
    "sign in": EVERYONE,
    "keep own account": STAFF,
    "lead circles": frozenset({FACILITATOR}),
    "write the host's words": frozenset({ADMIN}),
}


def may(role: str, ability: str) -> bool:
    """Whether somebody with this role has this ability. An ability nobody wrote down belongs to nobody."""
    return role in ABILITIES.get(ability, frozenset())

"""Which role has which ability. What is not here, nobody may do.

Members and strangers are roles too, though they have no account: a member is known by the cookie of one circle. An
admin who has no second step at sign-in yet can do nothing but add one.
"""

STRANGER = "stranger"
MEMBER = "member"
FACILITATOR = "facilitator"
HOUSING = "housing"
ADMIN = "admin"
NEW_ADMIN = "admin without a second step"

STAFF = frozenset({FACILITATOR, HOUSING, ADMIN})
EVERYONE = STAFF | {STRANGER, MEMBER, NEW_ADMIN}

ABILITIES: dict[str, frozenset[str]] = {
    "see the door": EVERYONE,
    "leave": EVERYONE,
    "take part": frozenset({MEMBER}),
    "sign in": EVERYONE,
    "keep own account": STAFF | {NEW_ADMIN},
    "lead circles": frozenset({FACILITATOR}),
    "read the calendar": STAFF,
    "read the cards": STAFF,
    "read heads in bands": frozenset({HOUSING, ADMIN}),
    "plan gatherings": frozenset({HOUSING, ADMIN}),
    "write the host's words": frozenset({ADMIN}),
    "look after accounts": frozenset({ADMIN}),
    "look after this computer": frozenset({ADMIN}),
}


def acting_role(role: str, second_step: bool) -> str:
    """The role in which an account of this role acts, with or without a second step at sign-in."""
    return NEW_ADMIN if role == ADMIN and not second_step else role


def may(role: str, ability: str) -> bool:
    """Whether somebody with this role has this ability. An ability nobody wrote down belongs to nobody."""
    return role in ABILITIES.get(ability, frozenset())

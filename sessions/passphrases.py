"""Passphrases: 14 characters at least, kept as an Argon2id hash. Nobody can set somebody else's.

There is no way for an admin to give an account a new passphrase: who can set it can become that person, and read
what a circle says. Somebody who has forgotten theirs is invited anew.
"""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from zxcvbn import zxcvbn

from sessions import accounts, audit, sign_ins
from sessions.accounts import Account, AccountRefused, Person

SHORTEST = 14
LONGEST = 1024
ESTIMATED = 72
"""Characters whose strength is looked at: the library takes no more, and what comes after makes none weaker."""
FEWEST_GUESSES = 10**8
"""What zxcvbn must think a passphrase takes at least, who knows common and leaked words, repeats, rows of keys and
dates (Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016).
"""
WORDS_OF_THIS_PLACE = ("open circle", "circle", "facilitator", "housing")

_hasher = PasswordHasher()
# Verified when nobody has that address, so that an unknown account takes as long as a known one.
_NOBODY = _hasher.hash(secrets.token_hex(16))


def hashed(passphrase: str, *about: str) -> str:
    """The Argon2id hash of a new passphrase. About 50 ms of one core: call it off the event loop.

    `about`: what others know of its person, like their address, which makes a passphrase no harder to guess. Raises
    AccountRefused: passphrase (shorter than 14 characters or longer than 1,024), guessed (many people would try it).
    """
    if not SHORTEST <= len(passphrase) <= LONGEST:
        raise AccountRefused("passphrase")
    known = [word.lower() for words in (*about, *WORDS_OF_THIS_PLACE) for word in (words, *words.split("@"))]
    if zxcvbn(passphrase[:ESTIMATED], user_inputs=known)["guesses"] < FEWEST_GUESSES:
        raise AccountRefused("guessed")
    return _hasher.hash(passphrase)


def stored(db: Session, email: str) -> tuple[Person | None, str]:
    """The account with this address and its hash. Where nobody may sign in: None, and a hash nothing fits."""
    account = db.scalar(select(Account).where(Account.email == accounts.address(email), ~Account.disabled))
    return (accounts.person(account), account.passphrase) if account else (None, _NOBODY)


def fits(stored_hash: str, passphrase: str) -> bool:
    """Whether `passphrase` is the one behind `stored_hash`. As slow as `hashed`."""
    try:
        return _hasher.verify(stored_hash, passphrase[: LONGEST + 1])
    except (Argon2Error, InvalidHashError):
        return False


def change(db: Session, account_id: str, passphrase_hash: str, this_token: str, now: float | None = None) -> list[str]:
    """Give an account a new passphrase and end its sign-ins in every browser but this one.

    Returns the hashes of the tokens that are worth nothing now, so that their sockets can be cut.
    """
    db.execute(update(Account).where(Account.id == account_id).values(passphrase=passphrase_hash))
    audit.note(db, "passphrase-changed", account_id, now=now)
    return sign_ins.end_all(db, account_id, but=this_token)

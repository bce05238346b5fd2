"""The second step at sign-in: six digits from an app (TOTP, RFC 6238), or a recovery code from paper.

The app's secret is sealed under the install's own secret, so that a copy of the database alone makes no digits. A code
that was accepted is never accepted again (RFC 6238, 5.2), nor is one that came before it.
"""

import hashlib
import hmac
import re
import secrets
import time

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.accounts import Account
from sessions.database import Base

STEP_SECONDS = 30
STEPS_OFF = 1
"""A phone's clock may be wrong by one step to either side."""
RECOVERY_CODES = 10
RECOVERY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
RECOVERY_LENGTH = 24
"""117 bits: from 112 up a plain hash is enough (OWASP ASVS 5.0, 6.5.2)."""
ISSUER = "Open Circle"
NONCE_BYTES = 12

_SECRET = re.compile(r"[A-Z2-7]{32}")


class RecoveryCode(Base):
    """One recovery code on somebody's paper. It is long and random, so a plain hash keeps it."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))


def new_secret() -> str:
    """A new secret for somebody's app, of 160 random bits, as apps read it (base32)."""
    return pyotp.random_base32()


def usable(secret: str | None) -> str:
    """A secret that a page has shown before, if it looks like one of ours; else a new one."""
    return secret if secret and _SECRET.fullmatch(secret) else new_secret()


def link(secret: str, email: str) -> str:
    """What the QR holds for the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def add(db: Session, key: str, account_id: str, secret: str, digits: str, now: float | None = None) -> list[str] | None:
    """Begin to ask this account for a second step, once its app has shown that it knows the secret.

    Returns new recovery codes, to be shown once; None when the digits are not right, and nothing has changed.
    """
    step = _step_of(secret, digits, after=0, now=now)
    if step is None:
        return None
    _set(db, account_id, _seal(key, account_id, secret), step)
    audit.note(db, "second-step-added", account_id, now=now)
    return _new_codes(db, account_id)


def remove(db: Session, account_id: str, now: float | None = None) -> None:
    """Stop asking for a second step."""
    _set(db, account_id, None, 0)
    db.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    audit.note(db, "second-step-removed", account_id, now=now)


def passes(db: Session, key: str, account_id: str, typed: str, now: float | None = None) -> bool:
    """Whether `typed` is good for this account's second step, and it is used up. True if the account has none."""
    account = db.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None:
        return False
    if account.totp is None:
        return True
    secret = _unseal(key, account_id, account.totp)
    step = _step_of(secret, typed, after=account.totp_step, now=now) if secret else None
    if step is not None:
        account.totp_step = step
        return True
    return _use_recovery_code(db, account_id, typed, now)


def codes_left(db: Session, account_id: str) -> int:
    """How many recovery codes this account has left."""
    return len(list(db.scalars(select(RecoveryCode.code_hash).where(RecoveryCode.account_id == account_id))))


def _step_of(secret: str, typed: str, after: int, now: float | None) -> int | None:
    """The step these digits belong to, if it is now, or nearly, and later than `after`."""
    digits = "".join(typed.split())
    current = int(now if now is not None else time.time()) // STEP_SECONDS
    found = None
    for step in range(current - STEPS_OFF, current + STEPS_OFF + 1):
        right = pyotp.TOTP(secret).at(step * STEP_SECONDS)
        if hmac.compare_digest(right.encode(), digits.encode("utf-8", "replace")) and step > after:
            found = step
    return found


def _use_recovery_code(db: Session, account_id: str, typed: str, now: float | None) -> bool:
    code = "".join(letter for letter in typed.lower() if letter in RECOVERY_ALPHABET)
    row = db.get(RecoveryCode, _hash(account_id, code))
    if row is None:
        return False
    db.delete(row)
    audit.note(db, "recovery-code-used", account_id, now=now)
    return True


def _new_codes(db: Session, account_id: str) -> list[str]:
    db.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = ["".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    db.add_all(RecoveryCode(code_hash=_hash(account_id, code), account_id=account_id) for code in codes)
    return ["-".join(code[start : start + 4] for start in range(0, RECOVERY_LENGTH, 4)) for code in codes]


def _set(db: Session, account_id: str, sealed: bytes | None, step: int) -> None:
    db.execute(update(Account).where(Account.id == account_id).values(totp=sealed, totp_step=step))


def _hash(account_id: str, code: str) -> str:
    return hashlib.sha256(f"recovery {account_id} {code}".encode()).hexdigest()


def _cipher(key: str) -> AESGCM:
    return AESGCM(hmac.new(key.encode(), b"second factor", hashlib.sha256).digest())


def _seal(key: str, account_id: str, secret: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, secret.encode(), account_id.encode())


def _unseal(key: str, account_id: str, sealed: bytes) -> str | None:
    """The secret, or None when the install's own secret is another one now: then the recovery codes are left."""
    try:
        return _cipher(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], account_id.encode()).decode()
    except InvalidTag:
        return None

"""Secrets that are shown once and kept as a hash."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """A new token of 256 random bits, fit for a cookie or a link."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps in place of a token of 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def same(one: str | bytes, other: str | bytes) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    first, second = (part.encode("utf-8", "replace") if isinstance(part, str) else part for part in (one, other))
    return hmac.compare_digest(first, second)

"""Codes and PINs as people type them, and what the database keeps of them."""

import hashlib
import hmac
import unicodedata


def as_dialled(typed: str) -> str:
    """A code without the gaps people type, in whatever digits their keyboard has; anything else without spaces."""
    word = "".join(typed.split())
    digits = word.replace("-", "")
    return "".join(str(unicodedata.digit(sign)) for sign in digits) if digits.isdecimal() else word


def keyed_hash(door_key: bytes, word: str) -> str:
    """What the database keeps of a code, a link or a PIN: nothing to be tried out without the server's own key."""
    return hmac.new(door_key, word.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

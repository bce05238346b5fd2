"""Websocket frames, as few kinds as a socket needs that only listens: what we say, and the little we hear."""

import base64
import hashlib
import struct

MOST_BYTES_FROM_A_CLIENT = 1024
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
WHOLE, MASKED, MASK_BYTES = 0x80, 0x80, 4
TWO_BYTES, EIGHT_BYTES = 126, 127
"""What stands in place of a length that is told in the bytes after it."""
GOODBYE = struct.pack("!BBH", WHOLE | CLOSE, 2, 1000)
OF_THE_PROTOCOL = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class NotOurs(ValueError):
    """Something that no page of ours sends: too long, in pieces, bare of its mask, packed, or no text."""


def welcome(key: str) -> bytes:
    """The answer that makes a websocket of a connection. It offers no packing: that costs 90 KiB a phone."""
    proof = base64.b64encode(hashlib.sha1(key.encode() + OF_THE_PROTOCOL).digest()).decode()  # noqa: S324 - as RFC 6455 has it
    lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"]
    return "\r\n".join([*lines, f"Sec-WebSocket-Accept: {proof}", "", ""]).encode()


def said(body: bytes, kind: int = TEXT) -> bytes:
    """One frame of ours around `body`."""
    length = len(body)
    if length < TWO_BYTES:
        return bytes((WHOLE | kind, length)) + body
    if length < 1 << 16:
        return struct.pack("!BBH", WHOLE | kind, TWO_BYTES, length) + body
    return struct.pack("!BBQ", WHOLE | kind, EIGHT_BYTES, length) + body


def take(unread: bytearray) -> tuple[int, bytes] | None:
    """The kind and body of the first frame, taken out of what a client sent; None where it is not all there yet.

    Raises NotOurs by its header alone, before there is any body.
    """
    if len(unread) < 2:
        return None
    first, length = unread[0], unread[1] & ~MASKED
    # A length that is told in eight bytes is far too long, whatever they say.
    if first & ~0xF != WHOLE or not unread[1] & MASKED or length == EIGHT_BYTES:
        raise NotOurs
    at = 2
    if length == TWO_BYTES:
        at = 4
        if len(unread) < at:
            return None
        (length,) = struct.unpack_from("!H", unread, 2)
    if length > MOST_BYTES_FROM_A_CLIENT:
        raise NotOurs
    end = at + MASK_BYTES + length
    if len(unread) < end:
        return None
    mask = unread[at : at + MASK_BYTES]
    body = bytes(byte ^ mask[place % MASK_BYTES] for place, byte in enumerate(unread[at + MASK_BYTES : end]))
    del unread[:end]
    return first & 0xF, body

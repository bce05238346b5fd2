"""The keys of circles, and what is sealed under them.

A circle's words are AES-GCM under a key of its own. The key is one small file in a folder that no backup takes, in
RAM where the system has that. Destroying the file is what makes a circle erased, whatever else still lies on a disk.
Not Fernet: it stamps each message with the time.
"""

import os
import secrets
import stat
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sessions.circle.mixed import Mixing

KEY_BYTES = 32
NONCE_BYTES = 12
STEP_BYTES = 256
"""Sealed lengths go up in these steps, so that a row does not tell how much was said."""


class KeyGone(Exception):
    """The circle's key is destroyed or was lost with the power: its words can't be read any more, by anybody."""


class UnsafeFolder(Exception):
    """The key folder belongs to somebody else, or others may look into it."""


class Vault:
    """The folder of keys, and what this process alone holds: the keys it has read, and how waiting words are mixed."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, making it (0700) if need be. Raises UnsafeFolder."""
        self.folder = folder
        self._make_folder()
        self._ciphers: dict[str, AESGCM] = {}
        self._mixing: dict[str, Mixing] = {}
        self._turn = threading.Lock()

    def make(self, circle_id: str) -> None:
        """Make the circle's key. When this returns the key is on its file, before the first word is sealed."""
        self._make_folder()
        key = secrets.token_bytes(KEY_BYTES)
        handle = os.open(self._file(circle_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        os.utime(self._file(circle_id), (0, 0))  # when a circle opened is nobody's business
        self._sync_folder()
        self._ciphers[circle_id] = AESGCM(key)

    def door_key(self) -> bytes:
        """The key under which codes and tickets are hashed and signed, made at first use.

        It lies with the keys of circles and not with the data: a copy of the database must not open a door.
        """
        file = self.folder / "door"
        if not file.exists():
            half = self.folder / f"door.{secrets.token_hex(8)}"  # a full disk leaves no empty key behind
            try:
                handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "wb") as made:
                    made.write(secrets.token_bytes(KEY_BYTES))
                with suppress(FileExistsError):  # another process was first
                    os.link(half, file)
            finally:
                half.unlink(missing_ok=True)
        return file.read_bytes()

    def can_be_written(self) -> bool:
        """Whether a key could be made now. A file without a name is written, and is gone at once."""
        try:
            self._make_folder()
            with tempfile.TemporaryFile(dir=self.folder) as file:
                file.write(bytes(KEY_BYTES))
                file.flush()
        except (OSError, UnsafeFolder):
            return False
        return True

    def has(self, circle_id: str) -> bool:
        """Whether the circle's key still exists on its file."""
        return self._file(circle_id).exists()

    def seal(self, circle_id: str, kind: str, item: str, words: str) -> bytes:
        """`words` sealed for this circle, kind and item alone; moved to another row, they will not open.

        Raises KeyGone when the key is on no file any more: what is sealed now would not survive a crash.
        """
        if not self.has(circle_id):
            raise KeyGone(circle_id)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher(circle_id).encrypt(nonce, _padded(words.encode()), _label(circle_id, kind, item))

    def unseal(self, circle_id: str, kind: str, item: str, sealed: bytes) -> str:
        """The words behind `sealed`. Raises KeyGone when the key they were sealed with is not there."""
        try:
            padded = self._cipher(circle_id).decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _label(circle_id, kind, item)
            )
        except InvalidTag:
            raise KeyGone(circle_id) from None
        return padded[: padded.rindex(b"\x80")].decode()

    def mixing(self, circle_id: str) -> Mixing:
        """What is remembered of the circle's waiting shares, for as long as there is its key and this process."""
        return self._mixing.setdefault(circle_id, Mixing())

    def destroy(self, circle_id: str) -> None:
        """Destroy the circle's key, here and on its file: what was sealed under it is gone. Once more does no harm."""
        file = self._file(circle_id)
        with self._turn:
            self._ciphers.pop(circle_id, None)
            self._mixing.pop(circle_id, None)
            with suppress(FileNotFoundError):  # another process may be destroying it too
                # A file system may keep an unlinked block; the bytes in it should not be the key.
                with file.open("r+b") as bytes_of_key:
                    bytes_of_key.write(secrets.token_bytes(KEY_BYTES))
                    bytes_of_key.flush()
                    os.fsync(bytes_of_key.fileno())
                file.unlink()
            self._sync_folder()

    def forget_destroyed(self) -> None:
        """Drop from memory the keys whose file another process destroyed."""
        with self._turn:
            for circle_id in [one for one in self._ciphers if not self.has(one)]:
                self._ciphers.pop(circle_id)
                self._mixing.pop(circle_id, None)

    def circles(self, for_seconds: float = 0) -> list[str]:
        """The circles whose key is in the folder, and has been for so many seconds."""
        # When a key was made is not kept as its time, but the file system knows.
        latest = time.time() - for_seconds
        return [file.stem for file in self.folder.glob("*.key") if not for_seconds or file.stat().st_ctime < latest]

    def _cipher(self, circle_id: str) -> AESGCM:
        with self._turn:  # nobody reads a key back into memory while somebody destroys it
            if circle_id not in self._ciphers:
                try:
                    self._ciphers[circle_id] = AESGCM(self._file(circle_id).read_bytes())
                except (FileNotFoundError, ValueError):
                    raise KeyGone(circle_id) from None
            return self._ciphers[circle_id]

    def _file(self, circle_id: str) -> Path:
        return self.folder / f"{circle_id}.key"

    def _make_folder(self) -> None:
        """Make the folder of keys, again if something cleared it away (some systems do, when a person logs out)."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = self.folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
            raise UnsafeFolder(str(self.folder))

    def _sync_folder(self) -> None:
        if not self.folder.exists():
            return
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _padded(words: bytes) -> bytes:
    return words + b"\x80" + bytes(-(len(words) + 1) % STEP_BYTES)


def _label(circle_id: str, kind: str, item: str) -> bytes:
    return f"{circle_id}|{kind}|{item}".encode()

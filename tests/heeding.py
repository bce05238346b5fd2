"""Root may write any file, whatever its mode says. Here it heeds modes, as whoever runs a server does."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

VERSION, OVERRIDE_MODES, READ_ALL = 0x20080522, 1 << 1, 1 << 2
"""Linux' own numbers, for the rights of one thread."""


@contextmanager
def heeding_modes() -> Iterator[None]:
    """Give up what lets root pass over the modes of files, and take it up again."""
    if os.geteuid() != 0 or sys.platform != "linux":
        yield
        return
    libc, who, rights = ctypes.CDLL(None), (ctypes.c_uint32 * 2)(VERSION, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(who, rights) == 0
    before = rights[0]
    rights[0] &= ~(OVERRIDE_MODES | READ_ALL)
    assert libc.capset(who, rights) == 0
    try:
        yield
    finally:
        rights[0] = before
        assert libc.capset(who, rights) == 0

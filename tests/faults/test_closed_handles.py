"""A server that was started without one of its standard handles, as by `python app.py <&-`."""

import os
import sys
from pathlib import Path

import pytest

from tests.server import Server


class Handleless(Server):
    """The server as it ships, with nothing to read from."""

    runner = "sh"
    program = ("-c", f"exec {sys.executable} app.py <&-")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_that_number_is_ours_from_the_beginning_and_never_sqlites_to_close() -> None:
    # SQLite fills it too, once it has closed what it had opened there, and by then its locks are gone.
    with Handleless() as server:
        assert server.process
        process = Path(f"/proc/{server.process.pid}")
        assert os.readlink(process / "fd/0") == os.devnull
        (flags,) = (line.split()[1] for line in (process / "fdinfo/0").read_text().splitlines() if "flags" in line)
        assert int(flags, 8) & os.O_ACCMODE == os.O_RDWR  # as `app.py` opens it; SQLite would only read

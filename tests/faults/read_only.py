"""Run as a program by somebody who must heed what a file's mode says: write while the database may only be read.

It prints what came of it, as JSON.
"""

import ctypes
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from sessions.database import LONGEST_WAIT_SECONDS, Database, NotNow

HEEDS = "OC_HEEDS_MODES"
DROP_FROM_BOUNDING_SET, OVERRIDE_MODES = 24, 1
"""Linux' own numbers. Root heeds no mode of a file as long as it has this capability."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="oc-") as folder:
        file = Path(folder) / "circle.db"
        before = Database(f"sqlite:///{file}")
        before.write(lambda db: db.execute(text("CREATE TABLE notes (words TEXT)")) and None)
        file.chmod(0o444)
        told: dict[str, Any] = {"heeds": not os.access(file, os.W_OK)}
        with before.read():  # somebody else has it open, as in a server that runs
            database = Database(f"sqlite:///{file}", lambda slow: slow())
            began = time.monotonic()
            told["while"] = [tries(database) for _ in range(3)]
            told["at once"] = time.monotonic() - began < LONGEST_WAIT_SECONDS
            told["read"] = read(database)
            file.chmod(0o644)
            told["after"] = [tries(database) for _ in range(3)]
            told["kept"] = read(database)
            database.close()
        before.close()
    print(json.dumps(told))


def tries(database: Database) -> str:
    try:
        database.write(add)
    except NotNow:
        return "not now"
    return "kept"


def add(db: Session) -> None:
    db.execute(text("INSERT INTO notes VALUES ('a note')"))


def read(database: Database) -> int:
    with database.read() as db:
        return int(db.scalar(text("SELECT count(*) FROM notes")) or 0)


if __name__ == "__main__":
    if HEEDS not in os.environ and sys.platform == "linux" and os.geteuid() == 0:
        ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, OVERRIDE_MODES, 0, 0, 0)
        os.environ[HEEDS] = "yes"
        os.execv(sys.executable, [sys.executable, "-m", "tests.faults.read_only"])
    main()

"""From close to nothing left. Every step may be interrupted and is taken up again at start-up.

Mark; destroy the key; delete the rows. Destroying the key is what makes it erased: the bytes that a database or a
disk may still hold for a while open with nothing any more. Cutting the write-ahead log is tried each minute and
never holds "done" up.
"""

from sqlalchemy import delete
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from sessions import one_use
from sessions.circle import circles
from sessions.circle.circles import CoLeader
from sessions.circle.heard import Heard
from sessions.circle.members import Seat
from sessions.circle.raised import Hand
from sessions.circle.receipts import Receipt
from sessions.circle.rules import RuleRow
from sessions.circle.suggestions import Suggestion
from sessions.circle.themes import Theme
from sessions.circle.vault import Vault
from sessions.circle.voices import Voice
from sessions.circle.written import Share
from sessions.database import Database

OF_A_CIRCLE = (Share, Receipt, Heard, Hand, Theme, Voice, Suggestion, RuleRow, CoLeader, Seat)
"""Every table whose rows belong to one circle and go with it."""
OPENING_SECONDS = 60
"""At most as long as doors take to open: from the key to the row."""


def erase(database: Database, vault: Vault, circle_id: str, open_too: bool = False) -> bool:
    """Erase everything of a circle, for good. False if it was gone already, or is open and not meant to go so."""
    try:
        if not database.write(circles.begin_erasing, circle_id, open_too):
            return False
    except DatabaseError:
        # Destroying the key needs no room on a disk. The rows, which nobody can read then, go when there is some.
        with database.read() as db:
            circle = db.get(circles.Circle, circle_id)
        if circle and (open_too or circle.state != circles.OPEN):
            vault.destroy(circle_id)
        raise
    vault.destroy(circle_id)
    database.write(_delete_rows, circle_id)
    return True


def resume(database: Database, vault: Vault, alone: bool = True) -> None:
    """At start-up: finish what was begun, and erase what can't be read any more because its key went with the power.

    A key without a circle, left by a stop while doors were opening, is destroyed too; unless this process is not
    `alone` and the key is new: another process may be opening its doors.
    """
    with database.read() as db:
        begun, all_of_them = circles.unfinished(db), circles.all_ids(db)
    for circle_id in {*begun, *(one for one in all_of_them if not vault.has(one))}:
        erase(database, vault, circle_id, open_too=True)
    for circle_id in set(vault.circles(0 if alone else OPENING_SECONDS)) - set(all_of_them):
        vault.destroy(circle_id)
    database.write(circles.after_a_stop)
    database.tidy()


def _delete_rows(db: Session, circle_id: str) -> None:
    for table in OF_A_CIRCLE:
        db.execute(delete(table).where(table.circle_id == circle_id))
    one_use.take_back(db, circle_id)
    circles.forget(db, circle_id)

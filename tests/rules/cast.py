"""Who appears in these tests, and short ways to say what they do.

Ana leads a circle; Ben and Cleo are members of it. Fay leads another one, and Dov is a member there: he stands in
every "nobody else" test. Esi is housing staff. A stranger has nothing.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sessions.circle import doors, members, mine, shares, snapshot, wall
from sessions.circle.changes import NOTE, Change, Op, Said
from sessions.circle.circles import HANDFULS, Circle
from sessions.circle.members import Member
from sessions.circle.mine import Mine, Own
from sessions.circle.snapshot import Snapshot
from sessions.circle.vault import Vault
from sessions.database import Database
from sessions.permissions import FACILITATOR, MEMBER

DOOR_KEY = b"the door's own key"
STRANGERS_TOKEN = "a-token-no-circle-ever-gave-out"


def new_key() -> str:
    """What a form carries so that it may be sent again."""
    return str(uuid.uuid4())


@dataclass(frozen=True)
class House:
    """One database and one vault, with the verbs that most tests are about."""

    database: Database
    vault: Vault

    def do(self, rule: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Let a rule write."""
        return self.database.write(rule, *args, **kwargs)

    def ask(self, rule: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Let a rule read."""
        with self.database.read() as db:
            return rule(db, *args, **kwargs)

    def opens(
        self, account_id: str, title: str = "Tuesday", plan: str = "60", appear: str = HANDFULS, pin: str = ""
    ) -> Circle:
        circle: Circle = self.do(doors.open_now, self.vault, DOOR_KEY, account_id, title, plan, appear, pin)
        return circle

    def joins(self, circle: Circle, earlier_token: str = "") -> Member:
        member: Member = self.do(members.join, circle.id, earlier_token)
        return member

    def says(self, member: Member, text: str, *tags: str, kind: str = NOTE, key: str | None = None) -> Change | None:
        change: Change | None = self.do(shares.write, self.vault, member, kind, text, tags, key or new_key())
        return change

    def everybody_says(self, *said: tuple[Member, str]) -> list[str]:
        """Each member says a text; then what waits is shown. Returns the ids, in the order they were said."""
        before = {one.id for one in self.wall(said[0][0].circle_id)}
        for member, text in said:
            self.says(member, text)
        if self.waiting(said[0][0].circle_id):
            assert self.do(wall.show_waiting, self.vault, said[0][0].circle_id)
        ids = {one.text: one.id for one in self.wall(said[0][0].circle_id) if one.id not in before}
        return [ids[text] for _, text in said]

    def wall(self, circle_id: str, aside_too: bool = False) -> list[Said]:
        said: list[Said] = self.ask(wall.standing, self.vault, circle_id, aside_too)
        return said

    def own(self, member: Member) -> list[Own]:
        """What this member wrote, as their phone sees it."""
        return self.all_of(member).own

    def all_of(self, member: Member) -> Mine:
        """All that is this member's own."""
        own: Mine = self.ask(mine.of, self.vault, member, True)
        return own

    def own_texts(self, member: Member) -> set[str]:
        return {one.said.text for one in self.own(member)}

    def only_id(self, member: Member) -> str:
        """The id of the one thing this member has written."""
        (one,) = self.own(member)
        return one.said.id

    def waiting(self, circle_id: str) -> int:
        count: int = self.ask(shares.how_many_wait, circle_id)
        return count

    def seen(self, circle_id: str, role: str) -> Snapshot | None:
        seen: Snapshot | None = self.ask(snapshot.take, self.vault, circle_id, role)
        return seen

    def circle(self, circle_id: str) -> Circle:
        """The circle's row as it is now."""
        circle = self.ask(lambda db: db.get(Circle, circle_id))
        assert circle is not None
        return circle

    def version(self, circle_id: str) -> int:
        return self.circle(circle_id).version

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table at one moment, for "nothing changed"."""
        tables = Circle.metadata.sorted_tables
        with self.database.read() as db:
            return {table.name: sorted(map(tuple, db.execute(table.select())), key=repr) for table in tables}


def texts(said: Sequence[Said]) -> list[str]:
    return [one.text for one in said]


def for_members(change: Change | None) -> list[tuple[str, str]]:
    """What a change does on members' screens: `("append", "the text")`, `("replace", "state")`."""
    return _told(change, MEMBER)


def for_facilitators(change: Change | None) -> list[tuple[str, str]]:
    """What a change does on the console."""
    return _told(change, FACILITATOR)


def _told(change: Change | None, role: str) -> list[tuple[str, str]]:
    assert change is not None
    return [(op.do, _named(op)) for op in change.ops if role in op.roles]


def _named(op: Op) -> str:
    return op.what if isinstance(op.what, str) else op.what.text or op.what.id

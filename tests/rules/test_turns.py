"""Commit by turn: who writes in one moment shares a transaction, and is told once it is kept (`sessions.turns`)."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sessions import turns
from sessions.accounts import Account
from sessions.circle import circles, members
from sessions.circle.changes import ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.members import JoinRefused
from sessions.circle.vault import Vault
from sessions.database import Database, NotNow
from tests.rules.cast import House, new_key

SOON = 30.0


class Disk:
    """What a COMMIT waits for: it can be held, and it can break."""

    def __init__(self) -> None:
        self.commits = 0
        self.broken: BaseException | None = None
        self.reached, self.goes_on = threading.Event(), threading.Event()
        self.goes_on.set()

    def __call__(self, slow: Callable[[], Any]) -> Any:
        self.commits += 1
        self.reached.set()
        assert self.goes_on.wait(SOON)
        if self.broken:
            raise self.broken
        return slow()

    def hold(self) -> None:
        self.reached.clear()
        self.goes_on.clear()


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def by_turns(database: Database, disk: Disk) -> Iterator[Database]:
    """The database of the test once more, as the server has it: its writers take turns."""
    with closing(Database(database.url, disk)) as by_turns:
        yield by_turns


@pytest.fixture
def served(by_turns: Database, vault: Vault) -> House:
    """The house, on that."""
    return House(by_turns, vault)


pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def behind_one(served: House, disk: Disk, *rules: Callable[[Session], Any]) -> "list[Future[Any]]":
    """These rules, handed in while the COMMIT of somebody else holds them up: they are one turn."""
    disk.hold()
    first = served.database.hand_in(lambda _db: None)
    assert disk.reached.wait(SOON)
    answers = [served.database.hand_in(rule) for rule in rules]
    disk.commits = 0
    disk.goes_on.set()
    first.result(SOON)
    return answers


def come_in(circle: Circle) -> Callable[[Session], Any]:
    return lambda db: members.join(db, circle.id)


def breaks(db: Session) -> None:
    db.execute(update(Circle).values(version=99))
    raise RuntimeError("half-way")


def seats(house: House) -> int:
    return len(house.everything()["seats"])


def test_many_who_write_in_one_moment_share_one_commit(served: House, disk: Disk, circle: Circle) -> None:
    answers = behind_one(served, disk, *[come_in(circle)] * 12)
    assert len({answer.result(SOON).token for answer in answers}) == 12
    assert (disk.commits, seats(served)) == (1, 12)


def test_nobody_is_answered_before_the_commit_is_done(served: House, disk: Disk, circle: Circle) -> None:
    disk.hold()
    answer = served.database.hand_in(come_in(circle))
    assert disk.reached.wait(SOON)
    assert not answer.done() and seats(served) == 0, "nobody else sees it before either"
    disk.goes_on.set()
    assert answer.result(SOON)
    assert seats(served) == 1


def test_who_comes_while_a_commit_is_under_way_is_of_the_next_turn(served: House, disk: Disk, circle: Circle) -> None:
    disk.hold()
    first = served.database.hand_in(come_in(circle))
    assert disk.reached.wait(SOON)
    second, third = (served.database.hand_in(come_in(circle)) for _ in range(2))
    disk.goes_on.set()
    assert all(answer.result(SOON) for answer in (first, second, third))
    assert (disk.commits, seats(served)) == (2, 3)


def test_rules_run_in_the_order_in_which_they_were_handed_in(served: House, disk: Disk, circle: Circle) -> None:
    def next_version(db: Session) -> int:
        held = circles.hold(db, circle.id)
        assert held
        return circles.changed(held).version

    answers = behind_one(served, disk, *[next_version] * 9)
    assert [answer.result(SOON) for answer in answers] == list(range(2, 11))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_that_raises_takes_back_its_own_and_nobody_elses(
    place: int, served: House, disk: Disk, circle: Circle
) -> None:
    rules = [come_in(circle), come_in(circle)]
    rules.insert(place, breaks)
    answers = behind_one(served, disk, *rules)
    with pytest.raises(RuntimeError, match="half-way"):
        answers[place].result(SOON)
    assert [answer.exception(SOON) is None for answer in answers].count(True) == 2
    assert (disk.commits, seats(served), served.version(circle.id)) == (1, 2, 1)


@pytest.mark.parametrize("wrong", [breaks, lambda db: db.add(members.Seat(token_hash="of no circle"))])
def test_one_alone_that_is_refused_leaves_nothing(
    wrong: Callable[[Session], Any], served: House, circle: Circle
) -> None:
    before = served.everything()
    with pytest.raises((RuntimeError, IntegrityError)):
        served.do(wrong)
    assert served.everything() == before
    assert served.joins(circle)


def test_a_row_the_database_refuses_takes_back_its_own_too(served: House, disk: Disk, circle: Circle) -> None:
    twice = members.Seat(token_hash="the same", circle_id=circle.id), members.Seat(token_hash="the same")
    answers = behind_one(served, disk, lambda db: db.add(twice[0]), lambda db: db.add(twice[1]), come_in(circle))
    assert [answer.exception(SOON) is None for answer in answers] == [True, False, True]
    assert seats(served) == 2


def test_a_refusal_comes_out_as_it_does_alone(served: House, disk: Disk, circle: Circle, ben: members.Member) -> None:
    with pytest.raises(ShareRefused):
        served.says(ben, "")
    served.do(lambda db: setattr(db.get_one(Circle, circle.id), "phones", 2))
    *joined, too_many = behind_one(served, disk, *[come_in(circle)] * 2)
    assert joined[0].result(SOON)
    with pytest.raises(JoinRefused, match="full"):
        too_many.result(SOON)


def test_if_the_commit_fails_nobody_of_the_turn_is_kept_and_everybody_hears_it(
    served: House, disk: Disk, circle: Circle
) -> None:
    disk.broken = NotNow(None, None, Exception("the disk is full"))
    with pytest.raises(NotNow):
        served.do(lambda _db: None)
    disk.hold()
    first = served.database.hand_in(come_in(circle))
    assert disk.reached.wait(SOON)
    others = [served.database.hand_in(rule) for rule in (come_in(circle), breaks, come_in(circle))]
    disk.goes_on.set()
    assert {type(answer.exception(SOON)) for answer in (first, *others)} == {NotNow}
    assert seats(served) == 0
    disk.broken = None
    assert served.joins(circle)
    assert seats(served) == 1


def test_when_the_database_gives_up_a_transaction_nothing_of_it_is_kept_by_itself(
    served: House, disk: Disk, circle: Circle
) -> None:
    """As SQLite does when a disk is full in the middle of a rule: what came next would be committed on its own."""

    def given_up(db: Session) -> None:
        db.connection().connection.dbapi_connection.execute("ROLLBACK")  # type: ignore[union-attr]

    answers = behind_one(served, disk, come_in(circle), given_up, come_in(circle))
    assert all(answer.exception(SOON) for answer in answers[:2])
    assert answers[2].result(SOON), "who had not run yet is of the next turn"
    assert seats(served) == 1
    served.joins(circle)
    assert seats(served) == 2


def test_a_turn_is_no_longer_than_it_may_be(
    served: House, disk: Disk, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST_IN_A_TURN", 2)
    answers = behind_one(served, disk, *[come_in(circle)] * 5)
    assert all(answer.result(SOON) for answer in answers)
    assert (disk.commits, seats(served)) == (3, 5)


def test_between_the_rules_of_a_long_turn_others_go_on(
    served: House, disk: Disk, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaths: list[float] = []
    monkeypatch.setattr(turns, "BREATH_SECONDS", 0.0)
    monkeypatch.setattr("sessions.turns.time.sleep", breaths.append)
    answers = behind_one(served, disk, *[come_in(circle)] * 5)
    assert all(answer.result(SOON) for answer in answers)
    assert breaths == [turns.A_MOMENT_SECONDS] * 5 and disk.commits == 1


def test_a_rule_finds_the_context_it_was_handed_in_from(served: House, disk: Disk) -> None:
    whose: ContextVar[str] = ContextVar("whose")
    whose.set("Ben's")
    assert served.do(lambda _db: whose.get()) == "Ben's"


def test_a_reader_goes_on_while_a_commit_is_under_way(served: House, disk: Disk, circle: Circle) -> None:
    disk.hold()
    answer = served.database.hand_in(come_in(circle))
    assert disk.reached.wait(SOON)
    assert served.circle(circle.id).version == 1
    disk.goes_on.set()
    answer.result(SOON)


def test_the_log_is_cut_between_two_turns(served: House, disk: Disk, circle: Circle) -> None:
    log = Path(f"{served.database.engine.url.database}-wal")
    disk.hold()
    answer = served.database.hand_in(come_in(circle))
    assert disk.reached.wait(SOON)
    cut: Future[bool] = Future()
    threading.Thread(target=lambda: cut.set_result(served.database.tidy())).start()
    disk.goes_on.set()
    assert answer.result(SOON) and cut.result(SOON)
    assert log.stat().st_size == 0 and seats(served) == 1


def test_what_was_in_line_at_the_end_is_kept(database: Database, disk: Disk, circle: Circle, house: House) -> None:
    ending = Database(database.url, disk)
    disk.hold()
    first = ending.hand_in(come_in(circle))
    assert disk.reached.wait(SOON)
    second = ending.hand_in(come_in(circle))
    ending.close()
    disk.goes_on.set()
    assert first.result(SOON) and second.result(SOON)
    assert seats(house) == 2
    ending.engine.dispose()


def test_an_evening_by_turns_is_an_evening(
    served: House, circle: Circle, ben: members.Member, dov: members.Member
) -> None:
    key = new_key()
    assert [served.says(ben, "once", key=key) is None for _ in range(2)] == [False, True]
    served.says(dov, "next door")
    commits: list[int] = []
    event.listen(served.database.engine, "commit", lambda _connection: commits.append(1))
    served.do(circles.close, circle.id)
    with pytest.raises(ShareRefused):
        served.says(ben, "too late")
    assert len(commits) == 1, "a turn of one that was refused is taken back"
    assert served.do(lambda db: db.query(Account).count()) == 2

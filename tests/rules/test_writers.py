"""Many who write at once: nothing lost, nothing doubled, versions without a gap (`sessions.database.write`)."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from typing import Any

import pytest

from sessions.accounts import Person
from sessions.circle import circles, erase, members, rules
from sessions.circle.changes import ShareRefused
from sessions.circle.circles import AT_ONCE, CLOSED, Circle
from sessions.circle.members import JoinRefused, Member
from sessions.circle.vault import Vault
from sessions.circle.written import Share
from sessions.database import Database
from tests.rules.cast import House, new_key, texts

WRITERS, EACH = 8, 6


@pytest.fixture(params=["alone", "by turns"])
def house(request: pytest.FixtureRequest, database: Database, vault: Vault) -> Iterator[House]:
    """Whether each writes alone, or by turns as under gevent, comes to the same."""
    if request.param == "alone":
        yield House(database, vault)
        return
    with closing(Database(database.url, lambda slow: slow())) as by_turns:
        yield House(by_turns, vault)


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """What each returned or raised, all having begun in the same moment."""
    start = threading.Barrier(len(doings))

    def one(doing: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return doing()
        except (JoinRefused, ShareRefused) as refused:
            return refused.reason

    with ThreadPoolExecutor(len(doings)) as threads:
        return list(threads.map(one, doings))


def evening_of(house: House, member: Member, said: Sequence[str]) -> Callable[[], list[int]]:
    """A member who says one thing after the other, and the versions that came of it."""
    return lambda: [change.version for text in said if (change := house.says(member, text))]


def test_versions_follow_each_other_and_nothing_is_lost(house: House, circle: Circle) -> None:
    phones = [house.joins(circle) for _ in range(WRITERS)]
    said = [[f"{phone}-{number}" for number in range(EACH)] for phone in range(WRITERS)]
    versions = at_once(*(evening_of(house, *one) for one in zip(phones, said, strict=True)))
    assert sorted(chain(*versions)) == list(range(2, 2 + WRITERS * EACH))
    assert all(one == sorted(one) for one in versions)
    # What is last of one phone alone waits on, and is kept all the same.
    assert len(house.wall(circle.id)) + house.waiting(circle.id) == WRITERS * EACH
    assert [house.own_texts(phone) for phone in phones] == [set(one) for one in said]


def test_places_on_the_wall_are_given_once(house: House, circle: Circle) -> None:
    phones = [house.joins(circle) for _ in range(6)]
    at_once(*(evening_of(house, phone, ["a", "b", "c"]) for phone in phones))
    places = house.ask(lambda db: sorted(share.place for share in db.query(Share) if share.place))
    assert places == list(range(1, 19 - house.waiting(circle.id)))


def test_the_same_form_from_five_at_once_is_one_row(house: House, circle: Circle, ben: Member) -> None:
    for number in range(10):
        key, text = new_key(), str(number)
        answers = at_once(*[lambda key=key, text=text: house.says(ben, text, key=key)] * 5)
        assert sum(answer is not None for answer in answers) == 1
    tables = house.everything()
    assert (len(tables["shares"]), len(tables["receipts"]), house.version(circle.id)) == (10, 10, 11)


def test_two_circles_do_not_mix(house: House, ana: Person, fay: Person) -> None:
    circle, other_circle = (house.opens(leader.id, appear=AT_ONCE) for leader in (ana, fay))
    ben, dov = house.joins(circle), house.joins(other_circle)
    here, elsewhere = (list(map(str, range(start, start + 12))) for start in (0, 100))
    versions = at_once(evening_of(house, ben, here), evening_of(house, dov, elsewhere))
    assert versions == [list(range(2, 14))] * 2
    assert sorted(texts(house.wall(circle.id)), key=int) == here
    assert sorted(texts(house.wall(other_circle.id)), key=int) == elsewhere


def test_the_last_seats_are_given_once(house: House, circle: Circle) -> None:
    house.do(lambda db: setattr(db.get_one(Circle, circle.id), "phones", 3))
    answers = at_once(*[lambda: house.do(members.join, circle.id)] * 8)
    assert sorted(answer if answer == "full" else "in" for answer in answers) == ["full"] * 5 + ["in"] * 3
    assert len(house.everything()["seats"]) == 3


def test_of_many_who_close_at_once_one_does(house: House, circle: Circle) -> None:
    answers = at_once(*[lambda: house.do(circles.close, circle.id)] * 6)
    assert sum(answer is not None for answer in answers) == 1
    assert (house.version(circle.id), house.circle(circle.id).state) == (2, CLOSED)


def test_a_close_during_a_send_keeps_it_whole_or_not_at_all(house: House, circle: Circle, ben: Member) -> None:
    for number in range(10):
        key, text = new_key(), str(number)
        answer, closed = at_once(
            lambda key=key, text=text: house.says(ben, text, key=key), lambda: house.do(circles.close, circle.id)
        )
        assert closed
        house.do(circles.reopen, circle.id)
        assert (answer == "closed") == (text not in house.own_texts(ben))


def test_a_group_that_edits_its_rules_at_once_loses_none(house: House, circle: Circle) -> None:
    adding = [lambda text=f"Rule {number}": house.do(rules.add, house.vault, circle.id, text) for number in range(6)]
    versions = [change.version for change in at_once(*adding)]
    assert sorted(versions) == [2, 3, 4, 5, 6, 7]
    own = [rule.words for rule in house.ask(rules.standing, house.vault, circle.id) if rule.words]
    assert sorted(own) == [f"Rule {number}" for number in range(6)]


def test_ticks_and_writers_do_not_hinder_each_other(
    house: House, circle: Circle, other_circle: Circle, ben: Member
) -> None:
    ticking = [lambda: [house.do(circles.tick) for _ in range(10)]] * 2
    *_, versions = at_once(*ticking, evening_of(house, ben, list("abcdefghij")))
    assert versions == list(range(2, 12))
    assert (house.circle(circle.id).ticks, house.circle(other_circle.id).ticks) == (20, 20)


def test_an_erase_from_many_at_once_leaves_nothing(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "one")
    answers = at_once(*[lambda: erase.erase(house.database, house.vault, circle.id, open_too=True)] * 4)
    assert True in answers
    assert circle.id not in repr(house.everything()) and not house.vault.circles()

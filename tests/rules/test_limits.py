"""What no phone can do to a circle, and what a disk or a cleared folder can't do to a promise."""

import shutil
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from sessions.circle import circles, doors, erase, members, mine, shares
from sessions.circle.changes import ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.members import JoinRefused, Member
from sessions.circle.vault import KeyGone, Vault
from tests.rules.cast import DOOR_KEY, House


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "MOST_OF_ONE_PHONE", 2)
    monkeypatch.setattr(shares, "MOST_IN_A_CIRCLE", 3)


@pytest.mark.usefixtures("small")
def test_one_phone_has_room_for_so_many_and_may_take_one_back(house: House, ben: Member, cleo: Member) -> None:
    house.says(ben, "one")
    house.says(ben, "two")
    with pytest.raises(ShareRefused) as refused:
        house.says(ben, "three")
    assert refused.value.reason == "many"
    house.do(mine.take_back, ben, house.ask(mine.ids, ben)[0])
    house.says(ben, "three")
    house.says(cleo, "hers")


@pytest.mark.usefixtures("small")
def test_a_circle_has_room_for_so_many(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    for phone, words in ((ben, "one"), (cleo, "two"), (cleo, "three")):
        house.says(phone, words)
    with pytest.raises(ShareRefused):
        house.says(house.joins(circle), "four")


def test_a_full_circle_gives_back_the_seats_of_who_is_not_here(house: House, circle: Circle, ben: Member) -> None:
    while True:
        try:
            house.joins(circle)
        except JoinRefused:
            break
    house.do(members.make_room, circle.id, {ben.seat})
    assert house.ask(members.find, ben.token) == ben
    assert house.joins(circle)


@pytest.mark.parametrize("gaps", ["{} {} {}", "{}-{}-{}", " {}{}{} ", "{}\u00a0{} {}"])
def test_a_code_is_found_however_it_is_typed(house: House, circle: Circle, gaps: str) -> None:
    code = doors.sign(house.vault, circle).code
    typed = gaps.format(code[:3], code[3:6], code[6:])
    for digits in ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"):
        local = "".join(digits[int(sign)] if sign.isdigit() else sign for sign in typed)
        found = house.ask(doors.find, DOOR_KEY, local)
        assert found is not None and found.id == circle.id


def test_the_key_of_the_doors_lies_with_the_keys_and_not_with_the_data(house: House) -> None:
    key = house.vault.door_key()
    assert key == Vault(house.vault.folder).door_key() and len(key) == 32
    assert house.vault.circles() == []


def test_a_cleared_key_folder_is_said_and_does_not_stop_an_erase(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "words")
    shutil.rmtree(house.vault.folder)
    with pytest.raises(KeyGone):
        house.says(ben, "would not survive")
    assert erase.erase(house.database, house.vault, circle.id, open_too=True)
    house.vault.make("0" * 20)
    assert house.vault.has("0" * 20)


def test_on_a_full_disk_the_key_is_destroyed_all_the_same(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "words")
    house.do(circles.close, circle.id)

    @event.listens_for(house.database.engine, "before_cursor_execute")
    def full(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("UPDATE", "DELETE", "INSERT")):
            raise OperationalError(statement, None, Exception("disk full"))

    with pytest.raises(OperationalError):
        erase.erase(house.database, house.vault, circle.id)
    event.remove(house.database.engine, "before_cursor_execute", full)
    assert not house.vault.has(circle.id)
    erase.resume(house.database, house.vault)
    assert house.ask(circles.all_ids) == []

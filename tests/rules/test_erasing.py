"""From close to nothing left, and what a stop in between leaves to be finished (`sessions.circle.erase`)."""

import pytest

from sessions.circle import circles, erase, members, themes
from sessions.circle.circles import ERASING, Circle
from sessions.circle.members import Member
from sessions.circle.vault import KeyGone, Vault
from sessions.circle.written import Share
from tests.rules.cast import House, new_key


class Killed(Exception):
    """The process ends here."""


@pytest.fixture
def full(house: House, circle: Circle, ben: Member, cleo: Member, dov: Member) -> Circle:
    """A circle with something in every table, and another one that must stay as it is."""
    house.everybody_says((ben, "one"), (cleo, "two"))
    house.says(ben, "three")
    house.says(dov, "elsewhere")
    house.do(themes.pin, house.vault, circle.id, "set", "sleep helps", new_key())
    house.do(circles.close, circle.id)
    return circle


def left_of(house: House, circle: Circle) -> list[str]:
    """The tables in which something of this circle is left, and its key."""
    tables = [name for name, rows in house.everything().items() if circle.id in repr(rows)]
    return [*tables, "key"] if house.vault.has(circle.id) else tables


def after_a_restart(house: House) -> House:
    """The same database and key folder, in a process that remembers nothing."""
    return House(house.database, Vault(house.vault.folder))


def test_every_row_goes_and_so_does_the_key(house: House, full: Circle) -> None:
    assert set(left_of(house, full)) == {"circles", "shares", "receipts", "rules", "seats", "themes", "voices", "key"}
    assert erase.erase(house.database, house.vault, full.id, open_too=True)
    assert left_of(house, full) == []


def test_another_circle_is_as_it_was(house: House, full: Circle, other_circle: Circle, dov: Member) -> None:
    before = house.seen(other_circle.id, "facilitator")
    erase.erase(house.database, house.vault, full.id, open_too=True)
    assert house.seen(other_circle.id, "facilitator") == before
    assert house.own_texts(dov) == {"elsewhere"}


def test_accounts_and_the_hosts_words_outlive_it(house: House, full: Circle) -> None:
    before = {name: house.everything()[name] for name in ("accounts", "host", "sign_ins")}
    erase.erase(house.database, house.vault, full.id, open_too=True)
    assert {name: house.everything()[name] for name in before} == before


def test_a_second_time_there_is_nothing_to_erase(house: House, full: Circle) -> None:
    erase.erase(house.database, house.vault, full.id, open_too=True)
    assert not erase.erase(house.database, house.vault, full.id, open_too=True)
    assert not erase.erase(house.database, house.vault, "no such circle")


def test_nobody_finds_their_words_again(house: House, full: Circle, ben: Member) -> None:
    erase.erase(house.database, house.vault, full.id, open_too=True)
    assert house.ask(members.find, ben.token) is None
    assert house.own(ben) == house.wall(full.id) == []


def test_with_the_key_gone_a_copy_of_the_rows_is_noise(house: House, full: Circle) -> None:
    rows = house.ask(lambda db: list(db.query(Share).filter_by(circle_id=full.id)))
    erase.erase(house.database, house.vault, full.id, open_too=True)
    assert rows
    for row in rows:
        with pytest.raises(KeyGone):
            house.vault.unseal(full.id, row.kind, row.id, row.sealed)


@pytest.mark.parametrize("step", ["mark", "destroy the key", "delete the rows", "forget the circle"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_step_it_is_finished_at_start_up(
    house: House, full: Circle, other_circle: Circle, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    owner, name = {
        "mark": (circles, "begin_erasing"),
        "destroy the key": (Vault, "destroy"),
        "delete the rows": (erase, "_delete_rows"),
        "forget the circle": (circles, "forget"),
    }[step]
    real = getattr(owner, name)

    def killed(*args: object) -> None:
        if when == "after":
            real(*args)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, killed)
        with pytest.raises(Killed):
            erase.erase(house.database, house.vault, full.id, open_too=True)
    assert left_of(house, full)
    again = after_a_restart(house)
    erase.resume(again.database, again.vault)
    if step == "mark":  # nothing was promised yet: it is closed, and the ticks bring it to its end
        assert "key" in left_of(again, full) and again.circle(full.id).state == circles.CLOSED
    else:
        assert left_of(again, full) == []
    assert again.wall(other_circle.id) == [] and again.waiting(other_circle.id) == 1


def test_stopped_between_its_steps_it_is_finished_at_start_up(house: House, full: Circle) -> None:
    house.do(circles.begin_erasing, full.id, open_too=True)
    assert house.circle(full.id).state == ERASING
    erase.resume(house.database, house.vault)
    assert left_of(house, full) == []


def test_a_key_half_destroyed_is_destroyed_at_start_up(house: House, full: Circle) -> None:
    house.do(circles.begin_erasing, full.id, open_too=True)
    (house.vault.folder / f"{full.id}.key").write_bytes(b"overwritten")
    erase.resume(house.database, house.vault)
    assert left_of(house, full) == []


@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_circle_whose_key_went_with_the_power_is_erased_at_start_up(
    house: House, circle: Circle, other_circle: Circle, ben: Member, state: str
) -> None:
    house.says(ben, "gone with the power")
    if state == "closed":
        house.do(circles.close, circle.id)
    (house.vault.folder / f"{circle.id}.key").unlink()
    again = after_a_restart(house)
    erase.resume(again.database, again.vault)
    assert left_of(again, circle) == []
    assert again.ask(circles.all_ids) == [other_circle.id]


def test_a_key_without_a_circle_is_destroyed_at_start_up(house: House, circle: Circle) -> None:
    house.vault.make("doors-never-opened")
    erase.resume(house.database, house.vault)
    assert house.vault.circles() == [circle.id]


def test_a_start_with_nothing_to_finish_leaves_everything(house: House, full: Circle, other_circle: Circle) -> None:
    before = house.everything()
    erase.resume(house.database, house.vault)
    assert house.everything() == before
    assert len(house.vault.circles()) == 2


def test_a_start_gives_an_open_circle_ten_minutes(house: House, circle: Circle) -> None:
    house.do(lambda db: setattr(db.get_one(Circle, circle.id), "ticks", circles.last_tick(circle)))
    erase.resume(house.database, house.vault)
    assert circles.last_tick(circle) - house.circle(circle.id).ticks == 60


def test_where_others_serve_too_a_new_key_may_be_that_of_doors_that_open(house: House, circle: Circle) -> None:
    house.vault.make("0" * 20)
    erase.resume(house.database, after_a_restart(house).vault, alone=False)
    assert house.vault.has("0" * 20)

"""Coming in, always as somebody new, and leaving (`sessions.circle.members`)."""

import pytest

from sessions.circle import circles, erase, members
from sessions.circle.circles import Circle
from sessions.circle.members import JoinRefused, Member
from tests.rules.cast import STRANGERS_TOKEN, House


def seats(house: House) -> int:
    return len(house.everything()["seats"])


def test_a_phone_that_joins_is_found_by_its_token(house: House, circle: Circle, ben: Member, dov: Member) -> None:
    assert house.ask(members.find, ben.token) == ben == Member(circle.id, ben.token)
    assert house.ask(members.find, dov.token).circle_id != circle.id


def test_the_database_keeps_no_token(house: House, ben: Member) -> None:
    assert ben.token not in repr(house.everything())
    assert house.everything()["seats"] == [(ben.seat, ben.circle_id)]


@pytest.mark.parametrize("token", ["", STRANGERS_TOKEN, "\0", "\ud800", "x" * 100_000])
def test_a_stranger_is_nobody(house: House, ben: Member, token: str) -> None:
    assert house.ask(members.find, token) is None
    house.do(members.leave, token)
    assert seats(house) == 1


def test_the_seat_in_the_database_opens_nothing(house: House, ben: Member) -> None:
    assert house.ask(members.find, ben.seat) is None


def test_joining_again_is_joining_as_somebody_new(house: House, circle: Circle, ben: Member) -> None:
    again = house.joins(circle, ben.token)
    assert again.token != ben.token and again.seat != ben.seat
    assert house.ask(members.find, ben.token) is None
    assert seats(house) == 1


def test_a_phone_that_goes_to_another_circle_gives_its_seat_back(
    house: House, other_circle: Circle, ben: Member
) -> None:
    house.joins(other_circle, ben.token)
    assert house.ask(members.find, ben.token) is None
    assert [circle_id for _, circle_id in house.everything()["seats"]] == [other_circle.id]


def test_a_made_up_earlier_token_takes_nobodys_seat(house: House, circle: Circle, ben: Member) -> None:
    house.joins(circle, STRANGERS_TOKEN)
    assert house.ask(members.find, ben.token) == ben


def test_a_full_circle_lets_nobody_in(house: House, circle: Circle, other_circle: Circle, ben: Member) -> None:
    house.do(lambda db: setattr(db.get_one(Circle, circle.id), "phones", 2))
    cleo = house.joins(circle)
    with pytest.raises(JoinRefused) as refused:
        house.joins(circle)
    assert refused.value.reason == "full"
    assert house.joins(other_circle)
    assert house.ask(members.find, cleo.token) == cleo


def test_a_seat_given_back_is_free_again(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    house.do(lambda db: setattr(db.get_one(Circle, circle.id), "phones", 2))
    again = house.joins(circle, ben.token)  # in a full circle, on a seat of its own
    house.do(members.leave, cleo.token)
    assert house.joins(circle).circle_id == again.circle_id
    assert seats(house) == 2


def test_sixty_phones_come_in_and_no_more(house: House, circle: Circle) -> None:
    tokens = {house.joins(circle).token for _ in range(60)}
    assert len(tokens) == 60
    with pytest.raises(JoinRefused):
        house.joins(circle)


def test_a_phone_that_is_refused_keeps_the_seat_it_had(house: House, circle: Circle, dov: Member) -> None:
    house.do(circles.close, circle.id)
    with pytest.raises(JoinRefused) as refused:
        house.joins(circle, dov.token)
    assert refused.value.reason == "gone"
    assert house.ask(members.find, dov.token) == dov


@pytest.mark.parametrize("state", ["closed", "being erased", "gone"])
def test_nobody_joins_a_circle_that_is_over(house: House, circle: Circle, state: str) -> None:
    if state == "gone":
        erase.erase(house.database, house.vault, circle.id, open_too=True)
    else:
        house.do(circles.close, circle.id)
    if state == "being erased":
        house.do(circles.begin_erasing, circle.id)
    with pytest.raises(JoinRefused) as refused:
        house.joins(circle)
    assert refused.value.reason == "gone"


def test_a_member_of_a_closed_circle_is_known_until_the_erase_begins(house: House, circle: Circle, ben: Member) -> None:
    house.do(circles.close, circle.id)
    assert house.ask(members.find, ben.token) == ben
    house.do(circles.begin_erasing, circle.id, open_too=True)
    assert house.ask(members.find, ben.token) is None


def test_leaving_ends_the_token_and_nobody_elses(house: House, ben: Member, cleo: Member, dov: Member) -> None:
    house.do(members.leave, ben.token)
    assert house.ask(members.find, ben.token) is None
    assert house.ask(members.find, cleo.token) == cleo
    assert house.ask(members.find, dov.token) == dov


def test_what_was_written_stays_when_its_writer_leaves(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    house.everybody_says((ben, "from Ben"), (cleo, "from Cleo"))
    house.do(members.leave, ben.token)
    assert {one.text for one in house.wall(circle.id)} == {"from Ben", "from Cleo"}


def test_who_comes_back_has_written_nothing(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "before")
    assert house.own(house.joins(circle, ben.token)) == []


def test_a_proof_shows_neither_the_token_nor_another_proof(ben: Member, cleo: Member) -> None:
    shown = [ben.proof("a"), ben.proof("b"), ben.receipt("a"), ben.seat, cleo.proof("a"), cleo.receipt("a"), cleo.seat]
    assert len(set(shown)) == len(shown)
    assert all(len(word) == 64 and ben.token not in word for word in shown)

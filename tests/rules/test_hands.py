"""Raising a hand, and what becomes of it (`sessions.circle.hands`)."""

import pytest

from sessions.circle import circles, erase, hands, names
from sessions.circle.changes import Change, ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.hands import LONGEST_LINE, Raised
from sessions.circle.members import Member
from sessions.circle.names import LONGEST_NAME
from sessions.circle.raised import Hand
from sessions.library import LANGUAGES, circle_names
from sessions.permissions import FACILITATOR, MEMBER
from tests.rules.attacker import rows
from tests.rules.cast import House, for_facilitators, for_members, new_key


def raises(house: House, member: Member, line: str = "", key: str | None = None, language: str = "en") -> Change | None:
    change: Change | None = house.do(hands.raise_hand, house.vault, member, language, line, key or new_key())
    return change


def row(house: House, circle_id: str) -> list[Raised]:
    raised: list[Raised] = house.ask(hands.standing, house.vault, circle_id)
    return raised


def own(house: House, member: Member) -> Raised | None:
    raised: Raised | None = house.ask(hands.mine, house.vault, member)
    return raised


def test_hands_stand_in_the_order_they_were_raised(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    raises(house, cleo)
    raises(house, ben, "my sister called")
    first, second = row(house, circle.id)
    assert (own(house, cleo), own(house, ben)) == (first, second)
    assert (first.line, second.line) == ("", "my sister called")
    assert {first.name, second.name} <= set(circle_names("en")) and first.name != second.name


def test_members_are_told_the_version_and_nothing_else(house: House, circle: Circle, ben: Member) -> None:
    key = new_key()
    changes = [raises(house, ben, "a line", key), house.do(hands.rename, house.vault, ben, "Moss")]
    changes += [house.do(hands.invite, circle.id, row(house, circle.id)[0].id), house.do(hands.lower, ben)]
    assert [for_members(change) for change in changes] == [[]] * 4
    assert [for_facilitators(change) for change in changes] == [[("replace", "hands")]] * 4
    seen = house.seen(circle.id, MEMBER)
    assert seen and (seen.hands, seen.door) == ([], None)


def test_five_times_under_one_key_is_one_hand_and_a_late_one_brings_nothing_back(
    house: House, circle: Circle, ben: Member
) -> None:
    key = new_key()
    assert [bool(raises(house, ben, key=key)) for _ in range(5)] == [True, False, False, False, False]
    assert len(row(house, circle.id)) == 1
    house.do(hands.done, circle.id, row(house, circle.id)[0].id)
    assert raises(house, ben, key=key) is None
    assert (row(house, circle.id), own(house, ben)) == ([], None)


def test_a_phone_has_one_hand(house: House, circle: Circle, ben: Member) -> None:
    raises(house, ben, "first")
    before = row(house, circle.id)
    change = raises(house, ben)
    assert change and change.ops == () and row(house, circle.id) == before
    raises(house, ben, "other words")
    assert [(one.id, one.line) for one in row(house, circle.id)] == [(before[0].id, "other words")]


def test_the_name_can_be_changed_by_a_tap_or_typed(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    raises(house, ben, "stays")
    given = row(house, circle.id)[0].name
    house.do(hands.another_name, house.vault, ben, "en")
    another = row(house, circle.id)[0].name
    assert another != given and another in circle_names("en")
    house.do(hands.rename, house.vault, ben, "  Tía\u202e   Rosa\n")
    assert row(house, circle.id)[0].name == "Tía Rosa"
    raises(house, cleo)
    # To refuse a name that somebody typed would tell that their hand is up.
    house.do(hands.rename, house.vault, cleo, "Tía Rosa")
    assert [one.name for one in row(house, circle.id)] == ["Tía Rosa"] * 2
    assert row(house, circle.id)[0].line == "stays"


def test_the_line_can_be_changed_and_taken_out(house: House, circle: Circle, ben: Member) -> None:
    raises(house, ben, "first")
    house.do(hands.say_for_me, house.vault, ben, "second")
    assert row(house, circle.id)[0].line == "second"
    assert house.do(hands.say_for_me, house.vault, ben, "second").ops == ()
    house.do(hands.say_for_me, house.vault, ben, " \u200b")
    assert row(house, circle.id)[0].line == ""


def test_too_long_or_nothing_is_refused_and_changes_nothing(house: House, circle: Circle, ben: Member) -> None:
    raises(house, ben, "x" * LONGEST_LINE)
    house.do(hands.rename, house.vault, ben, "x" * LONGEST_NAME)
    before = house.everything()
    for rule, typed, told in (
        (hands.say_for_me, "x" * (LONGEST_LINE + 2), ("long", 2)),
        (hands.rename, "x" * (LONGEST_NAME + 1), ("long", 1)),
        (hands.rename, " \u202e ", ("unnamed", 0)),
    ):
        with pytest.raises(ShareRefused) as refused:
            house.do(rule, house.vault, ben, typed)
        assert (refused.value.reason, refused.value.over) == told
    for args, told in (((ben, "en", "x" * 999, new_key()), "long"), ((ben, "en", "", "no key"), "key")):
        with pytest.raises(ShareRefused) as refused:
            house.do(hands.raise_hand, house.vault, *args)
        assert refused.value.reason == told
    assert house.everything() == before


def test_lowered_nothing_is_left_of_it(house: House, circle: Circle, ben: Member) -> None:
    raises(house, ben, "never mind")
    house.do(hands.lower, ben)
    assert (rows(house.database, "hands", circle.id), own(house, ben)) == ([], None)
    assert house.do(hands.lower, ben) is None


def test_nobody_else_lowers_or_changes_it(
    house: House, circle: Circle, ben: Member, cleo: Member, dov: Member, other_circle: Circle
) -> None:
    raises(house, ben)
    hand = row(house, circle.id)
    for somebody in (cleo, dov):
        assert own(house, somebody) is None
        assert house.do(hands.lower, somebody) is None
        assert house.do(hands.rename, house.vault, somebody, "Taken") is None
        assert house.do(hands.say_for_me, house.vault, somebody, "words") is None
        assert house.do(hands.another_name, house.vault, somebody, "en") is None
    for rule in (hands.invite, hands.done):
        assert house.do(rule, other_circle.id, hand[0].id) is None
    assert row(house, circle.id) == hand


def test_the_turn_is_one_hands(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    raises(house, ben)
    raises(house, cleo)
    first, second = (one.id for one in row(house, circle.id))
    house.do(hands.invite, circle.id, first)
    assert house.do(hands.invite, circle.id, first).ops == ()
    house.do(hands.invite, circle.id, second)
    assert [one.invited for one in row(house, circle.id)] == [False, True]
    house.do(hands.done, circle.id, second)
    assert [one.id for one in row(house, circle.id)] == [first]


def test_a_hand_for_somebody_without_a_phone(house: House, circle: Circle, ben: Member) -> None:
    key = new_key()
    for _ in range(3):
        house.do(hands.raise_for, house.vault, circle.id, " Mr  Ortiz ", key)
    house.do(hands.raise_for, house.vault, circle.id, "", new_key())
    assert [one.name for one in row(house, circle.id)] == ["Mr Ortiz", ""]
    assert own(house, ben) is None
    with pytest.raises(ShareRefused, match="long"):
        house.do(hands.raise_for, house.vault, circle.id, "x" * 31, new_key())


def test_a_full_row_takes_no_more(house: House, circle: Circle, ben: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "MOST_IN_A_CIRCLE", 1)
    house.do(hands.raise_for, house.vault, circle.id, "", new_key())
    with pytest.raises(ShareRefused, match="many"):
        raises(house, ben)


def test_a_closed_circle_takes_none_and_shows_none(house: House, circle: Circle, ben: Member) -> None:
    raises(house, ben, "a line")
    hand_id = row(house, circle.id)[0].id
    house.do(circles.close, circle.id)
    seen = house.seen(circle.id, FACILITATOR)
    assert own(house, ben) is None and seen and (seen.hands, seen.door) == ([], None)
    for refused in (
        lambda: raises(house, ben),
        lambda: house.do(hands.lower, ben),
        lambda: house.do(hands.rename, house.vault, ben, "Moss"),
        lambda: house.do(hands.invite, circle.id, hand_id),
        lambda: house.do(hands.done, circle.id, hand_id),
        lambda: house.do(hands.raise_for, house.vault, circle.id, "", new_key()),
    ):
        with pytest.raises(ShareRefused, match="closed"):
            refused()
    house.do(circles.reopen, circle.id)
    assert own(house, ben)


def test_after_the_erase_nothing_is_left(house: House, circle: Circle, ben: Member) -> None:
    raises(house, ben, "a line")
    house.do(circles.close, circle.id)
    assert erase.erase(house.database, house.vault, circle.id)
    assert house.ask(lambda db: db.query(Hand).count()) == 0


def test_a_covered_console_is_sent_no_hand(house: House, circle: Circle, ben: Member) -> None:
    house.do(circles.set_blank, circle.id, True)
    assert for_facilitators(raises(house, ben, "a line")) == []
    seen = house.seen(circle.id, FACILITATOR)
    assert seen and (seen.hands, seen.door) == ([], None)


def test_no_name_is_given_twice_while_it_stands(house: House, circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    few = tuple(circle_names("en")[:4])
    monkeypatch.setattr(names, "circle_names", lambda _language: few)
    members = [house.joins(circle) for _ in range(5)]
    for member in members[:4]:
        raises(house, member)
    assert {one.name for one in row(house, circle.id)} == set(few)
    raises(house, members[4])  # more hands than names: better twice than none
    assert len(row(house, circle.id)) == 5


def test_names_are_short_two_words_and_many_in_every_language() -> None:
    for code in LANGUAGES:
        given = circle_names(code)
        assert len(set(given)) == len(given) >= 60 * 10
        assert max(map(len, given)) <= LONGEST_NAME

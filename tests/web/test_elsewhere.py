"""Who is here, by the word of several processes."""

from facilitator.audience import Audience
from facilitator.presence import Presence
from sessions.permissions import MEMBER

TUESDAY, NEXT_DOOR = "a" * 20, "b" * 20


def with_ben() -> Presence:
    presence = Presence()
    presence.arrive("a socket", Audience(TUESDAY, MEMBER, "en"), "ben")
    return presence


def test_phones_of_other_processes_count_and_have_their_seats() -> None:
    presence = with_ben()
    presence.elsewhere("west", TUESDAY, {"cleo"})
    assert presence.phones(TUESDAY) == 2
    assert presence.people(TUESDAY) == {"ben", "cleo"}
    assert presence.here(TUESDAY) == {"ben"}


def test_who_is_in_two_processes_counts_once() -> None:
    presence = with_ben()
    presence.elsewhere("west", TUESDAY, {"ben", "cleo"})
    presence.elsewhere("north", TUESDAY, {"cleo"})
    assert presence.phones(TUESDAY) == 2


def test_another_circle_is_another_circle() -> None:
    presence = with_ben()
    presence.elsewhere("west", NEXT_DOOR, {"dov"})
    assert (presence.phones(TUESDAY), presence.phones(NEXT_DOOR)) == (1, 1)


def test_what_a_process_says_anew_counts_in_place_of_what_it_said() -> None:
    presence = with_ben()
    presence.elsewhere("west", TUESDAY, {"cleo"})
    presence.elsewhere("west", TUESDAY, set())
    assert presence.phones(TUESDAY) == 1


def test_a_process_that_says_nothing_more_counts_no_more_after_half_a_minute() -> None:
    presence = with_ben()
    presence.elsewhere("west", TUESDAY, {"cleo"})
    for _ in range(2):
        presence.ten_seconds_later()
    assert presence.phones(TUESDAY) == 2
    presence.ten_seconds_later()
    assert presence.phones(TUESDAY) == 1

"""The host's own words (`sessions.host`)."""

import pytest

from sessions import host
from sessions.host import LEAVE_FAST, Host, HostRefused
from tests.rules.cast import House

WORDS = Host(
    run_by="Harbor House",
    landlord=False,
    limits="Come in from six.\nNo photos.",
    address="12 Pier Street",
    naloxone="On the wall by the lift",
    leave_to="https://example.org/weather?city=here#now",
)


def test_everything_works_before_anyone_has_answered(house: House) -> None:
    words = house.ask(host.words)
    assert words == Host()
    assert words.landlord and words.leave_fast == LEAVE_FAST


def test_what_was_answered_is_kept(house: House) -> None:
    house.do(host.write, WORDS)
    assert house.ask(host.words) == WORDS
    assert house.ask(host.words).leave_fast == WORDS.leave_to


def test_a_second_answer_replaces_the_first(house: House) -> None:
    house.do(host.write, WORDS)
    house.do(host.write, Host(run_by="Somebody else"))
    assert house.ask(host.words) == Host(run_by="Somebody else")
    assert len(house.everything()["host"]) == 1


def test_words_come_out_clean_and_fit_their_columns(house: House) -> None:
    house.do(
        host.write, Host(run_by=" \u202eHar\0bor\nHouse ", limits="é" * 2000, address="é" * 999, naloxone="é" * 999)
    )
    words = house.ask(host.words)
    assert words.run_by == "Harbor House"
    assert [len(words.limits), len(words.address), len(words.naloxone)] == [1000, 200, 200]


@pytest.mark.parametrize(
    "leave_to",
    [
        *("weather", "//evil", "/\\evil", "javascript:alert(1)", "data:text/html,x", "ftp://example.org", "https://"),
        *("https://me@example.org", "https://me:pw@example.org", "https://exa mple.org", "https://example.org/\0"),
        *(
            "https://example.org/;x",
            'https://example.org/"',
            "https://example.org/<b>",
            "https://[::1",
            "https://é.org",
        ),
        *("https://example.org/\r\nSet-Cookie:a", "https://example.org/" + "x" * 300),
    ],
)
def test_leave_fast_goes_to_a_plain_web_address(house: House, leave_to: str) -> None:
    house.do(host.write, WORDS)
    with pytest.raises(HostRefused) as refused:
        house.do(host.write, Host(leave_to=leave_to))
    assert refused.value.field == "leave_to"
    assert house.ask(host.words) == WORDS

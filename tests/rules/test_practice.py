"""A practice circle: marked for everybody, one at a time for each leader (`sessions.circle.practice`)."""

from pathlib import Path

import pytest

from sessions.accounts import Person
from sessions.circle import circles, erase, on_screen, practice
from sessions.circle.circles import HANDFULS, Circle, CircleRefused
from sessions.library import LANGUAGES, made_up, read_languages
from sessions.library import practice as words
from sessions.permissions import FACILITATOR, MEMBER
from tests.pseudo import add_language
from tests.rules.cast import DOOR_KEY, House


def practises(house: House, leader: Person, title: str = "Practice circle") -> tuple[Circle, bool]:
    circle, is_new = house.do(practice.open_one, house.vault, DOOR_KEY, leader.id, title)
    return circle, is_new


def marked(house: House, circle: Circle) -> set[bool]:
    """What its screens, its phones and its console are told."""
    seen = [house.seen(circle.id, role) for role in (MEMBER, FACILITATOR)]
    seen += [house.ask(on_screen.take, house.vault, circle.id, shows) for shows in on_screen.CHOICES]
    return {one.practice for one in seen if one}


def test_it_is_a_circle_like_any_other_and_marked_in_every_state(house: House, ana: Person) -> None:
    circle, is_new = practises(house, ana)
    assert (is_new, circle.appear, circle.minutes, circle.practice) == (True, HANDFULS, 60, True)
    assert marked(house, circle) == {True}
    house.do(circles.set_blank, circle.id, True)
    assert marked(house, circle) == {True}
    house.do(circles.close, circle.id)
    assert marked(house, circle) == {True}


def test_a_circle_of_people_is_not_marked(house: House, circle: Circle) -> None:
    assert (circle.practice, marked(house, circle)) == (False, {False})


def test_there_is_one_for_each_leader_at_a_time(house: House, ana: Person, fay: Person, circle: Circle) -> None:
    first, _ = practises(house, ana)
    again, is_new = practises(house, ana, "Another title")
    assert (again.id, is_new) == (first.id, False)
    hers, is_new = practises(house, fay)
    assert is_new and hers.id not in (first.id, circle.id)


def test_once_it_has_closed_there_may_be_another(house: House, ana: Person) -> None:
    first, _ = practises(house, ana)
    house.do(circles.close, first.id)
    second, is_new = practises(house, ana)
    assert is_new and second.id != first.id


def test_without_a_title_there_is_none(house: House, ana: Person) -> None:
    with pytest.raises(CircleRefused, match="title"):
        practises(house, ana, " ")
    assert house.everything()["circles"] == [] and house.vault.circles() == []


def test_it_is_erased_like_any_other(house: House, ana: Person) -> None:
    circle, _ = practises(house, ana)
    member = house.joins(circle)
    house.says(member, "one")
    house.do(circles.close, circle.id)
    assert erase.erase(house.database, house.vault, circle.id)
    left = house.everything()
    assert left["circles"] == left["seats"] == left["shares"] == left["rules"] == []


def test_every_made_up_member_speaks_and_leaves() -> None:
    for language in LANGUAGES:
        people = made_up(language)
        assert len(people) == 6
        assert all(acts[0].kind == "check-in" and acts[-1].kind == "leave" for acts in people)
        assert {act.kind for acts in people for act in acts} == set(words.KINDS)
    english, spanish = made_up("en"), made_up("es")
    assert [[(act.kind, act.tags) for act in acts] for acts in english] == [
        [(act.kind, act.tags) for act in acts] for acts in spanish
    ]


@pytest.mark.parametrize("acts", ["{kind: dance}, {kind: leave}", "{kind: note, words: x}", "{kind: leave, tags: [x]}"])
def test_a_language_in_which_they_do_what_they_can_not_is_off(tmp_path: Path, acts: str) -> None:
    home = add_language(tmp_path, "eo")
    assert read_languages(tmp_path) == [] and made_up("eo") == made_up("en")
    (home / "practice.yaml").write_text(f"- key: somebody\n  does: [{acts}]\n")
    try:
        assert len(read_languages(tmp_path)) == 1
        assert "eo" not in LANGUAGES
    finally:
        read_languages(tmp_path / "none")

"""Tags that a building adds to ours, and what becomes of them in its circles (`own_tags`, `vocabulary`)."""

from typing import Any

import pytest

from sessions.accounts import Person
from sessions.circle import circles, doors, erase, mine, on_screen, shares, themes, wall
from sessions.circle.changes import CHECK_IN, NOTE, Said, ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from sessions.circle.practice import open_one
from sessions.circle.vocabulary import own_tags_in
from sessions.library import Tag
from sessions.library import tags as shipped
from sessions.permissions import FACILITATOR, MEMBER
from sessions.schedule import own_tags
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.own_tags import MOST_TAGS, TagWords
from tests.rules.cast import DOOR_KEY, House, new_key
from tests.rules.planning import Calendar, calendar

COOKING = TagWords("setting", "cooking for others", "with or without food")


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def does(at: Calendar, rule: Any, *args: Any) -> Any:
    """Let Esi do something with the tags of a building."""
    return at.house.do(rule, at.actor, at.building_id, *args)


def adds(at: Calendar, words: TagWords = COOKING) -> str:
    """Esi adds a tag. Returns the id under which it is tapped."""
    made = does(at, own_tags.add, words)
    return f"{words.shape}:own-{made.id}"


def opens(house: House, who: Person, at: Calendar | None, appear: str = "at-once") -> Circle:
    building_id = at.building_id if at else None
    circle: Circle = house.do(
        doors.open_now, house.vault, DOOR_KEY, who.id, "Tuesday", "60", appear, building_id=building_id
    )
    return circle


def shown(at: Calendar) -> list[tuple[str, str, str]]:
    return [(row.shape, row.label, row.help) for row in at.house.ask(own_tags.of, at.building_id)]


def tapped(said: Said) -> dict[str, str]:
    """What was tapped that a building added, and its words."""
    return {tag.id: tag.label for tag in said.own}


def refused(house: House, member: Member, *tags: str) -> str:
    before = house.everything()
    with pytest.raises(ShareRefused) as told:
        house.do(shares.write, house.vault, member, CHECK_IN, "", tags, new_key())
    assert house.everything() == before
    return told.value.reason


def test_staff_add_change_and_take_off_a_tag(hazel: Calendar) -> None:
    made = does(hazel, own_tags.add, TagWords("set", "  الضحك  معًا "))
    assert shown(hazel) == [("set", "الضحك معًا", "")]
    assert does(hazel, own_tags.change, made.id, COOKING).id == made.id
    assert shown(hazel) == [("setting", "cooking for others", "with or without food")]
    assert does(hazel, own_tags.take_off, made.id) and shown(hazel) == []
    assert not does(hazel, own_tags.take_off, made.id)
    assert [row[2] for row in hazel.house.everything()["acts"]].count("tags-changed") == 3


@pytest.mark.parametrize(
    ("words", "field", "reason"),
    [
        (TagWords("where", "x"), "shape", "list"),
        (TagWords("", "x"), "shape", "list"),
        (TagWords("set", " \u200b "), "label", "empty"),
        (TagWords("set", "x" * 41), "label", "long"),
        (TagWords("set", "x", "x" * 81), "help", "long"),
        (TagWords("drug", "Cooking for OTHERS"), "label", "there"),
        (TagWords("set", "Sleep"), "label", "there"),
        (TagWords("set", "sueño"), "label", "there"),
        (TagWords("set", "Not about drugs today"), "label", "there"),
    ],
)
def test_a_tag_is_refused_beside_its_field(hazel: Calendar, words: TagWords, field: str, reason: str) -> None:
    adds(hazel)
    other = does(hazel, own_tags.add, TagWords("set", "laughing"))
    before = hazel.house.everything()
    for rule in ((own_tags.add,), (own_tags.change, other.id)):
        with pytest.raises(ScheduleRefused) as told:
            does(hazel, *rule, words)
        assert (told.value.field, told.value.reason) == (field, reason)
    assert hazel.house.everything() == before


def test_a_tag_may_keep_its_words_and_forty_letters_are_kept_whole(hazel: Calendar) -> None:
    made = does(hazel, own_tags.add, TagWords("set", "e\u0301" * 40, "é" * 80))
    does(hazel, own_tags.change, made.id, TagWords("drug", "é" * 40))
    assert shown(hazel) == [("drug", "é" * 40, "")]


def test_there_is_an_end_to_the_tags_of_a_building(hazel: Calendar) -> None:
    for number in range(MOST_TAGS):
        adds(hazel, TagWords("set", f"word {number}"))
    with pytest.raises(ScheduleRefused) as told:
        adds(hazel)
    assert (told.value.field, told.value.reason) == ("label", "many")
    assert len(shown(hazel)) == MOST_TAGS


def test_another_buildings_tag_is_not_there(house: House, esi: Person, hazel: Calendar) -> None:
    made, birch = does(hazel, own_tags.add, COOKING), calendar(house, esi.id)
    before = house.everything()
    assert does(birch, own_tags.change, made.id, COOKING) is None and not does(birch, own_tags.take_off, made.id)
    assert house.do(own_tags.add, esi.id, "0" * 20, COOKING) is None
    assert house.everything() == before and shown(birch) == []


def test_members_tap_it_and_it_stands_on_every_wall_in_its_words(house: House, ana: Person, hazel: Calendar) -> None:
    tag = adds(hazel)
    circle = opens(house, ana, hazel)
    ben = house.joins(circle)
    change = house.says(ben, "", tag, "set:sleep", kind=CHECK_IN)
    assert change and isinstance(change.ops[0].what, Said)
    assert change.ops[0].what.tags == ("set:sleep", tag), "in the order of the vocabulary, whatever was tapped first"
    assert tapped(change.ops[0].what) == {tag: "cooking for others"}
    house.says(ben, "tea", tag, kind=NOTE)
    for role in (MEMBER, FACILITATOR):
        seen = house.seen(circle.id, role)
        assert seen and [tapped(said) for said in (*seen.check_ins, *seen.notes)] == [{tag: "cooking for others"}] * 2
    screen = house.ask(on_screen.take, house.vault, circle.id, on_screen.WALL)
    assert [tapped(said) for said in screen.said] == [{tag: "cooking for others"}] * 2


def test_it_stays_when_the_words_of_a_share_change_and_when_it_is_set_aside(
    house: House, ana: Person, hazel: Calendar
) -> None:
    tag = adds(hazel)
    circle = opens(house, ana, hazel)
    ben = house.joins(circle)
    house.says(ben, "soup", tag)
    share = house.only_id(ben)
    told = [house.do(mine.change, house.vault, ben, share, "stew")]
    told += [house.do(rule, house.vault, circle.id, share) for rule in (wall.set_aside, wall.restore)]
    for change in told:
        assert [tapped(op.what) for op in change.ops if isinstance(op.what, Said)][-1] == {tag: "cooking for others"}
    assert tapped(house.own(ben)[0].said) == {tag: "cooking for others"}


def test_an_open_circle_keeps_its_own_whatever_staff_do_then(house: House, ana: Person, hazel: Calendar) -> None:
    made = does(hazel, own_tags.add, COOKING)
    tag, circle = f"setting:own-{made.id}", opens(house, ana, hazel)
    ben = house.joins(circle)
    house.says(ben, "before", tag)
    does(hazel, own_tags.change, made.id, TagWords("set", "something else"))
    later = adds(hazel, TagWords("drug", "late"))
    house.says(ben, "between", tag)
    does(hazel, own_tags.take_off, made.id)
    house.says(ben, "after", tag)
    assert [tapped(said) for said in house.wall(circle.id)] == [{tag: "cooking for others"}] * 3
    assert refused(house, ben, later) == "tags"
    assert house.ask(own_tags_in, house.vault, circle.id) == {
        tag: Tag(tag, "cooking for others", "with or without food")
    }


def test_a_tag_of_another_circle_is_refused(house: House, ana: Person, fay: Person, hazel: Calendar) -> None:
    tag, birch = adds(hazel), calendar(house, hazel.actor)
    theirs = adds(birch, TagWords("drug", "theirs"))
    ben, dov = house.joins(opens(house, ana, hazel)), house.joins(opens(house, fay, birch))
    gil = house.joins(opens(house, fay, None))
    for member, other in ((ben, theirs), (dov, tag), (gil, tag), (ben, "setting:own-"), (ben, tag.upper())):
        assert refused(house, member, "set:sleep", other) == "tags"
    house.says(dov, "", theirs)
    assert house.own(dov)[0].said.tags == (theirs,)


def test_it_is_a_theme_in_its_shape_and_large_from_three(house: House, ana: Person, hazel: Calendar) -> None:
    tag = adds(hazel)
    circle = opens(house, ana, hazel)
    house.do(themes.pin, house.vault, circle.id, "setting", "the walk here", new_key())
    for number in range(3):
        house.says(house.joins(circle), f"{number}", tag, *(["set:sleep"] if number else []))
    seen = house.seen(circle.id, FACILITATOR)
    screen = house.ask(on_screen.take, house.vault, circle.id, on_screen.THEMES)
    assert seen and [*screen.themes] == seen.themes
    assert [(one.group, one.words, one.large) for one in seen.themes] == [
        ("setting", "the walk here", True),
        ("set", "", False),
        ("setting", "cooking for others", True),
    ]


def test_its_words_are_sealed_and_gone_with_the_circle(house: House, ana: Person, hazel: Calendar) -> None:
    tag = adds(hazel)
    circle = opens(house, ana, hazel)
    ben = house.joins(circle)
    house.says(ben, "soup", tag)
    kept = house.everything()
    of_a_circle = {name: rows for name, rows in kept.items() if name not in ("own_tags", "acts")}
    for secret in ("cooking", "with or without", tag):
        assert secret not in str(of_a_circle)
    assert house.circle(circle.id).sealed_tags
    house.do(circles.close, circle.id)
    assert erase.erase(house.database, house.vault, circle.id)
    assert house.everything()["circles"] == [] and house.ask(own_tags_in, house.vault, circle.id) == {}


def test_where_no_building_is_known_and_in_a_practice_circle_there_are_ours_alone(
    house: House, ana: Person, fay: Person, hazel: Calendar
) -> None:
    tag = adds(hazel)
    elsewhere = opens(house, ana, None)
    practice, _ = house.do(open_one, house.vault, DOOR_KEY, fay.id, "Practice")
    for circle in (elsewhere, practice):
        assert circle.sealed_tags is None
        assert refused(house, house.joins(circle), tag) == "tags"


def test_a_vocabulary_takes_each_into_its_shape() -> None:
    own = [Tag("drug:own-1", "one"), Tag("setting:own-2", "two")]
    words = shipped("en").joined_by(own)
    assert [group.tags[-1].id for group in words.groups] == ["drug:own-1", "set:going-well", "setting:own-2"]
    assert words.stances == shipped("en").stances and len(words.by_id) == len(shipped("en").by_id) + 2
    assert [tag.id for tag in words.by_id.values() if tag.own] == ["drug:own-1", "setting:own-2"]
    assert shipped("en").joined_by([]) == shipped("en")

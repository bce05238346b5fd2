"""Themes: pinned by a leader, tapped by the room, on the console, on phones in the part about learning, and drawn."""

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from flask import Flask

from facilitator import board
from facilitator.board import HEIGHT, WIDTH, Band, Box, Word
from tests.web.cast import Browser, Desk, Doors, Ear, Phone, kept, key
from tests.web.pages import Page
from tests.web.test_screen import listener, screen

Listen = Callable[..., Ear]


@pytest.fixture
def gil(app: Flask, circle: Doors) -> Phone:
    """One more: with Ben and Cleo they are three."""
    return Phone(app).join(circle.code)


@pytest.fixture
def shared(circle: Doors, ben: Phone, cleo: Phone, gil: Phone) -> Doors:
    """Ana's circle when three have shared."""
    ben.share("Slept badly.", tags=["set:sleep", "where:not-sure"])
    cleo.share(tags=["drug:mixing", "not-about-drugs-today"])
    gil.note("The van comes at nine.")
    return circle


def pin(ana: Desk, circle: Doors, words: str, group: str = "setting", **more: str) -> Page:
    return ana.do(f"{circle.console}/themes", **{"group": group, "words": words, "key": key()} | more)


def learn(ana: Desk, circle: Doors) -> None:
    """The part about learning is on."""
    assert ana.do(f"{circle.console}/parts/start", part="5", script=True).status == 204


def themes(page: Page) -> list[tuple[str, str]]:
    """Each theme of a board, and its classes."""
    found = page.find("themes")
    assert found is not None
    return [
        ("".join(one.itertext()).strip(), one.attrib["class"])
        for one in found.iter("li")
        if "tag" in one.attrib.get("class", "").split()
    ]


def test_a_leader_pins_a_theme_and_takes_it_down(ana: Desk, shared: Doors) -> None:
    form = ana.get(shared.console).fields(f"{shared.console}/themes")
    assert form.keys() == {"csrf_token", "key", "words"} and form["words"] == [""]  # nothing of any share
    assert pin(ana, shared, "work helps").location == shared.console
    page = ana.get(shared.console)
    assert themes(page) == [
        ("mixing", "tag drug"),
        ("sleep", "tag set"),
        ("work helps", "tag setting large"),
    ]
    (down,) = (action for action in page.actions() if action.endswith("/take-down"))
    assert ana.do(down).status == 303
    assert "work helps" not in ana.get(shared.console).text
    assert ana.do(down).status == 404


def test_before_three_have_shared_it_says_that_it_comes(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    ben.share(tags=["set:sleep"])
    cleo.share(tags=["set:sleep"])
    pin(ana, circle, "work helps")
    learn(ana, circle)
    kind = "A board of what came up stands here when more people have shared."
    assert kind in ana.get(circle.console).words("themes") and kind in ben.here().words("now")
    assert kind in ana.get(screen(circle, show="themes")).words("state")
    assert "sleep" not in ben.here().words("themes") + ana.get(screen(circle, show="themes")).words("state")


def test_phones_have_it_in_the_part_about_learning_alone(ana: Desk, shared: Doors, ben: Phone) -> None:
    assert ben.here().find("themes") is None
    learn(ana, shared)
    assert themes(ben.here()) == [("mixing", "tag drug"), ("sleep", "tag set")]
    assert "/lead" not in ben.here().text


def test_it_carries_no_number_no_id_and_no_hint_of_a_share(ana: Desk, shared: Doors, ben: Phone) -> None:
    pin(ana, shared, "work helps")
    learn(ana, shared)
    found = ben.here().find("themes")
    assert found is not None
    for element in found.iter():
        drawn = {"viewbox", "aria-hidden", "focusable", "d", "cx", "cy", "r"}  # the three shapes, always the same
        assert set(element.attrib) <= {"id", "class", "dir"} | drawn
    assert not re.search(r"\d", "".join(found.itertext()))
    assert not [one for one in found.iter() if one is not found and "id" in one.attrib]


def test_each_reads_it_in_the_own_language(app: Flask, ana: Desk, shared: Doors) -> None:
    learn(ana, shared)
    dona = Phone(app, "es").join(shared.code)
    assert [words for words, _ in themes(dona.here())] == ["mezcla", "sueño"]


def test_the_same_words_tapped_and_pinned_stand_there_once(ana: Desk, shared: Doors) -> None:
    pin(ana, shared, "Sleep", "set")
    assert themes(ana.get(shared.console))[:2] == [("mixing", "tag drug"), ("Sleep", "tag set large")]


def test_what_is_refused_says_what_to_mend(app: Flask, ana: Desk, shared: Doors) -> None:
    before = kept(app)
    for words, group, sentence in (
        ("", "set", "Write something first."),
        ("x" * 42, "set", "Shorten it by 2 characters."),
        ("work helps", "want", "Pick one of the three: drug, set or setting."),
    ):
        answer = ana.do(f"{shared.console}/themes", words=words, group=group, key=key(), script=True)
        assert (answer.status, answer.errors()) == (422, [sentence])
    assert kept(app) == before


def test_nobody_else_pins_takes_down_clears_or_puts_back(
    app: Flask, ana: Desk, shared: Doors, ben: Phone, dov: Phone, fay: Desk, esi: Desk, gus: Desk
) -> None:
    pin(ana, shared, "work helps")
    (down,) = (action for action in ana.get(shared.console).actions() if action.endswith("/take-down"))
    posts = {f"{shared.console}/themes": {"group": "set", "words": "not hers", "key": key()}, down: {}}
    posts |= {f"{shared.console}/wall/{act}": {"kind": "note"} for act in ("clear", "put-back")}
    others: dict[Browser, str] = {other: other.token() for other in (fay, esi, gus, ben, dov)}
    before = kept(app)
    for other, token in others.items():
        for path, fields in posts.items():
            assert other.post(path, {"csrf_token": token} | fields).status == 404
    assert kept(app) == before


def test_pinning_is_heard_by_those_who_have_the_board_in_view(
    ana: Desk, shared: Doors, ben: Phone, cleo: Phone, listen: Listen
) -> None:
    phone, leader = listen(cleo), listen(ana, shared.id)
    drawn, words, wall = (listener(ana, shared, shows) for shows in ("themes", "words", "wall"))
    pin(ana, shared, "work helps")
    assert phone.heard()[0]["ops"] == [] and words.ops() == [] and wall.ops() == []
    assert [op[1] for op in leader.ops()] == ["themes"]
    [[op, target, markup]] = drawn.ops()
    assert (op, target) == ("replace", "state") and "work helps" in markup and "<form" not in markup
    learn(ana, shared)
    assert "work helps" in str(phone.ops())
    ben.share(tags=["set:mood"])
    told = {op[1]: op[2] for op in phone.ops()}
    assert told.keys() == {"checkins", "themes"} and "mood" in told["themes"] and "/lead" not in told["themes"]
    ben.send(ben.here(), f"/here/shares/{ben.here().mine[1]}/take-back")
    assert "mood" not in str(phone.ops())


def test_the_screen_draws_it_and_says_it_to_who_listens(ana: Desk, shared: Doors) -> None:
    pin(ana, shared, "work <helps>")
    page = ana.get(screen(shared, show="themes"))
    assert [one.attrib["class"] for one in page.all("svg") if one.attrib.get("class") == "board"] == ["board"]
    (listed,) = page.all("ul", **{"class": "unseen"})
    assert ["".join(item.itertext()) for item in listed] == ["Drug: mixing", "Set: sleep", "Setting: work <helps>"]
    drawn = ["".join(one.itertext()) for one in page.all("text", **{"class": "word"})]
    assert drawn == ["mixing", "sleep", "work <helps>"]
    assert "where:not-sure" not in page.text and "not sure" not in page.words("state")


def test_one_screen_has_themes_only_when_turned_to_them(ana: Desk, shared: Doors) -> None:
    assert "sleep" not in ana.get(screen(shared, mode="one")).words("state")
    assert "sleep" in ana.get(screen(shared, mode="one", show="themes")).words("state")


def test_the_card_stands_on_the_screen_by_itself(ana: Desk, circle: Doors) -> None:
    words = ana.get(screen(circle, show="card")).words("state")
    assert "Setting: where, when, who with, and what help is near." in words


def test_on_one_screen_next_goes_on_and_stays_there(ana: Desk, circle: Doors) -> None:
    page = ana.get(screen(circle, mode="one", show="rules"))
    answer = ana.send(page, f"{circle.console}/parts/next")
    assert answer.location == f"{circle.console}/screen?mode=one&show=rules"
    assert ana.get(answer.location).fields(f"{circle.console}/parts/next")["part"] == ["2"]
    assert f"{circle.console}/parts/next" not in ana.get(screen(circle)).actions()


@pytest.mark.parametrize("shows", ["words", "rules", "wall", "themes", "card"])
def test_every_screen_hears_which_part_is_on(ana: Desk, circle: Doors, shows: str) -> None:
    ear = listener(ana, circle, shows)
    ana.do(f"{circle.console}/parts/next", part="1")
    [[_, target, markup]] = ear.ops()
    assert target == "state" and 'data-part="2"' in markup


def test_the_console_turns_the_big_screen_by_links(ana: Desk, circle: Doors) -> None:
    links = [one for one in ana.get(circle.console).all("a", target="screen") if "?show=" in one.attrib["href"]]
    assert [one.attrib["href"].partition("=")[2] for one in links] == ["words", "rules", "wall", "themes", "card"]


def test_the_blanks_of_reflecting_have_no_name_and_stand_in_no_form(ana: Desk, shared: Doors) -> None:
    page = ana.get(shared.console)
    blanks = [one for one in page.root.iter("textarea") if "data-blank" in one.attrib]
    assert len(blanks) == 3
    for blank in blanks:
        assert "name" not in blank.attrib and "form" not in blank.attrib and blank.attrib["autocomplete"] == "off"
        assert not [form for form in page.root.iter("form") if blank in form.iter()]


def test_an_owner_of_what_was_cleared_can_take_it_back(ana: Desk, shared: Doors, ben: Phone, cleo: Phone) -> None:
    assert ana.do(f"{shared.console}/wall/clear", kind="check-in").location == shared.console
    assert cleo.here().said("checkins") == [] and ana.get(shared.console).ids("checkins") == []
    assert ben.here().mine == [] and "The leader has cleared the wall." in ben.here().words("mine-check-in")
    assert "Slept badly." not in cleo.here().text + ana.get(shared.console).text
    assert "Cleared from the wall." in ana.get(shared.console).words("clearing-check-in")
    (taken,) = (one for one in ben.here().actions() if one.endswith("/take-back"))
    ben.send(ben.here(), taken)
    ana.do(f"{shared.console}/wall/put-back", kind="check-in")
    assert len(cleo.here().ids("checkins")) == 1 and cleo.here().said("checkins") == []
    assert ana.get(shared.console).words("clearing-check-in") == ""


def test_clearing_is_heard_without_a_word_of_what_was_there(
    ana: Desk, shared: Doors, cleo: Phone, listen: Listen
) -> None:
    phone, leader = listen(cleo), listen(ana, shared.id)
    ana.do(f"{shared.console}/wall/clear", kind="check-in")
    assert [op[:2] for op in phone.ops()] == [["replace", "checkins"]]
    told = {op[1]: op[2] for op in leader.ops()}
    assert told.keys() == {"checkins", "clearing-check-in", "themes"} and "Slept badly." not in str(told)
    assert ana.do(f"{shared.console}/wall/clear", kind="rules").status == 422


def boxes(bands: list[Band]) -> list[Box]:
    return [box for band in bands for box in band.boxes]


def apart(one: Box, other: Box) -> bool:
    """Whether two boxes have nothing in common."""
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


@pytest.mark.parametrize("letters", ["x", "W", "睡", "🫖", "m i"])
@pytest.mark.parametrize("groups", [("drug", "set", "setting"), ("set",)])
@pytest.mark.parametrize("many", [1, 7, 30, 51])
def test_no_two_words_of_a_full_board_overlap(app: Flask, many: int, groups: tuple[str, ...], letters: str) -> None:
    """Forty letters each, in two sizes: all of them within the board."""
    shown = [Word(groups[at % len(groups)], (letters * 40)[:40], at % 3 == 0) for at in range(many)]
    with app.test_request_context():
        bands = board.laid_out(shown)
    assert len(boxes(bands)) == many
    assert all(apart(one, other) for one, other in combinations(boxes(bands), 2))
    for box in boxes(bands):
        assert box.x >= 0 and box.x + box.width <= WIDTH and box.y >= 0 and box.y + box.height <= HEIGHT
    assert sum(band.height for band in bands) <= HEIGHT + len(bands)


def test_every_tag_there_is_and_a_dozen_long_themes_can_still_be_read(app: Flask) -> None:
    with app.test_request_context():
        shown = [Word("set", "thirty and more letters of a theme, long", True)] * 12
        shown += [Word(group.key, tag.label, False) for group in board.tags("en").groups for tag in group.tags]
        bands = board.laid_out(shown)
    assert min(box.size for box in boxes(bands)) >= 14
    assert all(apart(one, other) for one, other in combinations(boxes(bands), 2))

"""A card in the circle, on phones, on the console and on the big screen; and what a member could change."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from facilitator.taught import Taught
from sessions.circle.lesson import WAYS
from sessions.library import Card, cards, ways
from tests.web.cast import Desk, Doors, Ear, MakeApp, Phone, desk, kept
from tests.web.pages import Page
from tests.web.planning import building, own_tag
from tests.web.test_any_language import add_language
from tests.web.test_cards import languages  # noqa: F401 - a fixture

Listen = Callable[..., Ear]
ANCHOR, CARD = "drug-set-setting", "naloxone"
LINES = [line.text for line in cards("en")[CARD].lines]
LEARN, OPEN = "5", "4"
BESIDE = {"card": ("div",), "state": ("p",)}
"""Which element holds the English, by where it stands."""
ACTS = ("show", "next", "before", "take-down")


def begins(ana: Desk, circle: Doors, part: str = LEARN) -> None:
    ana.do(f"{circle.console}/parts/start", part=part)


def shows(ana: Desk, circle: Doors, card: str = CARD) -> Page:
    return ana.do(f"{circle.console}/card/show", card=card)


def goes_on(ana: Desk, circle: Doors, after: int, card: str = CARD) -> Page:
    return ana.do(f"{circle.console}/card/next", card=card, line=str(after))


def told(page: Page) -> list[str]:
    """The lines of the card that are out on this page, without their shapes; not the English beside them."""
    found = [one for one in page.all("ul", **{"class": "told"}) if not [*one.iterancestors("details")]]
    return ["".join(item.find(".//p[@dir='auto']").itertext()) for each in found for item in each if item.tag == "li"]  # type: ignore[union-attr]


def order(page: Page) -> list[str]:
    """The ways on this page, by their keys, from the first to the last."""
    return [one.attrib["data-way"] for one in page.all("li") if "data-way" in one.attrib]


def screen(circle: Doors, shown: str = "card", mode: str = "") -> str:
    return f"{circle.console}/screen?show={shown}&mode={mode}"


@pytest.fixture
def learning(ana: Desk, circle: Doors) -> Doors:
    """Ana's circle, in the part about learning, with a card shown."""
    begins(ana, circle)
    shows(ana, circle)
    return circle


def test_a_card_goes_line_by_line_to_every_phone_the_console_and_the_big_screen(
    ana: Desk, learning: Doors, ben: Phone
) -> None:
    everywhere = [lambda: ben.here(), lambda: ana.get(learning.console), lambda: ana.get(screen(learning))]
    for out in range(1, len(LINES) + 1):
        assert [told(opened()) for opened in everywhere] == [LINES[:out]] * 3
        assert goes_on(ana, learning, out).location == learning.console
    assert ana.do(f"{learning.console}/card/before", card=CARD, line="5").status == 303
    assert [told(opened()) for opened in everywhere] == [LINES[:4]] * 3
    assert "Naloxone" in ben.here().words("card") and "◆" not in ben.here().words("card")
    ana.do(f"{learning.console}/card/take-down", card=CARD)
    assert [told(opened()) for opened in everywhere] == [[]] * 3
    assert "Setting: where, when" in ben.here().words("card"), "the three shapes are back"
    assert "Setting: where, when" in ana.get(screen(learning)).words("state")


def test_each_line_stands_with_its_shapes_and_their_words(ana: Desk, learning: Doors, ben: Phone) -> None:
    for out in (1, 2):
        goes_on(ana, learning, out)
    for page in (ben.here(), ana.get(screen(learning))):
        third = page.all("p", **{"class": "moves"})[2]
        assert [one.get("class") for one in third.iter("span")] == ["set", "setting"]
        assert "".join(third.itertext()).split() == ["Set", "Setting"] and len([*third.iter("svg")]) == 2


def test_each_reader_has_it_in_their_own_language_and_the_english_under_one_tap(
    app: Flask, ana: Desk, learning: Doors, listen: Listen
) -> None:
    dona = Phone(app, "es").join(learning.code)
    spanish = [line.text for line in cards("es")[CARD].lines]
    page = dona.here()
    assert told(page) == spanish[:1] and "Ningún profesional" in page.words("card")
    (english,) = page.all("div", lang="en")
    assert LINES[0] in "".join(english.itertext()) and LINES[1] not in page.text
    ear = listen(dona)
    goes_on(ana, learning, 1)
    ((op, target, markup),) = ear.ops()
    assert (op, target) == ("replace", "card") and spanish[1] in markup and LINES[1] in markup
    ana.language = "es"
    on_screen = ana.get(screen(learning))
    assert told(on_screen) == spanish[:2]
    # Beside the line that came last.
    assert [one.text for one in on_screen.all("p", **{"class": "english"})] == [LINES[1]]


def test_phones_hear_the_card_in_a_part_about_learning_alone_and_nothing_of_the_leaders(
    ana: Desk, circle: Doors, ben: Phone, listen: Listen
) -> None:
    phone, console, words = listen(ben), listen(ana, circle.id), Ear(ana, f"{circle.id}&screen=words")
    begins(ana, circle, OPEN)
    for ear in (phone, console, words):
        ear.heard()
    shows(ana, circle)
    assert phone.heard() == [{"v": 3, "ops": []}] and [op[1] for op in console.ops()] == ["card"]
    assert LINES[0] not in ben.here().text and "Phones show it in a part about learning" in ana.get(circle.console).text
    begins(ana, circle)
    assert LINES[0] in str(phone.ops())
    goes_on(ana, circle, 1)
    ((_, target, markup),) = phone.ops()
    assert target == "card" and LINES[1] in markup
    for secret in (LINES[2], "/lead", "<form", "<button", "Next line", "Comes next"):
        assert secret not in markup
    assert LINES[2] in ana.get(circle.console).words("card"), "whoever leads sees what comes next"
    assert [op[1] for op in words.ops()] == ["state"], "of the part, not of the card"
    begins(ana, circle, OPEN)
    assert "Naloxone" not in ben.here().words("now")


def test_the_list_has_the_cards_of_the_building_the_anchor_first_and_the_ways(
    app: Flask, ana: Desk, esi: Desk, circle: Doors
) -> None:
    def offered(console: str) -> list[str]:
        return [one.attrib["value"] for one in ana.get(console).all("button", name="card")]

    assert offered(circle.console) == [ANCHOR, *(key for key in cards("en") if key != ANCHOR), WAYS]
    hazel = building(app)[0]
    esi.do(f"/buildings/{hazel}/cards/switch", card=CARD, on="no")
    console = ana.send(ana.get("/lead"), "/lead/circles", title="In Hazel", building=hazel).location
    assert CARD not in offered(console) and ANCHOR in offered(console)
    assert ana.do(f"{console}/card/show", card=CARD, script=True).errors() == ["Pick from the list."]


def test_one_that_is_switched_off_meanwhile_is_nowhere_and_breaks_nothing(app: Flask, ana: Desk, esi: Desk) -> None:
    hazel = building(app)[0]
    console = ana.send(ana.get("/lead"), "/lead/circles", title="In Hazel", building=hazel).location
    ana.do(f"{console}/parts/start", part=LEARN)
    ana.do(f"{console}/card/show", card=CARD)
    assert told(ana.get(console)) == LINES[:1]
    esi.do(f"/buildings/{hazel}/cards/switch", card=CARD, on="no")
    for path in (console, f"{console}/screen?show=card"):
        page = ana.get(path)
        assert (page.status, told(page)) == (200, [])
    assert ana.do(f"{console}/card/next", card=CARD, line="1").status == 303


def test_covered_or_closed_none_of_it_is_on_any_screen(ana: Desk, learning: Doors, ben: Phone, listen: Listen) -> None:
    ana.do(f"{learning.console}/blank")
    for page in (ana.get(learning.console), ana.get(screen(learning))):
        assert LINES[0] not in page.text and "Naloxone" not in page.words("state")
    assert goes_on(ana, learning, 1).status == 404, "whoever stands at a covered console has one thing to do"
    ana.do(f"{learning.console}/unblank", passphrase="a kettle and two cups")
    assert told(ana.get(learning.console)) == LINES[:1]
    phone = listen(ben)
    ana.do(f"{learning.console}/close")
    assert LINES[0] not in str(phone.ops())
    for page in (ben.here(), ana.get(learning.console), ana.get(screen(learning))):
        assert LINES[0] not in page.text
    assert goes_on(ana, learning, 1).status == 422


@pytest.fixture
def wounds(languages: Path) -> Path:  # noqa: F811
    """The card about wounds in a language of the host's own. Somebody was to look at it by last January."""
    file = add_language(languages, "eo") / "cards" / "wounds.yaml"
    text = re.sub(r"review_by: \S+", "review_by: 2026-01-22", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    return file


def test_a_translation_that_nobody_signed_says_so_and_has_the_english_with_it(wounds: Path, make_app: MakeApp) -> None:
    ana = desk(app := make_app(), "ana")
    circle = ana.open()
    begins(ana, circle)
    shows(ana, circle, "wounds")
    ana.language = "eo"
    eva, english = Phone(app, "eo").join(circle.code), cards("en")["wounds"].lines[0].text
    for page, place in ((eva.here(), "card"), (ana.get(circle.console), "card"), (ana.get(screen(circle)), "state")):
        assert "Not yet checked by a clinician here." in page.words(place)
        assert "and may be out of date." in page.words(place)
        assert english in ["".join(p.itertext()) for one in page.all(*BESIDE[place], lang="en") for p in one.iter("p")]
    assert "out of date" not in Phone(app).join(circle.code).here().text


def test_one_that_was_signed_says_by_whom_and_late_it_says_that_too(wounds: Path, make_app: MakeApp) -> None:
    text = wounds.read_text(encoding="utf-8").replace("reviewed_by: null", "reviewed_by: Dr. Oak")
    wounds.write_text(text.replace("reviewed_on: null", "reviewed_on: 2025-11-22"), encoding="utf-8")
    ana = desk(app := make_app(), "ana")
    circle = ana.open()
    begins(ana, circle)
    shows(ana, circle, "wounds")
    page = Phone(app, "eo").join(circle.code).here()
    assert "Checked by Dr. Oak on" in page.words("card") and not page.all("div", lang="en")
    assert "and may be out of date." in page.words("card")


def drawn(app: Flask, card: Card) -> str:
    """What is said of a card, all of it out, as every page says it."""
    shown = Taught(card.key, card, (), card, None, (), len(card.lines), len(card.lines))
    with app.test_request_context():
        macros = app.jinja_env.get_template("cards/_taught.html").module
        return str(macros.told(shown)) + str(macros.beside(shown))  # type: ignore[attr-defined]


def test_what_a_building_adds_is_said_with_it(app: Flask) -> None:
    card = cards("en")[CARD]
    assert "Here:" not in drawn(app, card) and "From this building" not in drawn(app, card)
    assert "Front desk &lt;b&gt;" in drawn(app, replace(card, said_here="Front desk <b>"))
    own = replace(card, key="0" * 20, own=True, language="es", review_by=date(2026, 1, 22))
    assert "From this building, not checked by a clinician." in drawn(app, own) and 'lang="es"' in drawn(app, own)
    assert "nobody has translated it" not in drawn(app, own) and "may be out of date" in drawn(app, own)
    assert "Not yet checked" not in drawn(app, own), "it is said once"


def test_what_staff_of_a_building_write_is_taught_there_in_both_languages(app: Flask, ana: Desk, esi: Desk) -> None:
    hazel = building(app)[0]
    at = f"/buildings/{hazel}/cards"
    esi.do(f"{at}/words", card=CARD, words="Front desk, day and night.")
    typed = {"title": "Hot days", "line_1": "Eat first.", "line_2": "Sit by the fan.", "line_3": "Drink water."}
    own = esi.send(esi.get(f"{at}/new"), f"{at}/add", **typed, moves_2=["setting"]).location.rpartition("#card-")[2]
    circle, elsewhere = ana.open(building=hazel), ana.open(building="")
    ben, dona = Phone(app).join(circle.code), Phone(app, "es").join(circle.code)
    begins(ana, circle)
    shows(ana, circle)
    spanish = [line.text for line in cards("es")[CARD].lines]
    for reader, first in ((ben, LINES[0]), (dona, spanish[0])):
        assert told(reader.here()) == [first] and "Front desk, day and night." in reader.here().words("card")
    assert "Aquí: Front desk" in dona.here().words("card")
    assert "Here: Front desk" in ana.get(screen(circle)).words("state")
    assert "Hot days" in ana.get(circle.console).words("card")
    shows(ana, circle, own)
    goes_on(ana, circle, 1, own)
    for page in (ben.here(), dona.here(), ana.get(circle.console), ana.get(screen(circle))):
        assert told(page) == ["Eat first.", "Sit by the fan."] and "Front desk" not in page.words()
    assert "From this building, not checked by a clinician." in ana.get(screen(circle)).words("state")
    (listed,) = dona.here().all("ul", **{"class": "told"})
    assert listed.get("lang") == "en" and "De este edificio" in dona.here().words("card")
    assert shows(ana, elsewhere, own).status == 422
    esi.do(f"{at}/{own}/switch", on="no")
    for page in (ben.here(), dona.here(), ana.get(circle.console), ana.get(screen(circle))):
        assert (page.status, told(page)) == (200, []) and "Hot days" not in page.words()
    assert goes_on(ana, circle, 2, own).status == 303
    esi.do(f"{at}/{own}/switch", on="yes")
    assert told(ben.here()) == ["Eat first.", "Sit by the fan."], "it stands where it stood"


def test_the_ways_stand_in_an_order_of_each_phones_own(app: Flask, ana: Desk, circle: Doors, ben: Phone) -> None:
    begins(ana, circle)
    shows(ana, circle, WAYS)
    assert order(ben.here()) == order(ben.here()) and sorted(order(ben.here())) == sorted(
        w.key for w in ways("en").ways
    )
    orders = {tuple(order(Phone(app).join(circle.code).here())) for _ in range(8)}
    assert len(orders) > 1
    page = ben.here()
    (listed,) = page.all("ul", **{"class": "ways"})
    assert not [*listed.iter("ol")] and not re.search(r"[→↓\d]", "".join(listed.itertext()).replace("911", ""))
    assert "Next line" not in ana.get(circle.console).words("card")


def test_in_another_language_the_english_ways_stand_in_the_same_order(app: Flask, ana: Desk, circle: Doors) -> None:
    begins(ana, circle)
    shows(ana, circle, WAYS)
    both = order(Phone(app, "es").join(circle.code).here())
    assert len(both) == 10 and both[:5] == both[5:]


def test_on_the_big_screen_their_titles_stand_side_by_side(ana: Desk, circle: Doors) -> None:
    shows(ana, circle, WAYS)
    page = ana.get(screen(circle))
    titles = ["".join(one.itertext()) for (listed,) in [page.all("ul", **{"class": "side-by-side"})] for one in listed]
    assert sorted(titles) == sorted([*(way.title for way in ways("en").ways), "Or your own way"])
    assert ways("en").ways[0].what not in page.text and page.find("state").findall(".//ol") == []  # type: ignore[union-attr]


def test_on_one_screen_for_everything_it_goes_on_from_there_and_never_to_the_console(
    ana: Desk, learning: Doors
) -> None:
    page = ana.get(screen(learning, mode="one"))
    held = page.fields(f"{learning.console}/card/next")
    assert (held["card"], held["line"]) == ([CARD], ["1"])
    gone_on = ana.send(page, f"{learning.console}/card/next")
    assert gone_on.location == f"{learning.console}/screen?mode=one&show=card"
    assert told(ana.get(gone_on.location)) == LINES[:2]
    assert f"{learning.console}/card/next" not in ana.get(screen(learning)).actions()
    assert f"{learning.console}/card/next" not in ana.get(screen(learning, "words", "one")).actions()


def could_change(phone: Phone, text: str, shape: str = "setting", *, script: bool = False) -> Page:
    """Pick a shape beneath the card, and write one line."""
    return phone.send(phone.here(), "/here/notes#change-page", text=text, tags=f"change:{shape}", script=script)


@pytest.mark.parametrize("script", [False, True], ids=["page", "script"])
def test_what_i_could_change_goes_to_the_notes_under_its_shape(
    script: bool, app: Flask, ana: Desk, learning: Doors, ben: Phone, cleo: Phone, dov: Phone
) -> None:
    assert [link.attrib["href"] for link in ben.here().all("a", **{"class": "button wide"})] == ["#change-page"]
    kept_it = could_change(ben, "Tell a friend where mine is.", script=script)
    assert (kept_it.status, kept_it.location) == ((200, "") if script else (303, "/here#notes-page"))
    assert cleo.here().items("notes") == ["Tell a friend where mine is. could change: setting"]
    dona = Phone(app, "es").join(learning.code)
    assert "podría cambiar: entorno" in dona.here().words("notes")
    on_wall = ana.get(screen(learning, "wall"))
    for page in (cleo.here(), ana.get(learning.console), on_wall):
        (tag,) = [one for one in page.all("li") if one.get("class") == "tag setting"]
        assert "".join(tag.itertext()).strip() == "could change: setting" and len([*tag.iter("svg")]) == 1
    assert dov.here().items("notes") == []
    assert [one for one in ben.here().actions() if one.endswith("/take-back")]


def test_it_stands_on_one_note_with_a_word_of_the_buildings_own(app: Flask, ana: Desk) -> None:
    hazel = building(app)[0]
    own = f"setting:own-{own_tag(app, hazel)}"
    circle = ana.open(building=hazel, appear="at-once")
    ben, dona = Phone(app).join(circle.code), Phone(app, "es").join(circle.code)
    ben.share("Soup, with company.", kind="notes", tags=["change:setting", own])
    assert ben.here().items("notes") == ["Soup, with company. could change: setting cooking for others"]
    assert "podría cambiar: entorno" in dona.here().words("notes")
    for page in (dona.here(), ana.get(circle.console), ana.get(screen(circle, "wall"))):
        assert len([one for one in page.all("li") if one.get("class") == "tag setting"]) == 2


def test_it_waits_with_others_and_sent_again_it_is_one(app: Flask, ana: Desk) -> None:
    circle = ana.open(appear="handfuls")
    ben = Phone(app).join(circle.code)
    page = ben.here()
    for _ in range(3):
        ben.send(page, "/here/notes#change-page", text="Eat first.", tags="change:set")
    assert "1 is waiting" in ana.get(circle.console).words("waiting") and ben.here().items("notes") == []


def test_it_counts_among_the_themes_under_its_shape(app: Flask, ana: Desk, learning: Doors) -> None:
    for text, shape in (("a", "drug"), ("b", "drug"), ("c", "drug")):
        could_change(Phone(app).join(learning.code), text, shape)
    board = ana.get(learning.console)
    (theme,) = [one for one in board.all("li") if "large" in one.get("class", "")]
    assert theme.get("class") == "tag drug large" and "could change: drug" in "".join(theme.itertext())
    assert "Drug: could change: drug" in ana.get(screen(learning, "themes")).words("state")


def test_refused_it_is_given_back_where_it_was_typed(app: Flask, ben: Phone, learning: Doors) -> None:
    before = kept(app)
    back = could_change(ben, "x" * 1001, "set")
    held = back.fields("/here/notes#change-page")
    assert (back.status, held["text"], held["tags"]) == (422, ["x" * 1001], ["change:set"])
    assert "Shorten it by 1 character." in back.words("change-page")
    assert back.fields("/here/notes")["text"] == [""] and kept(app) == before
    assert could_change(ben, "x", "where").errors() == ["Pick from the list."] and kept(app) == before


def test_the_three_stand_in_no_row_of_chips(ana: Desk, circle: Doors, ben: Phone) -> None:
    chips = [one.attrib["value"] for one in ben.here().all("input", name="tags", type="checkbox")]
    chips += [one.attrib["value"] for one in ana.get(circle.console).all("input", name="tags")]
    assert chips and not [one for one in chips if one.startswith("change:")]
    radios = [one.attrib["value"] for one in ben.here().all("input", type="radio")]
    assert radios == ["change:drug", "change:set", "change:setting"]


def test_after_a_loss_nobody_is_asked_what_they_could_change(ana: Desk, learning: Doors, ben: Phone) -> None:
    shows(ana, learning, "after-a-loss")
    assert told(ben.here()) and ben.here().all("a", **{"class": "button wide"}) == []


def test_before_anything_is_shown_nothing_is_taught(app: Flask, ana: Desk, circle: Doors, ben: Phone) -> None:
    begins(ana, circle)
    assert told(ben.here()) == [] and "Setting: where, when" in ben.here().words("card")
    assert "Teach from a card" in ana.get(circle.console).words("card")


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_teaches(
    act: str, app: Flask, learning: Doors, fay: Desk, esi: Desk, gus: Desk, ben: Phone, dov: Phone
) -> None:
    others = {other: other.token() for other in (fay, esi, gus, ben, dov)}
    before = kept(app, "sign_ins")
    for other, token in others.items():
        typed = {"csrf_token": token, "card": CARD, "line": "1"}
        assert other.post(f"{learning.console}/card/{act}", typed).status == 404
    assert kept(app, "sign_ins") == before


@pytest.mark.parametrize("card", ["", "no-such-card", "ways\x00", "x" * 500])
def test_what_is_no_card_is_refused(card: str, app: Flask, ana: Desk, learning: Doors) -> None:
    before = kept(app)
    refused = shows(ana, learning, card)
    assert (refused.status, refused.errors()[0]) == (422, "Pick from the list.")
    assert kept(app) == before

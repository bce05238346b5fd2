"""Esi writes cards for her building (`facilitator.own_cards`): what she sees before they are kept, and where they are
shown."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from facilitator import when
from sessions.schedule import buildings, own_cards
from tests.web.cast import Desk, Phone, kept
from tests.web.pages import Page
from tests.web.planning import building, own_card

HEAT = {"title": "Hot days here", "line_1": "Eat first.", "line_2": "Sit by the fan.", "line_3": "Drink water."}
HEAT |= {"source": "The county, hot days sheet", "language": "en"}
OWN = "From this building, not checked by a clinician."


@pytest.fixture
def at(app: Flask) -> str:
    """Where the cards of a building are."""
    return f"/buildings/{building(app)[0]}/cards"


def fills_in(esi: Desk, at: str, **typed: str | list[str]) -> Page:
    return esi.send(esi.get(f"{at}/new"), f"{at}/add", **(HEAT | {"moves_2": ["setting"]} | typed))


def of_building(at: str) -> str:
    return at.split("/")[2]


def test_a_card_is_written_and_printed_and_says_whose_it_is(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    where = fills_in(esi, at).location
    card = where.rpartition("#card-")[2]
    assert "Hot days here" in esi.get(at).words(f"card-{card}") and "its own" in esi.get(at).words(f"card-{card}")
    sheet = ana.get(f"/cards/{card}?building={of_building(at)}").words("sheet-card")
    assert all(words in sheet for words in (*HEAT.values(), OWN, "Setting") if words != "en")
    assert "Not yet checked by a clinician here" not in sheet
    assert f"/cards/{card}?building={of_building(at)}" in ana.get(f"/cards?building={of_building(at)}").text
    birch = building(app, "Birch House")[0]
    for elsewhere in ("", f"?building={birch}", f"?building={'0' * 20}", "?building=x"):
        assert ana.get(f"/cards/{card}{elsewhere}").status == 404
    assert "Hot days here" not in ana.get(f"/cards?building={birch}").words()
    assert ana.get(f"/cards?building={'0' * 20}").status == 404


def test_a_preview_is_the_sheet_itself_and_keeps_nothing(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    before, token = kept(app), esi.token()
    seen = fills_in(esi, at, look="yes", moves_1=["drug", "set"])
    assert seen.status == 200 and "Nothing is saved yet." in seen.words() and kept(app) == before
    assert seen.fields(f"{at}/add") == {
        **{name: [words] for name, words in (HEAT | {"line_4": "", "line_5": "", "csrf_token": token}).items()},
        **{"moves_1": ["drug", "set"], "moves_2": ["setting"]},
    }
    sheet = seen.words("sheet-card")
    card = esi.send(seen, f"{at}/add").location.rpartition("#card-")[2]
    assert ana.get(f"/cards/{card}?building={of_building(at)}").words("sheet-card") == sheet
    as_it_is = esi.get(f"{at}/{card}")
    assert as_it_is.words("sheet-card") == sheet and "Nothing is saved yet." not in as_it_is.words()
    before = kept(app)
    seen = esi.send(as_it_is, f"{at}/{card}/change", title="Heat", look="yes")
    assert "Heat" in seen.words("sheet-card") and kept(app) == before


def test_words_that_shame_are_advised_against_and_never_stop_anybody(esi: Desk, at: str) -> None:
    assert fills_in(esi, at, look="yes").find("advice") is None
    typed = {"line_2": "Addicts are welcome.", "title": "For the homeless"}
    advice = fills_in(esi, at, look="yes", **typed).words("advice")
    assert "“Addicts”. Write: person who uses drugs; member." in advice and "“the homeless”" in advice
    assert fills_in(esi, at, **typed).status == 303 and "For the homeless" in esi.get(at).words("own")


def test_it_is_written_anew_switched_off_and_on_and_deleted(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    card = own_card(app, of_building(at))
    printed = f"/cards/{card}?building={of_building(at)}"
    moved = esi.send(esi.get(f"{at}/{card}"), f"{at}/{card}/change", title="Heat", moves_1=[], moves_3=["drug"])
    assert moved.location == f"{at}#card-{card}" and "Heat" in ana.get(printed).words("sheet-card")
    assert "moves_1" not in esi.get(f"{at}/{card}").fields(f"{at}/{card}/change")
    esi.send(esi.get(at), f"{at}/{card}/switch")
    assert "Off here" in esi.get(at).words(f"card-{card}") and ana.get(printed).status == 404
    esi.send(esi.get(at), f"{at}/{card}/switch")
    assert ana.get(printed).status == 200
    assert esi.send(esi.get(f"{at}/{card}"), f"{at}/{card}/delete").location == at
    assert ana.get(printed).status == esi.get(f"{at}/{card}").status == 404


def test_a_card_in_another_language_is_shown_and_says_so(app: Flask, ana: Desk, at: str) -> None:
    card = own_card(app, of_building(at), "Días de calor", "es")
    english = ana.get(f"/cards/{card}?building={of_building(at)}")
    assert english.all("section", lang="es") and "It is in this language alone: Español." in english.words("sheet-card")
    spanish = ana.get(f"/cards/{card}?building={of_building(at)}&language=es").words("sheet-card")
    assert "De este edificio" in spanish and "Español" not in spanish


def test_after_half_a_year_staff_are_told_in_one_line_and_say_that_it_is_still_right(
    app: Flask, ana: Desk, esi: Desk, at: str
) -> None:
    home = at.removesuffix("/cards")
    card, other = (own_card(app, of_building(at), title, days_ago=200) for title in ("Hot days", "Cold days"))
    for page in (esi.get("/calendar"), esi.get(home)):
        assert page.words("due").count("2 cards of its own were last looked at half a year ago") == 1
    for path in (at, f"/cards?building={of_building(at)}"):
        assert esi.get(path).words().count("may be out of date") == 2
    assert "and may be out of date" in ana.get(f"/cards/{card}?building={of_building(at)}").words("sheet-card")
    for one in (card, other):
        assert esi.send(esi.get(at), f"{at}/{one}/right").location == f"{at}#card-{one}"
    assert "may be out of date" not in esi.get(at).words() and "half a year" not in esi.get("/calendar").words()
    assert f"{at}/{card}/right" not in esi.get(at).actions(), "looked at today"
    today = when.short_day
    with app.test_request_context():
        assert today(datetime.now(UTC).date()) in esi.get(at).words(f"card-{card}")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Fill this in first."),
        ({"title": " \u200b"}, "Fill this in first."),
        ({"title": "x" * 81}, "Make it shorter."),
        ({"line_1": "x" * 161}, "Make it shorter."),
        ({"line_3": "  "}, "Write at least 3 lines."),
        ({"source": "x" * 301}, "Make it shorter."),
        ({"language": "xx"}, "Pick from the list."),
        ({"moves_1": ["mood"]}, "Pick from the list."),
        ({"title": ["One", "Two"]}, "Send it again."),
        ({"line_2": ["One", "Two"]}, "Send it again."),
        ({"language": ["en", "es"]}, "Send it again."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_given_back(
    app: Flask, esi: Desk, at: str, typed: dict[str, str | list[str]], sentence: str
) -> None:
    card = own_card(app, of_building(at))
    before, token = kept(app), {"csrf_token": esi.token()}
    for action in (f"{at}/add", f"{at}/{card}/change"):
        for look in ({}, {"look": "yes"}):
            back = esi.post(action, HEAT | {"moves_2": ["setting"]} | typed | look | token)
            assert (back.status, back.errors()) == (422, [sentence]) and back.find("sheet-card") is None
            held = back.fields(action)
            assert held["moves_2"] == ["setting"]
            untouched = {"source", "line_2"} - typed.keys()
            assert {name: held[name] for name in untouched} == {name: [HEAT[name]] for name in untouched}
    assert esi.post(f"{at}/add", HEAT | token | {"look": ["yes", "yes"]}).status == 422
    assert kept(app) == before


def test_there_is_an_end_to_them(app: Flask, esi: Desk, at: str) -> None:
    for number in range(own_cards.MOST_OWN):
        own_card(app, of_building(at), f"Card {number}")
    refused = fills_in(esi, at)
    assert (refused.status, refused.errors()) == (422, ["There is no room for more."])


def test_markup_on_a_card_is_text(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    nasty = '"><script>alert(1)</script>{{7*7}}'
    typed = {"title": nasty, "line_1": nasty, "source": nasty}
    card = fills_in(esi, at, **typed).location.rpartition("#card-")[2]
    printed = ana.get(f"/cards/{card}?building={of_building(at)}")
    for page in (fills_in(esi, at, look="yes", **typed), esi.get(at), esi.get(f"{at}/{card}"), printed):
        assert "<script>alert" not in page.text and nasty in page.words()


def test_another_buildings_card_and_what_is_none_is_not_there(app: Flask, esi: Desk, at: str) -> None:
    card, before = own_card(app, building(app, "Birch House")[0]), kept(app)
    for one in (card, "0" * 20, "naloxone", "x"):
        assert esi.get(f"{at}/{one}").status == 404
        for act in ("change", "switch", "right", "delete"):
            assert esi.do(f"{at}/{one}/{act}", **HEAT, look="yes").status == 404
    assert kept(app) == before


def test_nobody_else_writes_cards(app: Flask, ana: Desk, ben: Phone, stranger: Phone, at: str) -> None:
    card = own_card(app, of_building(at))
    before, tokens = kept(app), {ana: ana.token(), ben: ben.token(), stranger: "x"}
    for person, token in tokens.items():
        for path in (at, f"{at}/new", f"{at}/{card}"):
            assert person.get(path).status == 404
        for act in ("add", "words", "learn", *(f"{card}/{one}" for one in ("change", "switch", "right", "delete"))):
            assert person.post(f"{at}/{act}", HEAT | {"csrf_token": token}).status == 404
    assert kept(app) == before


def test_a_leader_is_not_asked_whether_they_taught_one(app: Flask, ana: Desk, at: str) -> None:
    card = own_card(app, of_building(at))
    console = ana.send(ana.get("/lead"), "/lead/circles", title="Tuesday", building=of_building(at)).location
    ana.do(f"{console}/close")
    assert card not in [one.get("value") for one in ana.get("/lead/after").all("input", name="cards")]


def test_where_there_is_one_building_the_list_is_of_its_cards(app: Flask, ana: Desk, at: str) -> None:
    own_card(app, of_building(at))
    assert "Hot days" in ana.get("/cards").words("cards")
    assert "Hot days" not in ana.get("/cards?building=").words("cards")
    with app.extensions["database"].read() as db:
        assert len(buildings.everywhere(db)) == 1
    building(app, "Birch House")
    assert "Hot days" not in ana.get("/cards").words("cards")

"""Esi looks after the places that help near a building; a circle there has them (`facilitator.places`)."""

import io
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from sessions.schedule import listing
from sessions.schedule.places import KINDS
from tests.web.cast import Desk, Phone, kept, read_doors, rows
from tests.web.pages import Page
from tests.web.planning import building, place_of

KITCHEN = {"kind": "food", "name": "Corner Kitchen", "hours": "noon to two", "phone": "(415) 555-0101"}
KITCHEN |= {"address": "12 Sixth Street", "languages": "English", "walk_in": "yes", "note": "Bring a bag."}
FILE = "kind,name,phone\nfood,Corner Kitchen,415-555-0102\nlegal,Bar of the county,\n"
IN_DIGITS = "Write it in digits, as a phone dials it, like 415-555-0100."
NO_SUCH_DAY = "There is no such day. Write one like 2026-11-24."
LETTERS = "There are letters here that can’t be read. Save it as “CSV UTF-8” first."
NO_ROOM = "A building has no room for so many places."


@pytest.fixture
def at(app: Flask) -> str:
    """Where the places of a building are."""
    return f"/buildings/{building(app)[0]}/places"


def adds(esi: Desk, at: str, **typed: str) -> Page:
    return esi.send(esi.get(at), f"{at}/add", **{f"place-{name}": words for name, words in (KITCHEN | typed).items()})


def helps(app: Flask, ana: Desk, at: str, language: str = "en") -> Page:
    """Ben's page in a circle that Ana opened in this building."""
    console = ana.send(ana.get("/lead"), "/lead/circles", title="Tuesday", building=at.split("/")[2]).location
    return Phone(app, language).join(read_doors(app, console.rpartition("/")[2]).code).here()


def places_on(page: Page) -> str:
    """The places that a page lists, in words."""
    (found,) = (one for one in page.all("div", **{"class": "places"}))
    return " ".join("".join(found.itertext()).split())


def brings(esi: Desk, at: str, text: str = "", file: bytes | None = None, told: str = "") -> Page:
    fields: dict[str, object] = {"csrf_token": esi.token(), "text": text, "told": told}
    fields["file"] = (io.BytesIO(file or b""), "anything.csv" if file is not None else "")
    return esi.post(f"{at}/bring-in", fields, content_type="multipart/form-data")


def ago(app: Flask, days: int) -> None:
    """Let every time somebody asked have been so many days ago."""
    day = {"day": str(date.today() - timedelta(days=days))}
    app.extensions["database"].write(
        lambda db: db.execute(text("UPDATE places SET checked_on = :day WHERE checked_on IS NOT NULL"), day)
    )


def test_a_place_is_in_help_of_the_circles_of_its_building_from_the_first_load(
    app: Flask, ana: Desk, esi: Desk, at: str
) -> None:
    assert adds(esi, at).location.startswith(f"{at}#place-")
    page = helps(app, ana, at)
    said = places_on(page)
    for words in ("Food", "Corner Kitchen", "Not checked here yet", "12 Sixth Street", "Walk in", "noon to two"):
        assert words in said
    assert "English" in said and "Bring a bag." in said and "Call (415) 555-0101" in said
    assert "tel:4155550101" in [one.get("href") for one in page.all("a")]
    console = next(one.get("href") for one in ana.get("/lead").all("a") if one.text == "Go in")
    assert "Corner Kitchen" in ana.get(str(console)).words("help")


def test_nothing_stands_there_where_there_is_none(app: Flask, ana: Desk, at: str) -> None:
    page = helps(app, ana, at)
    assert "Places that help" not in page.text and "places.js" not in page.text


def test_what_is_typed_in_the_search_box_can_not_be_sent_or_kept(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    adds(esi, at)
    (box,) = helps(app, ana, at).all("input", type="search")
    assert box.get("name") is None and box.get("autocomplete") == "off" and box.get("spellcheck") == "false"
    assert not list(box.iterancestors("form"))
    assert box.getparent().get("hidden") is not None, "without scripts it does nothing, and is not there"


def test_one_tap_says_that_somebody_asked_there_today(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    adds(esi, at)
    place = esi.get(at).all("li", **{"class": "line"})[0].get("id")
    act = f"{at}/{str(place).removeprefix('place-')}"
    assert "Not checked here yet" in esi.get(at).words(str(place))
    assert esi.do(f"{act}/check").location == f"{at}#{place}"
    assert "Last asked there on" in esi.get(at).words(str(place)) and "Not checked" not in esi.get(at).text
    assert "Not checked" not in places_on(helps(app, ana, at))
    esi.do(f"{act}/uncheck")
    assert "Not checked here yet" in esi.get(at).words(str(place))


def test_after_ninety_days_it_says_so_to_everybody(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    esi.do(f"{at}/{place_of(app, at.split('/')[2])}/check")
    ago(app, 89)
    assert "Not checked" not in places_on(helps(app, ana, at)) and "Ask there again" not in esi.get(at).words()
    ago(app, 92)
    assert "Not checked since" in places_on(helps(app, ana, at))
    assert "More than 90 days ago. Ask there again." in esi.get(at).words()
    for page in (esi.get("/calendar"), esi.get(at.removesuffix("/places"))):
        assert "1 place that helps: nobody has asked there in 90 days" in page.words("due")
        assert at in [one.get("href") for one in page.all("a")]


def test_it_is_written_anew_and_taken_off(app: Flask, esi: Desk, at: str) -> None:
    place = place_of(app, at.split("/")[2])
    page = esi.get(f"{at}/{place}")
    assert page.fields(f"{at}/{place}/change")["place-hours"] == ["noon to two"]
    assert esi.send(page, f"{at}/{place}/change", **{"place-name": "Kitchen"}).location == f"{at}#place-{place}"
    assert "Kitchen" in esi.get(at).words(f"place-{place}") and "noon to two" in esi.get(at).words(f"place-{place}")
    assert esi.send(esi.get(f"{at}/{place}"), f"{at}/{place}/take-off").location == at
    assert "Kitchen" not in esi.get(at).words()
    for act in ("/change", "/take-off", "/check", "/uncheck"):
        gone = (
            esi.do(f"{at}/{place}{act}", **{"place-kind": "food", "place-name": "x"})
            if act
            else esi.get(f"{at}/{place}")
        )
        assert gone.status == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": ""}, "Pick from the list."),
        ({"kind": "bar"}, "Pick from the list."),
        ({"name": ""}, "Fill this in first."),
        ({"name": "x" * 121}, "Make it shorter."),
        ({"phone": "call me"}, IN_DIGITS),
        ({"walk_in": "maybe"}, "Pick from the list."),
        ({"note": "x" * 281}, "Make it shorter."),
        ({"name": "SHOWERS"}, "There is one of that kind and name already. Change that one, or add to the name."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_in_a_new_one_and_in_an_old_one(
    app: Flask, esi: Desk, at: str, typed: dict[str, str], sentence: str
) -> None:
    place = place_of(app, at.split("/")[2])
    adds(esi, at, name="Showers")
    before = kept(app)
    for action in (f"{at}/add", f"{at}/{place}/change"):
        fields = {f"place-{name}": words for name, words in (KITCHEN | typed).items()}
        back = esi.do(action, **fields)
        assert (back.status, back.errors()) == (422, [sentence])
        assert back.fields(action)["place-hours"] == ["noon to two"]
    assert kept(app) == before


def test_every_kind_has_words_in_both_languages(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    for kind in KINDS:
        adds(esi, at, kind=kind, name=f"One {kind}")
    english, spanish = ([one.text for one in helps(app, ana, at, language).all("h3")] for language in ("en", "es"))
    assert len(english) == len(spanish) == len(KINDS) and not set(english) & set(spanish)


def test_a_listed_building_has_them_on_its_public_page_and_staff_are_told(app: Flask, esi: Desk, at: str) -> None:
    adds(esi, at)
    assert "This building has no public page: only who joins a circle here can read these." in esi.get(at).words()
    app.extensions["database"].write(listing.list_building, "esi", at.split("/")[2], True)
    assert "anybody can read these there, without joining" in esi.get(at).words()
    for language, food in (("en", "Food"), ("es", "Comida")):
        page = Phone(app, language).get("/whats-on/hazel-house")
        assert "Corner Kitchen" in places_on(page) and food in places_on(page)
    esi.do(f"{at}/{esi.get(at).all('li', **{'class': 'line'})[0].get('id', '').removeprefix('place-')}/take-off")
    assert "Places that help" not in Phone(app).get("/whats-on/hazel-house").words()


def test_on_paper_some_of_each_kind_stand_on_one_sheet_that_says_how_many_more_there_are(
    app: Flask, ana: Desk, esi: Desk, at: str
) -> None:
    assert ana.get("/lead/print").find("sheet-places") is None
    place_of(app, at.split("/")[2])
    few = ana.get("/lead/print").words("sheet-places")
    assert "Food Corner Kitchen 12 Sixth Street, noon to two, 415-555-0101, English Walk in (Not checked" in few
    assert "more stand" not in few
    many = "".join(f"{kind},{kind} {n},{'x' * 100}\n" for kind in KINDS[:4] for n in range(20))
    page = brings(esi, at, f"kind,name,note\n{many}")
    brings(esi, at, page.fields(f"{at}/bring-in")["text"][0], told="add-80-0-0")
    sheet = ana.get("/lead/print?language=es")
    assert "Cuidado de heridas wounds 0" in sheet.words("sheet-places")
    assert re.search(r"\d\d más están en Ayuda, en cada teléfono del círculo", sheet.words("sheet-places"))
    assert ana.get("/lead/print?building=").find("sheet-places") is None


def test_markup_in_a_place_is_text(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    adds(esi, at, name="<script>alert(1)</script>")
    brought = brings(esi, at, "kind,name\nfood,<script>alert(2)</script>\n")
    for page, number in ((esi.get(at), 1), (helps(app, ana, at), 1), (brought, 2)):
        assert f"<script>alert({number})" not in page.text and f"<script>alert({number})</script>" in page.words()


def test_another_buildings_place_is_not_there(app: Flask, esi: Desk, at: str) -> None:
    place = place_of(app, building(app, "Birch House")[0])
    assert esi.get(f"{at}/{place}").status == 404
    before = kept(app)
    for act in ("change", "take-off", "check", "uncheck"):
        assert esi.do(f"{at}/{place}/{act}", **{"place-kind": "food", "place-name": "Mine"}).status == 404
    assert kept(app) == before


def test_the_file_has_a_name_of_its_own_and_comes_back_as_it_was(app: Flask, esi: Desk, at: str) -> None:
    adds(esi, at, name="+1 Market", phone="+1 415 555 0101")
    file = esi.get(f"{at}/file")
    assert file.headers["Content-Disposition"] == "attachment; filename=places.csv"
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8" and '"\'+1 Market"' in file.text
    page = brings(esi, at, file=file.answer.get_data())
    assert page.status == 200 and "That would change nothing: all of it is here already." in page.words("way-add")


def test_first_it_is_said_what_a_file_would_do_and_then_done(app: Flask, esi: Desk, at: str) -> None:
    place_of(app, at.split("/")[2])
    adds(esi, at, name="Soup", walk_in="no")
    before = kept(app)
    for page in (
        brings(esi, at, FILE),
        brings(esi, at, file=FILE.encode()),
        brings(esi, at, file=FILE.encode("utf-8-sig")),
    ):
        assert page.status == 200 and "Nothing is saved yet." in page.words()
        added, replaced = page.words("way-add"), page.words("way-replace")
        assert "1 new" in added and "1 changed" in added and "1 not changed" in added and "taken off" not in added
        assert "1 new" in replaced and "1 changed" in replaced and "1 taken off" in replaced and "Soup" in replaced
        assert page.fields(f"{at}/bring-in")["text"][0].replace("\r", "").removeprefix("\ufeff") == FILE
    assert kept(app) == before
    told = [str(one.get("value")) for one in page.all("button", name="told")]
    assert told == ["add-1-1-0", "replace-1-1-1"]
    assert brings(esi, at, FILE, told=told[1]).location == at
    assert rows(app, "places") == 2 and "415-555-0102" in esi.get(at).words() and "Soup" not in esi.get(at).words()


def test_what_by_now_does_something_else_is_told_anew(app: Flask, esi: Desk, at: str) -> None:
    place_of(app, at.split("/")[2])
    before = kept(app)
    page = brings(esi, at, FILE, told="add-2-0-0")
    assert "Somebody has changed these places meanwhile." in page.words() and "1 changed" in page.words("way-add")
    assert kept(app) == before


@pytest.mark.parametrize(
    ("file", "sentences"),
    [
        (b"", ["There is no place in it yet."]),
        (b"kind,name\nbar,Corner\n", ["Row 2, kind: Use a word from the list of kinds."]),
        (b"kind,name,phone\nfood,Kitchen,x\n", [f"Row 2, phone: {IN_DIGITS}"]),
        (b"kind,name,walk_in\nfood,Kitchen,x\n", ["Row 2, walk_in: Write yes or no, or leave it empty."]),
        (b"kind,name\nfood,\n", ["Row 2, name: Fill this in first."]),
        (b"kind,name\nfood,a\nfood,A\n", ["Row 3, name: There is one of that kind and name further up."]),
        (b"kind,name,checked_on\nfood,a,2026-02-30\n", [f"Row 2, checked_on: {NO_SUCH_DAY}"]),
        (b"kind,name,checked_on\nfood,a,2099-01-01\n", ["Row 2, checked_on: That day is not here yet."]),
        (b"kind,name,note\nfood,a," + b"x" * 281, ["Row 2, note: Make it shorter."]),
        (b'kind,name\nfood,"a\n', ["Row 2: A quote mark is missing here, or there is one too many."]),
        (b"kind,name\nfood,a,b\n", ["Row 2: There are more cells than in the first row."]),
        (b"kind\n", ["Row 1: The first row needs a column “name”."]),
        (b"kind,name,kind\n", ["Row 1: The column “kind” is here a second time."]),
        (b"kind,name\nfood,Caf\xe9\n", [f"Row 2: {LETTERS}"]),
        ("kind,name\n".encode("utf-16"), ["It is saved as “Unicode text”. Save it as “CSV UTF-8” first."]),
        (b"PK\x03\x04", ["It is a workbook. Save the sheet as “CSV UTF-8” first."]),
        (b"kind,name\n" + b"food,x\n" * 9000, ["It is too long. 60 KB is the most."]),
        (b"kind,name\n" + b"".join(b"food,%d\n" % n for n in range(201)), [NO_ROOM]),
    ],
    ids=range(18),
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_said_and_nothing_changes(
    app: Flask, esi: Desk, at: str, file: bytes, sentences: list[str]
) -> None:
    place_of(app, at.split("/")[2])
    before = kept(app)
    page = brings(esi, at, file=file)
    assert page.status == 422 and page.items("wrong") == sentences
    assert kept(app) == before


def test_a_column_that_is_not_ours_is_named_and_the_text_is_there_to_be_mended(esi: Desk, at: str) -> None:
    page = brings(esi, at, "kind,name,stars\nfood,Kitchen,5\n")
    (said,) = page.items("wrong")
    assert said.startswith("Row 1: “stars” is no column of ours. They are: kind, name, hours,")
    assert page.fields(f"{at}/bring-in")["text"] == ["kind,name,stars\nfood,Kitchen,5\n"]


def test_more_than_a_request_may_bring_is_refused_in_words(app: Flask, esi: Desk, at: str) -> None:
    before = kept(app)
    page = brings(esi, at, file=b"kind,name\n" + b"x" * 70_000)
    assert page.status == 413 and "That is too much to send at once." in page.text and kept(app) == before

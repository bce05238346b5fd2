"""Esi looks after the numbers of a building, and Help in its circles has them (`facilitator.numbers`)."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from tests.web.cast import Desk, Phone, kept, read_doors
from tests.web.pages import Page
from tests.web.planning import building, help_of

CRISIS = {"name": "Mobile crisis team", "number": "(415) 555-0100", "hours": "day and night"}
CRISIS |= {"languages": "English, Spanish", "note": "Two nurses come."}


@pytest.fixture
def at(app: Flask) -> str:
    """Where the numbers of a building are."""
    return f"/buildings/{building(app)[0]}/numbers"


def adds(esi: Desk, at: str, **typed: str) -> Page:
    return esi.send(esi.get(at), f"{at}/add", **{f"number-{name}": words for name, words in typed.items()})


def line(page: Page, key: str) -> str:
    return page.words(f"line-{key}")


def helps(app: Flask, ana: Desk, at: str, language: str = "en") -> Page:
    """Ben's page in a circle that Ana opened in this building."""
    console = ana.send(ana.get("/lead"), "/lead/circles", title="Tuesday", building=at.split("/")[2]).location
    return Phone(app, language).join(read_doors(app, console.rpartition("/")[2]).code).here()


def numbers_on(page: Page) -> list[str]:
    (shown,) = page.all("ul", **{"class": "numbers"})
    return [" ".join("".join(one.itertext()).split()) for one in shown]


def ago(app: Flask, days: int) -> None:
    """Let every call of a number have been so many days ago."""
    day = {"day": str(date.today() - timedelta(days=days))}
    app.extensions["database"].write(
        lambda db: db.execute(text("UPDATE numbers SET checked_on = :day WHERE checked_on IS NOT NULL"), day)
    )


def test_one_tap_says_that_it_was_called_today_and_help_says_it_no_more(
    app: Flask, ana: Desk, esi: Desk, at: str
) -> None:
    assert "Not checked here yet" in line(esi.get(at), "samhsa")
    assert esi.do(f"{at}/check", line="samhsa").location == f"{at}#line-samhsa"
    said = line(esi.get(at), "samhsa")
    assert "Last called on" in said and "by housing staff" in said and "Not checked" not in said
    helped = {said.partition(" Line")[0].partition(" National")[0]: said for said in numbers_on(helps(app, ana, at))}
    assert "Not checked here yet" not in helped["SAMHSA"]
    assert sum("Not checked here yet" in said for said in helped.values()) == 3
    esi.do(f"{at}/uncheck", line="samhsa")
    assert "Not checked here yet" in line(esi.get(at), "samhsa")


def test_an_admin_who_called_it_is_named_by_the_job(gus: Desk, at: str) -> None:
    gus.do(f"{at}/check", line="988")
    assert "by an admin" in line(gus.get(at), "988") and "gus" not in line(gus.get(at), "988").lower()


def test_after_ninety_days_staff_are_asked_to_call_again(app: Flask, esi: Desk, at: str) -> None:
    for key in ("988", "poison-help", "samhsa", "never-use-alone", "safespot", "crisis-text-line"):
        esi.do(f"{at}/check", line=key)
    ago(app, 89)
    assert esi.get("/calendar").find("due") is None and esi.get(at.removesuffix("/numbers")).find("due") is None
    ago(app, 92)
    assert "More than 90 days ago. Call it again." in line(esi.get(at), "988")
    for page in (esi.get("/calendar"), esi.get(at.removesuffix("/numbers"))):
        assert "6 numbers were last called more than 90 days ago" in page.words("due")
        assert at in [one.get("href") for one in page.all("a")]


def test_who_only_reads_the_calendar_is_not_asked_to(ana: Desk, esi: Desk, at: str) -> None:
    assert "4 numbers that nobody here has called yet" in esi.get("/calendar").words("due")
    assert ana.get("/calendar").find("due") is None


def test_a_line_is_switched_off_and_on(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    esi.do(f"{at}/switch", line="safespot", on="no")
    assert "Off here" in line(esi.get(at), "safespot")
    assert not any("SafeSpot" in one for one in numbers_on(helps(app, ana, at)))
    assert any("SafeSpot" in one for one in numbers_on(Phone(app).get("/")))
    esi.do(f"{at}/switch", line="safespot", on="yes")
    assert any("SafeSpot" in one for one in numbers_on(helps(app, ana, at)))


@pytest.mark.parametrize("key", ["911", "988", "poison-help"])
def test_three_are_always_on(app: Flask, esi: Desk, at: str, key: str) -> None:
    assert "Always on" in line(esi.get(at), key) and "Switch it off" not in line(esi.get(at), key)
    before = kept(app)
    assert esi.do(f"{at}/switch", line=key, on="no").errors() == ["Pick from the list."] and kept(app) == before


@pytest.mark.parametrize("act", ["check", "uncheck", "switch"])
def test_a_line_that_there_is_not_is_refused(app: Flask, esi: Desk, at: str, act: str) -> None:
    before = kept(app)
    for key in ("", "no-such-line", "0" * 20, "x" * 500):
        refused = esi.do(f"{at}/{act}", line=key)
        assert (refused.status, refused.errors()) == (422, ["Pick from the list."])
    assert kept(app) == before


def test_nobody_calls_911_to_try_it(esi: Desk, at: str) -> None:
    assert "I called it today" not in line(esi.get(at), "911") and "tel:911" not in esi.get(at).text
    assert esi.do(f"{at}/check", line="911").errors() == ["Pick from the list."]


def test_a_number_of_its_own_stands_in_help_on_the_console_and_on_paper(
    app: Flask, ana: Desk, esi: Desk, at: str
) -> None:
    assert adds(esi, at, **CRISIS).location.startswith(f"{at}#line-")
    page = helps(app, ana, at)
    (own,) = (one for one in numbers_on(page) if "Mobile crisis team" in one)
    told = ["Mobile crisis team", "Not checked here yet", "Two nurses come.", "day and night", "English, Spanish"]
    assert own.replace(" ", "") == "".join([*told, "Call (415) 555-0100"]).replace(" ", "")
    assert "tel:4155550100" in [one.get("href") for one in page.all("a")]
    console = next(one.get("href") for one in ana.get("/lead").all("a") if one.text == "Go in")
    assert "Mobile crisis team" in ana.get(str(console)).words("help")
    assert "Mobile crisis team" in ana.get(f"{console}/screen").words("help")
    sheet = "Mobile crisis team (415) 555-0100, day and night, English, Spanish (Not checked here yet)"
    assert sheet in ana.get(f"{console}/print").words("sheet-help-en")


def test_it_is_printed_before_a_circle_for_the_only_building_or_the_one_asked_for(
    app: Flask, ana: Desk, esi: Desk, at: str
) -> None:
    adds(esi, at, **CRISIS)
    assert "Mobile crisis team" in ana.get("/lead/print").words("sheet-help-en")
    assert "Mobile crisis team" not in ana.get("/lead/print?building=").words("sheet-help-en")
    birch = building(app, "Birch House")[0]
    assert "Mobile crisis team" not in ana.get("/lead/print").words("sheet-help-en")
    assert "Mobile crisis team" not in ana.get(f"/lead/print?building={birch}").words("sheet-help-en")
    assert "Mobile crisis team" in ana.get(f"/lead/print?building={at.split('/')[2]}").words("sheet-help-en")
    assert ana.get(f"/lead/print?building={'0' * 20}").status == 404


def test_it_is_written_anew_and_taken_off(app: Flask, esi: Desk, at: str) -> None:
    number, _ = help_of(app, at.split("/")[2])
    esi.send(esi.get(at), f"{at}/{number}/change", **{f"{number}-name": "County crisis team"})
    assert "County crisis team" in line(esi.get(at), number) and "day and night" in line(esi.get(at), number)
    esi.send(esi.get(at), f"{at}/{number}/take-off")
    assert "County crisis team" not in esi.get(at).words()
    assert esi.do(f"{at}/{number}/take-off").status == 404 and esi.do(f"{at}/{number}/change").status == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Fill this in first."),
        ({"name": "x" * 81}, "Make it shorter."),
        ({"number": "call me"}, "Write it in digits, as a phone dials it, like 415-555-0100."),
        ({"number": "12"}, "Write it in digits, as a phone dials it, like 415-555-0100."),
        ({"note": "x" * 281}, "Make it shorter."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_in_a_new_one_and_in_an_old_one(
    app: Flask, esi: Desk, at: str, typed: dict[str, str], sentence: str
) -> None:
    number, _ = help_of(app, at.split("/")[2])
    before = kept(app)
    for action, prefix in ((f"{at}/add", "number-"), (f"{at}/{number}/change", f"{number}-")):
        fields = {f"{prefix}{name}": words for name, words in (CRISIS | typed).items()}
        back = esi.send(esi.get(at), action, **fields)
        assert (back.status, back.errors()) == (422, [sentence])
        assert back.fields(action)[f"{prefix}hours"] == ["day and night"]
    assert kept(app) == before


def test_markup_in_a_number_is_text(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    adds(esi, at, **(CRISIS | {"name": "<script>alert(1)</script>"}))
    for page in (esi.get(at), helps(app, ana, at)):
        assert "<script>alert" not in page.text and "<script>alert(1)</script>" in page.words()


def test_another_buildings_number_is_not_there(app: Flask, esi: Desk, at: str) -> None:
    number, _ = help_of(app, building(app, "Birch House")[0])
    for act in ("change", "take-off"):
        assert esi.do(f"{at}/{number}/{act}", **{f"{number}-name": "Mine", f"{number}-number": "211"}).status == 404
    assert esi.do(f"{at}/check", line=number).status == 422


def test_in_spanish_our_lines_are_spanish_and_the_buildings_own_as_typed(
    app: Flask, ana: Desk, esi: Desk, at: str
) -> None:
    adds(esi, at, **CRISIS)
    (own,) = (one for one in numbers_on(helps(app, ana, at, "es")) if "Mobile crisis team" in one)
    assert "Aún no revisado aquí" in own and "Llamar" in own

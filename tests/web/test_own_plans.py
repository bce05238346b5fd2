"""Plans of a facilitator's own: listed, copied, changed, brought in from a file, and led from (`facilitator.plans`)."""

import io

import pytest
from flask import Flask

from sessions.library import parts
from tests.web.cast import Browser, Desk, Doors, Ear, Phone, kept, read_doors, rows
from tests.web.pages import Page

FILM = {
    "minutes": "40",
    "name": "Film night",
    "words": "We watch together.",
    "script": "Lights down.\nWho needs a seat?",
}
LITTLE = "title: Quick one\nparts:\n- kind: arrive\n  minutes: 5\n- kind: open\n  minutes: 20\n"


@pytest.fixture
def plan(ana: Desk) -> str:
    """The address of Ana's own plan: a copy of the shipped one of an hour."""
    return copied(ana)


def copied(desk: Desk, key: str = "60") -> str:
    return desk.do("/lead/plans/copy", plan=key).location.partition("#")[0]


def saved(desk: Desk, plan: str, part: str = "4", **typed: str) -> Page:
    return sent(desk, f"{plan}/parts/save", FILM | {"part": part} | typed)


def sent(desk: Desk, path: str, fields: dict[str, str]) -> Page:
    """Press the button of a form with these fields, one of which may be called `script`."""
    return desk.post(path, {"csrf_token": desk.token(), **fields})


def brought(desk: Desk, text: str = "", file: bytes | None = None) -> Page:
    fields: dict[str, object] = {"csrf_token": desk.token(), "text": text}
    fields["file"] = (io.BytesIO(file or b""), "anything.yaml" if file is not None else "")
    return desk.post("/lead/plans/bring-in", fields, content_type="multipart/form-data")


def opened(desk: Desk, plan: str) -> str:
    """A circle with this plan: the address of its console."""
    form = {"title": "Tuesday", "plan": plan.rpartition("/")[2], "appear": "at-once", "pin": ""}
    return desk.do("/lead/circles", **form).location


def test_from_my_circles_to_a_plan_of_my_own(ana: Desk) -> None:
    assert ana.get("/lead").all("a", href="/lead/plans")
    page = ana.get("/lead/plans")
    assert "You have none of your own yet." in page.words() and len(page.items("ours")) == 6
    answer = ana.do("/lead/plans/copy", plan="naloxone")
    assert answer.status == 303
    page = ana.get(answer.location)
    assert "Naloxone training, my way" in page.words() and "5 parts, about 60 min" in page.words()
    assert "Naloxone training, my way" in ana.get("/lead/plans").words("own")


def test_a_part_is_changed_and_its_form_shows_what_it_says(ana: Desk, plan: str) -> None:
    form = ana.get(plan).fields(f"{plan}/parts/save")
    assert form["part"] == ["1"] and form["name"] == ["Arrive"] and "Come as you are." in form["script"][0]
    answer = saved(ana, plan)
    assert (answer.status, answer.location) == (303, f"{plan}#part-4")
    page = ana.get(plan)
    assert "Film night40 min We watch together." in page.words("part-4")
    assert page.find("script-4").text.strip() == FILM["script"]  # type: ignore[union-attr]


def test_parts_are_added_moved_and_taken_out(ana: Desk, plan: str) -> None:
    assert ana.do(f"{plan}/parts", kind="notes").location == f"{plan}#part-7"
    ana.do(f"{plan}/parts/move", part="7", direction="up")
    ana.do(f"{plan}/parts/remove", part="1")
    assert ana.get(plan).ids("parts") == ["part-2", "part-3", "part-4", "part-7", "part-5", "part-6"]


def test_a_plan_that_leaves_the_limits_out_or_goes_on_for_long_says_so(ana: Desk, plan: str) -> None:
    limits, long = "No part of it says the limits and the rules.", "A circle closes itself five hours after it opens"
    assert limits not in ana.get(plan).text and long not in ana.get(plan).text
    ana.do(f"{plan}/parts/remove", part="2")
    for part in ("4", "5"):
        saved(ana, plan, part, minutes="150")
    assert limits in ana.get(plan).words() and long in ana.get(plan).words()


def test_it_is_called_something_else_copied_and_deleted(ana: Desk, plan: str) -> None:
    ana.do(f"{plan}/title", title="Quiet Tuesdays")
    assert "Quiet Tuesdays" in ana.get(plan).words()
    other = copied(ana, plan.rpartition("/")[2])
    assert "Quiet Tuesdays 2" in ana.get(other).words()
    assert ana.do(f"{plan}/remove").location == "/lead/plans"
    assert ana.get(plan).status == 404 and ana.get(other).status == 200


@pytest.mark.parametrize(
    ("act", "typed", "field", "sentence"),
    [
        ("parts/save", {**FILM, "part": "4", "minutes": "999"}, "minutes-4", "Use whole minutes, 1 to 180."),
        ("parts/save", {**FILM, "part": "4", "name": "x" * 61}, "name-4", "Shorten it by 1 character."),
        ("parts/save", {**FILM, "part": "4", "words": "x" * 162}, "words-4", "Shorten it by 2 characters."),
        ("parts/save", {**FILM, "part": "4", "script": "x\n" * 31}, "script-4", "Use at most 30 lines."),
        ("title", {"title": " "}, "title", "Fill this in first."),
        ("title", {"title": "x" * 81}, "title", "Shorten it by 1 character."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_all_that_was_typed_is_kept(
    app: Flask, ana: Desk, plan: str, act: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    before = kept(app)
    page = sent(ana, f"{plan}/{act}", typed)
    assert (page.status, page.errors()) == (422, [sentence])
    box = page.find(field)
    assert box is not None and box.attrib["aria-describedby"] == "wrong"
    for name in typed.keys() - {"part"}:
        seen = page.find(f"{name}-4" if "part" in typed else name)
        assert seen is not None and (seen.attrib.get("value") or (seen.text or "").strip("\n")) == typed[name].strip(
            "\n"
        )
    assert kept(app) == before


@pytest.mark.parametrize(
    ("act", "typed", "sentence"),
    [
        ("parts", {}, "Pick from the list."),
        ("parts", {"kind": "party"}, "Pick from the list."),
        ("parts/move", {"part": "4", "direction": "left"}, "That part is not in the plan. Pick one from the list."),
        ("parts/remove", {"part": "9"}, "That part is not in the plan. Pick one from the list."),
    ],
)
def test_what_no_page_of_ours_sends_is_refused_in_words(
    app: Flask, ana: Desk, plan: str, act: str, typed: dict[str, str], sentence: str
) -> None:
    before = kept(app)
    page = sent(ana, f"{plan}/{act}", typed)
    assert (page.status, page.errors()) == (422, [sentence]) and kept(app) == before


def test_a_field_that_came_twice_is_refused(app: Flask, ana: Desk, plan: str) -> None:
    before = kept(app)
    twice = {"csrf_token": ana.token(), "title": ["one", "two"]}
    assert ana.post(f"{plan}/title", twice).errors() == ["Send it again."]
    assert ana.post("/lead/plans/copy", {"csrf_token": ana.token(), "plan": ["60", "90"]}).errors() == [
        "Send it again."
    ]
    files = {"csrf_token": ana.token(), "file": [(io.BytesIO(b"a"), "a"), (io.BytesIO(b"b"), "b")]}
    page = ana.post("/lead/plans/bring-in", files, content_type="multipart/form-data")
    assert page.errors() == ["Send it again."] and kept(app) == before


def test_the_last_part_and_the_twenty_first_plan_are_refused(ana: Desk, plan: str) -> None:
    for part in "12345":
        ana.do(f"{plan}/parts/remove", part=part)
    assert ana.do(f"{plan}/parts/remove", part="6").errors() == ["A plan needs at least one part."]
    for _ in range(19):
        copied(ana)
    for page in (ana.do("/lead/plans/copy", plan="60"), brought(ana, LITTLE)):
        assert page.errors() == ["20 plans are the most. Delete one first."]
    assert page.fields("/lead/plans/bring-in")["text"] == [LITTLE]


def test_a_plan_goes_out_as_a_file_and_comes_back_the_same(app: Flask, ana: Desk, fay: Desk, plan: str) -> None:
    saved(ana, plan)
    file = ana.get(f"{plan}/file")
    assert file.headers["Content-Type"] == "application/yaml; charset=utf-8"
    assert file.headers["Content-Disposition"] == "attachment; filename=plan.yaml"
    assert file.text.startswith("# A plan for a circle.") and "# kind: what the page shows" in file.text
    for page in (brought(fay, file=file.text.encode()), brought(fay, text=file.text.replace("\n", "\r\n"))):
        assert page.status == 303
    sheets = [sheet for *_, sheet in kept(app)["own_plans"]]
    assert len(sheets) == 3 and len(set(sheets)) == 1


def test_a_file_in_the_readers_language_comes_back_as_ours(app: Flask, ana: Desk, plan: str) -> None:
    ana.keep_cookie("language", "es")
    file = ana.get(f"{plan}/file")
    assert "name: Llegada" in file.text and "# Un plan" in file.text
    brought(ana, file.text)
    sheets = [sheet for *_, sheet in kept(app)["own_plans"]]
    assert len(set(sheets)) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing in it yet."),
        ("x" * 65_537, None),
        ("title: x\nparts:\n\t- kind: open", "Line 3: There is a tab. Use spaces instead."),
        (f"{LITTLE}  name: Film: the end\n", "Line 7: Put quotes around words that have a colon in them."),
        (f"{LITTLE}  colour: red\n", "Line 7: “colour” has no place here. Look at how a file from here spells it."),
        (f"{LITTLE}- kind: open\n  minutes: soon\n", "Line 8: Use whole minutes, 1 to 180."),
        (f"{LITTLE}  words: {'x' * 170}\n", "Line 7: Shorten it by 10 characters."),
        ("title: x\nparts:\n- kind: <b>\n  minutes: 5", "Line 3: There is no kind “<b>”."),
        ("title: *a\n", "Line 1: Put quotes around words that begin with one of these: & * !"),
    ],
)
def test_a_file_that_is_no_plan_is_told_with_its_line_and_kept_to_be_mended(
    app: Flask, ana: Desk, text: str, sentence: str | None
) -> None:
    before = kept(app)
    page = brought(ana, text)
    if sentence is None:
        assert page.status == 413
    else:
        (said,) = page.errors()
        assert page.status == 422 and said.startswith(sentence)
        assert page.fields("/lead/plans/bring-in")["text"] == [text]
        from_file = brought(ana, "something else", file=text.encode())
        assert not text or from_file.fields("/lead/plans/bring-in")["text"] == [text]
    assert kept(app) == before


def test_a_file_of_other_letters_is_told(ana: Desk) -> None:
    page = brought(ana, file="title: Niño".encode("latin-1"))
    assert page.errors() == ["Line 1: There are letters here that can't be read. Save the file as UTF-8 text."]


def test_every_refusal_of_a_file_has_its_sentence(app: Flask) -> None:
    from facilitator.plan_files import file_sentence
    from sessions.plan_file import FileRefused

    reasons = ["unread", "tab", "colon", "sign", "letters", "special", "second", "pairs", "list", "text", "unknown"]
    reasons += ["twice", "lacks", "kind", "title", "long", "lines", "minutes", "last", "many", "full", "empty"]
    with app.test_request_context():
        said = {file_sentence(FileRefused(reason, 3, "words", 2)) for reason in reasons}
    assert len(said) == len(reasons)


def test_a_circle_is_opened_with_it_and_says_its_words_everywhere(app: Flask, ana: Desk, plan: str) -> None:
    saved(ana, plan)
    assert "60 minutes, my way" in ana.get("/lead").words()
    console = opened(ana, plan)
    assert 90 in next(iter(kept(app)["circles"])), "78 minutes count as an hour and a half"
    code = read_doors(app, console.rpartition("/")[2]).code
    ben = Phone(app).join(code)
    bens, anas = Ear(ben), Ear(ana, console.rpartition("/")[2])
    ana.do(f"{console}/parts/start", part="4")
    page = ana.get(console)
    assert "now: Film night" in page.words("plan") and page.words("open-head") == "Film night We watch together."
    assert "Lights down.Who needs a seat?" in page.words("now")
    assert "Film night We watch together." in ben.here().words("now") and "Lights down" not in ben.here().text
    shown = ana.get(f"{console}/screen")
    assert "Film night We watch together." in shown.words("state")
    assert "Film night" in bens.ops()[0][2] and "Film night" in str(anas.ops())
    cleo = Phone(app, "es").join(code)
    assert "Film night" in cleo.here().words("now")
    ana.do(f"{console}/parts/start", part="3")
    assert parts("es")["check-in"].name in cleo.here().words("now")
    assert ana.get(console).words("open-head") == "Open circle"


def test_while_people_arrive_the_big_screen_says_its_words(ana: Desk, plan: str) -> None:
    saved(ana, plan, "1", words="Soup is on.")
    shown = ana.get(f"{opened(ana, plan)}/screen").words("state")
    assert "Soup is on." in shown and "Come as you are." not in shown


def test_a_plan_that_was_deleted_meanwhile_opens_nothing(app: Flask, ana: Desk, plan: str) -> None:
    form = ana.get("/lead").fields("/lead/circles") | {"title": "Tuesday", "plan": plan.rpartition("/")[2]}
    ana.do(f"{plan}/remove")
    page = ana.post("/lead/circles", form)
    assert page.errors() == ["Pick from the list."] and rows(app, "circles") == 0


def test_what_was_changed_in_a_circle_is_kept_for_next_time(ana: Desk, circle: Doors) -> None:
    ana.do(f"{circle.console}/parts/minutes", part="4", minutes="33")
    assert ana.do(f"{circle.console}/parts/keep", script=True, title="With more time").status == 204
    (link,) = [one for one in ana.get("/lead/plans").all("a") if one.get("aria-label") == "Change With more time"]
    assert "33 min" in ana.get(link.attrib["href"]).words("part-4")
    page = ana.do(f"{circle.console}/parts/keep", script=True, title="")
    assert (page.status, page.words()) == (422, "Fill this in first.")


def test_the_run_sheet_is_the_circles_own_plan_as_it_is_by_now(ana: Desk, plan: str) -> None:
    saved(ana, plan)
    console = opened(ana, plan)
    ana.do(f"{console}/parts/minutes", part="5", minutes="17")
    sheet = ana.get(f"{console}/print").words("sheet-plan")
    assert "Film night40 Lights down.Who needs a seat?" in sheet and "Learn together17" in sheet
    assert "About 83 minutes." in sheet and "Say who pays you and what you must report." in sheet


def test_without_a_circle_any_plan_of_mine_is_printed(ana: Desk, fay: Desk, plan: str) -> None:
    saved(ana, plan)
    mine = plan.rpartition("/")[2]
    assert "Check-in10" in ana.get("/lead/print").words("sheet-plan")
    assert "Remembering40" in ana.get("/lead/print?plan=remembrance").words("sheet-plan")
    page = ana.get(f"/lead/print?plan={mine}&language=es")
    assert "Film night40" in page.words("sheet-plan") and "Llegada5" in page.words("sheet-plan")
    assert page.fields("")["plan"] == [mine]
    for asked in (mine, "nothing"):
        assert fay.get(f"/lead/print?plan={asked}").status == 404


ACTS: dict[str, dict[str, str]] = {
    "title": {"title": "x"},
    "parts": {"kind": "open"},
    "parts/save": {**FILM, "part": "1"},
    "parts/move": {"part": "1", "direction": "down"},
    "parts/remove": {"part": "1"},
    "remove": {},
}


def test_nobody_else_sees_or_changes_it(
    app: Flask, ana: Desk, plan: str, fay: Desk, esi: Desk, gus: Desk, stranger: Phone, ben: Phone
) -> None:
    before, key = kept(app), plan.rpartition("/")[2]
    for person in (fay, esi, gus, stranger, ben):
        assert person.get(plan).status == person.get(f"{plan}/file").status == 404
    for desk in (fay, esi, gus):
        assert [sent(desk, f"{plan}/{act}", typed).status for act, typed in ACTS.items()] == [404] * len(ACTS)
    assert fay.do("/lead/plans/copy", plan=key).errors() == ["Pick from the list."]
    assert key not in fay.get("/lead/plans").text and key not in fay.get("/lead").text
    assert fay.do("/lead/circles", title="x", plan=key, appear="at-once", pin="").errors() == ["Pick from the list."]
    for page in (esi.get("/lead/plans"), gus.get("/lead/plans"), stranger.get("/lead/plans"), Browser(app).get(plan)):
        assert page.status == 404
    assert kept(app, "sign_ins") == {name: held for name, held in before.items() if name != "sign_ins"}

"""What a leader changes for everybody: writing paused, shares at once, doors shut, another code."""

from collections.abc import Callable

from flask import Flask

from tests.web.cast import Desk, Doors, Ear, Phone, key, read_doors

Listen = Callable[..., Ear]

PAUSED = "The leader has paused writing for a moment. What you typed is kept."
WRONG_CODE = "That code does not open anything now. Look again, or ask the leader."


def test_paused_a_share_is_refused_and_its_text_kept(ana: Desk, circle: Doors, ben: Phone, listen: Listen) -> None:
    ear = listen(ben)
    assert ana.do(f"{circle.console}/pause").status == 303
    assert [op[:2] for op in ear.ops()] == [["replace", "box-check-in"], ["replace", "box-note"]]
    for kind, path in (("check-in", "/here/check-ins"), ("note", "/here/notes")):
        assert PAUSED in ben.here().words(f"box-{kind}")
        refused = ben.send(ben.here(), path, text="half a story")
        assert (refused.status, refused.errors()) == (422, [PAUSED])
        assert refused.fields(path)["text"] == ["half a story"]
        assert ben.send(ben.here(), path, text="half a story", script=True).errors() == [PAUSED]
    assert ben.here().said("checkins") == ben.here().said("notes") == []
    spoken = ana.do(f"{circle.console}/in-the-room", text="spoken", key=key(), script=True)
    assert (spoken.status, spoken.errors()) == (422, [PAUSED])
    ana.do(f"{circle.console}/resume", script=True)
    assert PAUSED not in ben.here().text
    ben.note("half a story")
    assert ben.here().said("notes") == ["half a story"]


def test_how_shares_appear_is_changed_for_everybody(app: Flask, ana: Desk, listen: Listen) -> None:
    circle = ana.open()
    ben, cleo = Phone(app).join(circle.code), Phone(app).join(circle.code)
    ben.note("one")
    cleo.note("two")
    assert "Goes up with others" in ben.here().words("box-note") and ben.here().said("notes") == []
    ear = listen(ben)
    ana.send(ana.get(circle.console), f"{circle.console}/appear", appear="at-once")
    (push,) = ear.heard()
    assert [op[:2] for op in push["ops"]] == [
        *[["append", "notes"]] * 2,
        ["replace", "box-check-in"],
        ["replace", "box-note"],
    ]
    assert set(ben.here().said("notes")) == {"one", "two"}
    assert "Goes up at once" in ben.here().words("box-note")
    before = ben.here().data("v")
    ana.send(ana.get(circle.console), f"{circle.console}/appear", appear="sideways")
    assert ben.here().data("v") == before


def test_shut_doors_answer_like_a_wrong_code(app: Flask, ana: Desk, circle: Doors, ben: Phone) -> None:
    waiting, late = Phone(app), Phone(app)
    waiting.knock(circle.code)
    ana.do(f"{circle.console}/shut")
    for word in (circle.code, circle.link, "111 222 333"):
        answer = late.knock(word)
        assert (answer.status, answer.errors()) == (422, [WRONG_CODE])
    assert waiting.get("/join").location == "/"
    assert waiting.post("/join", {"csrf_token": "x"}).status in (303, 403)
    ben.note("who is in stays in")
    assert ben.here().said("notes") == ["who is in stays in"]
    assert "The doors are shut." in ana.get(circle.console).words("doors")
    ana.do(f"{circle.console}/unshut")
    assert late.join(circle.code).here().status == 200


def test_a_changed_code_kills_the_old_one_and_its_tickets(app: Flask, ana: Desk, circle: Doors, listen: Listen) -> None:
    waiting = Phone(app)
    waiting.knock(circle.code)
    page = waiting.get("/join")
    leads = listen(ana, circle.id)
    ana.do(f"{circle.console}/change-code", script=True)
    after = read_doors(app, circle.id)
    (op,) = leads.ops()
    assert op[:2] == ["replace", "doors"] and after.code[:3] in op[2] and circle.code[3:6] + " " not in op[2]
    assert waiting.get("/join").location == "/"
    assert waiting.send(page, "/join").location == "/"
    for word in (circle.code, circle.link):
        assert Phone(app).knock(word).errors() == [WRONG_CODE]
    assert Phone(app).join(after.code) and Phone(app).join(after.link)


def test_the_console_has_each_of_these_without_scripts(ana: Desk, circle: Doors) -> None:
    for act, gone in (("pause", "resume"), ("shut", "unshut")):
        page = ana.get(circle.console)
        assert f"{circle.console}/{gone}" not in page.actions()
        assert ana.send(page, f"{circle.console}/{act}").status == 303
        assert ana.send(ana.get(circle.console), f"{circle.console}/{gone}").status == 303
    assert ana.send(ana.get(circle.console), f"{circle.console}/change-code").status == 303
    assert "How many heads do you count?" in ana.get(circle.console).text


def test_a_covered_console_changes_none_of_it(ana: Desk, circle: Doors, ben: Phone) -> None:
    ana.do(f"{circle.console}/blank")
    for act in ("pause", "shut", "change-code", "appear", "hands"):
        assert ana.do(f"{circle.console}/{act}", appear="handfuls", text="x").status == 404
    assert read_doors(ana.app, circle.id) == circle

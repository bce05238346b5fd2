"""A field that holds one thing and comes twice: refused beside its form, whichever form it is, and nothing changes."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from sessions import invitations, sign_ins
from sessions.permissions import HOUSING
from tests.web.cast import Browser, Desk, Doors, Phone, find_id, kept, key
from tests.web.pages import Page
from tests.web.planning import building, help_of, own_tag

MAY_COME_OFTEN = {"tags", "share", "languages"}
SENTENCE = {422: "Send it again.", 403: "This page was open too long."}


@pytest.fixture
def pages(app: Flask, circle: Doors, ana: Desk, gus: Desk, ben: Phone) -> dict[str, tuple[Browser, Page]]:
    """Pages whose forms anybody posts, and who has them open. Each of them is as the tests of this file find it."""
    link = app.extensions["database"].write(invitations.invite, find_id(app, "gus@example.org"), HOUSING)
    covered, closed, stranger = ana.open("Covered", pin="582904"), ana.open("Closed"), Phone(app)
    ana.do(f"{covered.console}/blank")
    ana.do(f"{closed.console}/close")
    ben.share("here before", kind="notes")
    stranger.knock(circle.code)
    own = ["/lead", circle.console, covered.console, closed.console]
    own += ["/staff/account", "/staff/account/passphrase", "/staff/account/second-step"]
    theirs = ["/people", f"/people/{find_id(app, 'ana@example.org')}", "/host"]
    hazel, _ = building(app)
    help_of(app, hazel)
    own_tag(app, hazel)
    theirs += [f"/buildings/{hazel}/{page}" for page in ("own-words", "numbers", "naloxone", "cards", "tags", "rules")]
    opened = [(ana, path) for path in own] + [(gus, path) for path in theirs] + [(ben, "/here")]
    opened += [(stranger, path) for path in ("/", "/join", "/staff/sign-in", f"/staff/invited/{link}")]
    return {path: (person, person.get(path)) for person, path in opened}


def test_a_field_that_comes_twice_is_refused_beside_its_form(
    app: Flask, pages: dict[str, tuple[Browser, Page]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_ins, "SEEN_EVERY_SECONDS", 3600)  # a slow machine's last-seen is no change of theirs
    before = kept(app)
    tried = {doubled for person, page in pages.values() for doubled in sent_twice(app, person, page, before)}
    assert {"text", "key", "words", "direction", "pin", "passphrase", "code", "language", "shared", "title"} <= tried
    assert {"email", "old", "role", "name", "run_by", "csrf_token"} <= tried
    assert {"building", "landlord", "number-name", "line", "spot-place", "card", "tag-shape", "rule"} <= tried


def sent_twice(app: Flask, person: Browser, page: Page, before: dict[str, list[tuple[Any, ...]]]) -> Iterator[str]:
    """Send every form of this page with each of its fields twice, and tell which they were. After each of them all
    is as it was `before`.
    """
    assert page.status == 200
    # The console's forms stand in partials that are the same for everybody; its script adds the token of the page.
    of_page = {"csrf_token": page.data("csrf")} if "data-csrf" in page.text else {}
    for form in page.all("form", method="post"):
        action = form.attrib.get("action") or page.path
        if action == "/here":  # a form that scripts fill in and give an action: it can't be sent as it is
            continue
        fields = of_page | {
            one.attrib["name"]: one.attrib.get("value", "") for one in form.iter() if one.attrib.get("name")
        }
        for name in fields.keys() - MAY_COME_OFTEN - unread(action):
            answer = person.post(action, fields | {name: [fields[name] or key()] * 2})
            assert answer.status == (403 if name == "csrf_token" else 422), (action, name)
            assert SENTENCE[answer.status] in answer.text, (action, name)
            assert kept(app) == before, (action, name)
            yield name


def unread(action: str) -> set[str]:
    """The field that nobody reads where a post needs no token."""
    return {"csrf_token"} if action in ("/here/leave", "/here/goodbye", "/door", "/language", "/forgotten") else set()


def test_what_was_typed_stays_and_the_next_good_one_is_kept(ben: Phone, cleo: Phone) -> None:
    good = {"csrf_token": ben.token(), "key": key(), "tags": ["set:sleep", "drug:mixing"]}
    refused = ben.post("/here/notes", good | {"text": ["half said", "something else"]})
    assert refused.status == 422 and len(refused.errors()) == 1
    assert refused.fields("/here/notes")["text"] == ["half said"]
    assert cleo.here().items("notes") == []
    assert ben.send(refused, "/here/notes").status == 303
    assert cleo.here().said("notes") == ["half said"]


def test_a_right_code_that_comes_twice_opens_nothing(circle: Doors, stranger: Phone) -> None:
    assert stranger.post("/door", {"code": [circle.code, circle.code]}).status == 422
    assert stranger.cookie("door") is None
    assert stranger.knock(circle.code).location == "/join"

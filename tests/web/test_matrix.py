"""Every address, every method, every kind of person, while the circle is open, closed and erased.

What may happen is read from the registry and the table of permissions alone. A route nobody declared, or a cell nobody
walked, fails.
"""

import itertools
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from werkzeug.routing import Rule

from facilitator.registry import ROUTES, WITHOUT_A_TOKEN
from sessions import accounts, invitations, roster, sign_ins
from sessions.circle import leaders
from sessions.circle.vault import Vault
from sessions.permissions import ADMIN, FACILITATOR, HOUSING, MEMBER, NEW_ADMIN, STRANGER, may
from sessions.schedule import feeds, group_rules, learn, listing
from tests.web.cast import Browser, Desk, Doors, Phone, account, desk, find_id, kept, key
from tests.web.pages import Page
from tests.web.planning import Group, group, help_of, own_card, own_tag, place_of

SOME = 2
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
PEOPLE = {"stranger": STRANGER, "ben": MEMBER, "dov": MEMBER, "ana": FACILITATOR, "fay": FACILITATOR}
PEOPLE |= {"ruth": FACILITATOR, "lea": FACILITATOR}
PEOPLE |= {"esi": HOUSING, "gus": ADMIN, "ida": NEW_ADMIN, "jon": STRANGER, "kim": STRANGER}
"""Ruth leads Ana's circle along; Lea did, and does no longer. Jon was in it and has left; Kim led circles, and her
account is off. Both still have their cookies."""
LEAD_IT = ("ana", "ruth")
OWN_PAGES = ("lead.index", "account.page", "host.page", "people.index")  # where somebody not signed in is asked to
OWN_PAGES += ("calendar.today", "buildings.index", "heads.index")
WAYS = {"/": "door", "/staff/sign-in": "sign in"}
WORDS = "words of the circle"


class World(NamedTuple):
    """Ana's circle in one state, with Ben in it and Ruth leading along; Dov is in Fay's, at whose door everybody has
    knocked.

    What an admin reaches is Esi's account, and there is an invitation that nobody has used.
    """

    app: Flask
    circle: Doors
    share: str
    rule: str
    hand: str
    theme: str
    plan: str
    suggestion: str
    held: str
    group: Group
    number: str
    spot: str
    own_card: str
    place: str
    tag: str
    account: str
    leader: str
    invitation: str
    feed: str
    people: dict[str, Browser]
    tokens: dict[str, str]
    mark: str

    def path(self, rule: Rule) -> str:
        """The address of this rule, for what is in Ana's circle."""
        values = {"circle_id": self.circle.id, "share_id": self.share, "rule_id": self.rule, "account_id": self.account}
        values |= {"hand_id": self.hand, "theme_id": self.theme, "plan_id": self.plan, "leader_id": self.leader}
        values |= {"suggestion_id": self.suggestion, "held_id": self.held, "card": "naloxone"}
        values |= {"hand_id": self.hand, "closure_id": self.group.closure_id, "room_id": self.group.room_id}
        values |= {"building_id": self.group.building_id, "series_id": self.group.series_id, "day": self.group.day}
        values |= {"number_id": self.number, "spot_id": self.spot, "card_id": self.own_card, "lesson": "1"}
        values |= {"place_id": self.place, "tag_id": self.tag}
        tokens = {"staff.invited": self.invitation, "feeds.read": self.feed}
        values |= {
            "page_name": "hazel-house",
            "token": tokens.get(rule.endpoint, "a-token"),
            "mark": self.mark,
            "name": "css/base.css",
        }
        with self.app.test_request_context(base_url=self.app.config["ADDRESS"]):
            return self.app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})

    def browser(self, name: str, app: Flask) -> Browser:
        """A browser of this person, with the cookies they came with, on a world just like this one."""
        fresh = Browser(app)
        for cookie in ("circle", "staff", "door"):
            if value := self.people[name].cookie(cookie):
                fresh.keep_cookie(cookie, value)
        return fresh

    def tells(self, page: Page) -> bool:
        """Whether this page holds what nobody but Ben, Ana and Ruth may be told."""
        ids = (self.share, self.rule, self.hand, self.theme, self.plan, self.suggestion, self.held)
        return any(secret in page.text for secret in (*self.circle, WORDS, "Ana's circle", *ids))


@pytest.fixture(params=["open", "closed", "erased"])
def state(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def world(app: Flask, state: str) -> World:
    ana, fay = desk(app, "ana"), desk(app, "fay")
    circle, other = ana.open("Ana's circle", "at-once"), fay.open("Fay's circle", "at-once")
    ben, dov = Phone(app).join(circle.code), Phone(app).join(other.code)
    ben.share(WORDS)
    dov.share("words of another circle")
    ben.send(ben.here(), "/here/hand", text=WORDS)
    ben.send(ben.here(), "/here/suggestions#rules-page", text=WORDS)
    ana.send(ana.get("/lead/after"), "/lead/after/told", heads="7")
    people = {"stranger": Phone(app), "ben": ben, "dov": dov, "ana": ana, "fay": fay}
    people |= {"esi": desk(app, "esi", HOUSING), "gus": desk(app, "gus", ADMIN), "kim": desk(app, "kim")}
    people |= {"ruth": desk(app, "ruth"), "lea": desk(app, "lea")}
    for name in ("ruth", "lea"):
        leads_along(app, circle, name)
    ana.do(f"{circle.console}/leaders/{find_id(app, 'lea@example.org')}/end")
    people |= {"ida": Desk(app), "jon": Phone(app).join(circle.code)}
    account(app, "ida@example.org", ADMIN)
    people["ida"].sign_in("ida@example.org")
    tokens = {name: people[name].token() for name in PEOPLE if name != "stranger"} | {"stranger": "x"}
    esi_id, gus_id, kim_id = (find_id(app, f"{name}@example.org") for name in ("esi", "gus", "kim"))
    invitation = app.extensions["database"].write(invitations.invite, gus_id, HOUSING)
    app.extensions["database"].write(roster.disable, gus_id, kim_id)
    seat = people["jon"].cookie("circle")
    people["jon"].post("/here/leave")
    people["jon"].keep_cookie("circle", seat)
    share, rule = ben.here().mine[0], ana.get(circle.console).ids("rules")[0].removeprefix("rule-")
    (hand,) = (
        one.get("id", "").removeprefix("hand-") for one in ana.get(circle.console).all("li", **{"class": "raised"})
    )
    plan = ana.do("/lead/plans/copy", plan="60").location.rpartition("/")[2]
    ana.do(f"{circle.console}/themes", group="set", words=WORDS, key=key())
    (theme,) = (one.get("id", "").removeprefix("pin-") for one in ana.get(circle.console).all("li", **{"class": "row"}))
    ((suggestion, *_),), ((told, *_),) = kept(app)["suggestions"], kept(app)["held"]
    for person in people.values():
        person.post("/door", {"code": other.code})
    for action in {"open": [], "closed": ["close"], "erased": ["close", "erase"]}[state]:
        ana.do(f"{circle.console}/{action}")
    leader, tea = find_id(app, "ruth@example.org"), group(app, leader="ana@example.org")
    app.extensions["database"].write(listing.list_building, esi_id, tea.building_id, True)
    app.extensions["database"].write(learn.switch, esi_id, tea.building_id, True)
    app.extensions["database"].write(group_rules.keep, tea.series_id, [("", WORDS)])
    feed = app.extensions["database"].write(feeds.make, esi_id, feeds.BUILDING, tea.building_id)
    ids = (share, rule, hand, theme, plan, suggestion, told, tea, *help_of(app, tea.building_id))
    ids += (own_card(app, tea.building_id), place_of(app, tea.building_id), own_tag(app, tea.building_id))
    ids += (esi_id, leader, invitation, feed)
    mark = Browser(app).file("base.css").split("/")[2]
    return World(app, circle, *ids, people, tokens, mark)


def leads_along(app: Flask, circle: Doors, name: str) -> None:
    """Let a colleague lead Ana's circle along."""
    write, door_key = app.extensions["database"].write, app.config["DOOR_KEY"]
    somebody = find_id(app, f"{name}@example.org")
    write(accounts.introduce, somebody, name.title(), "The county", "A child being hurt")
    code = write(leaders.invite, door_key, find_id(app, "ana@example.org"), circle.id)
    write(leaders.lead_along, door_key, somebody, code)


@pytest.fixture
def again(world: World, make_app: Callable[..., Flask], tmp_path: Path) -> Callable[[], Flask]:
    """Brings a second house into the state of this world, for a cell that changes it. Each time anew."""
    first, scratch = tmp_path / "house", tmp_path / "scratch"
    world.app.extensions["database"].tidy()
    shutil.copytree(first, scratch)
    app = make_app("scratch")

    def restore() -> Flask:
        with (
            closing(sqlite3.connect(first / "data/circle.db")) as kept,
            closing(sqlite3.connect(scratch / "data/circle.db")) as changed,
        ):
            kept.backup(changed)
        shutil.copytree(first / "keys", scratch / "keys", dirs_exist_ok=True)
        app.extensions["vault"] = Vault(scratch / "keys")
        return app

    return restore


def expected(rule: Rule | None, method: str, name: str, state: str) -> str:
    """What the registry says of one cell: allowed, 404, the door, or the page to sign in."""
    if rule is None:
        return "404"
    # A member is one for as long as the circle is there.
    role = STRANGER if name == "ben" and state == "erased" else PEOPLE[name]
    if may(role, ROUTES[rule.endpoint]):
        somebody_elses = "circle_id" in rule.arguments and (name not in LEAD_IT or state == "erased")
        somebody_elses = somebody_elses or ("plan_id" in rule.arguments and name != "ana")
        not_mine = "share_id" in rule.arguments and "circle_id" not in rule.arguments and name != "ben"
        not_mine |= "held_id" in rule.arguments and name != "ana"
        # There are accounts already; and the share is Ben's own, which is not for him to hear while it stands.
        never = rule.endpoint == "staff.first" or (state == "open" and rule.endpoint in ("here.hear", "here.unhear"))
        of_who_leads_it = ("duty.open_gathering", "duty.choose_plan", "duty.take_back_rules")
        never = never or (rule.endpoint in of_who_leads_it and name != "ana")  # and nobody else
        never = never or rule.endpoint == "status.monitor"  # no token is set
        never = never or rule.endpoint == "duty.give_back_cover"  # nobody leads a date there for somebody
        # Which methods there are is told before it is known whose share, or which link, is meant.
        return "404" if somebody_elses or ((not_mine or never) and method != "OPTIONS") else "allowed"
    if ROUTES[rule.endpoint] == "take part":
        return "door"
    return "sign in" if rule.endpoint in OWN_PAGES and role in (STRANGER, MEMBER) else "404"


def happened(page: Page, acts: bool) -> str:
    """What did happen, in the same words. Signing out leads to the page to sign in, too."""
    if page.location in WAYS and not (acts and WAYS[page.location] == "sign in"):
        return WAYS[page.location]
    return "allowed" if page.status in (200, 204, 303, 422) else str(page.status)


def token_for(rule: Rule, browser: Browser, own: str) -> str:
    """The token of the page on which this form stands."""
    pages = {"see the door": ("/join", "/join"), "sign in": ("/staff/sign-in", "")}
    if ROUTES[rule.endpoint] not in pages:
        return own
    page, form = pages[ROUTES[rule.endpoint]]
    return browser.get(page).fields(form)["csrf_token"][0]


def cells(by_path: dict[str, dict[str, Rule]], lot: random.Random) -> Iterator[tuple[str, Rule | None, str, str]]:
    """Every address and method, with everybody. A method that nothing answers is refused before anybody is looked at:
    there it is tried by some, drawn by lot.
    """
    for (path, listed), method in itertools.product(by_path.items(), METHODS):
        for name in PEOPLE if method in listed else lot.sample(sorted(PEOPLE), SOME):
            yield path, listed.get(method), method, name


@pytest.mark.timeout(600)
def test_every_cell(
    world: World,
    state: str,
    again: Callable[[], Flask],
    report: Callable[[str], None],
    held: list[float],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    monkeypatch.setattr(sign_ins, "SEEN_EVERY_SECONDS", 3600)  # a slow machine's last-seen is no change of theirs
    rules = list(world.app.url_map.iter_rules())
    assert {rule.endpoint for rule in rules} == set(ROUTES), "a route is undeclared, or declared and not there"
    by_path: dict[str, dict[str, Rule]] = {}
    for rule in rules:
        by_path.setdefault(world.path(rule), {}).update(dict.fromkeys(rule.methods or (), rule))
    walked, wrong, before = set(), [], kept(world.app)
    for path, there, method, name in cells(by_path, random.Random(seed)):
        told = expected(there, method, name, state)
        acts = method == "POST" and told == "allowed"
        browser = world.browser(name, again() if acts else world.app)
        token = token_for(there, browser, world.tokens[name]) if there and method == "POST" else world.tokens[name]
        needs_token = acts and there and there.endpoint not in WITHOUT_A_TOKEN
        if needs_token and browser.post(path, {}).status != 403:
            wrong.append((path, method, name, "403 without its token", "", ""))
        headers = {"Origin": browser.address, "X-CSRFToken": token}
        page = browser.ask(method, path, headers=headers, data={"direction": "down"} if method == "POST" else None)
        if happened(page, acts) != told or (name not in ("ben", *LEAD_IT) and world.tells(page)):
            wrong.append((path, method, name, told, happened(page, acts), world.tells(page)))
        walked.add((path, method, name))
    assert not wrong
    assert walked >= {
        (world.path(one), method, name) for one in rules for method in one.methods or () for name in PEOPLE
    }
    assert {(path, method) for path, method, _ in walked} == set(itertools.product(by_path, METHODS))
    assert kept(world.app) == before, "something that was refused, or only read, changed a row"
    report(f"{len(walked)} cells, {state}")

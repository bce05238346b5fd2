"""The shape of the house: what is declared, and what there is no place for. What imports what: test_imports."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po
from flask import Flask

from facilitator import create_app
from facilitator.extensions import socketio
from facilitator.logs import PLACES
from facilitator.registry import ROUTES, SOCKET_HOOKS, WITHOUT_A_TOKEN
from sessions import invitations
from sessions.library import FILES, kept
from sessions.library.word_check import FILE as WORD_CHECK
from sessions.models import Base
from sessions.permissions import ABILITIES
from tests.code_map import CODE, ROOT, module
from tests.lists import INVENTORY, WHAT_WE_KEEP, inventory
from tests.web.cast import Ear, Phone, desk, find_id

WEB, RULES = ROOT / "facilitator", ROOT / "sessions"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SERVED = [path for path in (WEB / "static").rglob("*") if path.is_file() and "vendor" not in path.parts]

# The one sentence that may speak of it, as it says that there is none.
ALLOWED_SENTENCE = "There is no clean time, no count of days, no streak: there is no place to put one."
COUNTED = re.compile(
    r"sober|sobri|abstinen|streak|milestone|leaderboard|clean[ _-]?(time|date|day)|days?[ _-]clean|"
    r"(count|number)s?[ _-]of[ _-]days|day[ _-]?count|days[ _-]since|\b(score|badge|rank|ranking)s?\b|\bpoints\b|"
    r"\bracha|\bhitos?\b|d[ií]as (limpi|sin)|tiempo limpi|puntaje|puntuaci|\binsignia",
    re.IGNORECASE,
)
OF_A_PERSON = re.compile(
    r"(^|_)(ip|addr|agent|browser|device|user|author|writer|member|email|phone|time|date|day|at|on|since|created|updated|seen|"
    r"joined|left|order|sequence|number)(_|$)"
)
# The only things that are not escaped. Each was rendered by a template of ours, or by segno.
RENDERED_BY_US = {
    "_wall.html": ["item_of(said, role, seen.circle_id, acts.get(said.id))"],
    "here/circle.html": [
        'part_of("notes", MEMBER, seen, acts)',
        'part_of("now", MEMBER, seen, phone=phone)',
        *(f'part_of("{part}", MEMBER, seen)' for part in ("state", "leaders", "rules", "checkins")),
    ],
    "here/news.html": ["alike"],
    "here/_form.html": ['part_of("box-" ~ kind, MEMBER, seen)'],
    "staff/second_step.html": ["qr"],
    "lead/_doors.html": ["door_qr(seen.door.link)"],
    "screen/_door.html": ["qr"],
    "screen/_state.html": ["door_of(seen.door, 0)"],
    "screen/screen.html": ["screen_of(seen)", "door_of(door, seconds)"],
    "prints/prints.html": ["sheets"],
    "prints/_sheets.html": ["sheet"],
    "cards/sheet.html": ["sheet"],
    "buildings/own_card.html": ["sheet"],
    "learn/ways.html": ["sheet"],
    "whats_on/flyer.html": ["half", "square"],
    "lead/_close.html": ['part_of("close-head", FACILITATOR, seen)'],
    "lead/console.html": [
        'part_of("state", FACILITATOR, seen, with_token=true, wrong=wrong)',
        *(f'part_of("{part}", FACILITATOR, seen, with_token=true)' for part in ("writing", "doors", "hands")),
        *(f'part_of("{part}", FACILITATOR, seen)' for part in ("leaders", "plan", "now", "waiting", "rules")),
        'part_of("card", FACILITATOR, seen)',
        *(f'part_of("{part}", FACILITATOR, seen)' for part in ("checkins", "notes", "suggestions", "themes")),
        *(f'part_of("{part}", FACILITATOR, seen)' for part in ("clearing-check-in", "clearing-note")),
        *(f'part_of("{kind}-head", FACILITATOR, seen)' for kind in ("open", "learn")),
    ],
}


def test_nothing_is_imported_or_run_by_a_name_made_up_on_the_way() -> None:
    """So that what a module imports can be read in it; and nothing that was sent is ever made into an object."""
    by_name = re.compile(
        r"\bimportlib\b|\b__import__\b|\bsys\.modules\b|\b(exec|eval)\(|\b(pickle|marshal|shelve)\b|UnsafeLoader|FullLoader"
    )
    assert [module(path) for path in CODE if by_name.search(path.read_text(encoding="utf-8"))] == []


def test_what_the_log_says_of_where_is_on_its_list() -> None:
    said = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("log_kind"):
                said |= {one.value for one in node.args[2:] if isinstance(one, ast.Constant)}
    assert said and said <= PLACES


def columns() -> Iterator[tuple[str, str]]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            yield table.name, column.name


def strings(path: Path) -> Iterator[str]:
    """Every string in a file that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            yield node.value


def words_of_the_library() -> Iterator[str]:
    def leaves(read: Any) -> Iterator[str]:
        if isinstance(read, dict):
            for name, value in read.items():
                yield str(name)
                yield from leaves(value)
        elif isinstance(read, list):
            for value in read:
                yield from leaves(value)
        else:
            yield str(read)

    for file in set(RULES.rglob("*.yaml")) - {WORD_CHECK}:  # which lists them, so that nobody writes them
        for word in leaves(yaml.safe_load(file.read_text(encoding="utf-8"))):
            if not word.startswith("http"):  # where a source is called so, not us
                yield word


def translations() -> Iterator[str]:
    for file in WEB.rglob("*.po"):
        with file.open("rb") as opened:
            for message in read_po(opened):
                if message.id and message.id != ALLOWED_SENTENCE:
                    yield from message.string if isinstance(message.string, tuple) else (message.string,)


def test_nothing_speaks_of_days_streaks_or_scores() -> None:
    said = {"columns": [f"{table}.{column}" for table, column in columns()]}
    said["templates"] = [path.read_text(encoding="utf-8").replace(ALLOWED_SENTENCE, "") for path in TEMPLATES]
    said["code"] = [word for path in CODE for word in strings(path)]
    said["library"] = list(words_of_the_library())
    said["translations"] = list(translations())
    said["scripts"] = [path.read_text(encoding="utf-8") for path in SERVED if path.suffix == ".js"]
    found = {
        f"{kind}: {match[0]}" for kind, words in said.items() for word in words for match in COUNTED.finditer(word)
    }
    assert found == set()
    assert sum(ALLOWED_SENTENCE in path.read_text(encoding="utf-8") for path in TEMPLATES) == 1


def test_a_circles_rows_have_no_place_for_who_when_or_where() -> None:
    staff = {"accounts", "sign_ins", "recovery_codes", "invitations", "one_use_codes", "acts", "host", "ticks"}
    staff |= {"own_plans", "own_rules", "held"}
    staff |= {"buildings", "rooms", "series", "overrides", "closures"}
    staff |= {"numbers", "naloxone_spots", "cards_off", "group_rules", "feeds", "published"}
    staff |= {"card_words", "own_cards", "own_tags", "building_rules", "places"}
    of_a_circle = [(table, column) for table, column in columns() if table not in staff]
    assert {table for table, _ in of_a_circle} >= {"circles", "seats", "shares", "receipts", "rules"}
    assert [one for one in of_a_circle if OF_A_PERSON.search(one[1])] == []
    for table in Base.metadata.sorted_tables:
        if table.name not in staff:
            assert table.dialect_options["sqlite"]["with_rowid"] is False, "a row number would tell an order"
            assert not any(column.type.python_type.__name__ in ("datetime", "date") for column in table.columns)


def test_every_column_is_in_what_we_could_hand_over() -> None:
    listed = [
        entry.name for group in kept("en") if group.key != FILES for table in group.tables for entry in table.entries
    ]
    assert sorted(listed) == sorted(f"{table}.{column}" for table, column in columns())


def test_the_docs_hold_that_list_as_it_is() -> None:
    assert INVENTORY.findall(WHAT_WE_KEEP.read_text(encoding="utf-8")) == [inventory()], "python3 dev.py lists"


@pytest.fixture
def apps(tmp_path: Path) -> Iterator[Callable[[str], Flask]]:
    """Makes apps, each on folders of its own."""
    made = []

    def make(name: str) -> Flask:
        folder = tmp_path / name
        settings = {"DATA": folder, "KEYS_DIR": tmp_path / f"{name}-keys", "ADDRESS": "http://circle.test"}
        made.append(create_app(settings | {"DATABASE_URL": f"sqlite:///{folder / 'circle.db'}", "LAN": False}))
        return made[-1]

    yield make
    for app in made:
        app.extensions["database"].close()


def test_every_route_is_declared_and_everything_declared_is_a_route(apps: Callable[[str], Flask]) -> None:
    app = apps("one")
    rules = list(app.url_map.iter_rules())
    assert {rule.endpoint for rule in rules} == set(ROUTES)
    assert set(ROUTES.values()) == set(ABILITIES), "an ability nobody needs, or one nobody wrote down"
    assert {name for namespace in socketio.server.handlers.values() for name in namespace} == set(SOCKET_HOOKS)
    assert {ability for abilities in SOCKET_HOOKS.values() for ability in abilities} <= set(ABILITIES)
    # A path says one thing: what changes something is posted, and to an address that is never opened, but for pages
    # that are their own form.
    posts = {rule.endpoint for rule in rules if "POST" in (rule.methods or ())}
    both = {rule.endpoint for rule in rules if {"GET", "POST"} <= (rule.methods or set())}
    assert both == {
        *("staff.sign_in", "staff.first", "staff.invited", "host.page"),
        *("account.page", "account.passphrase", "account.second_step"),
    }
    assert (
        posts
        > WITHOUT_A_TOKEN
        == {
            *("door.knock", "door.language", "door.forgotten"),
            *("here.leave", "here.goodbye"),
        }
    )


def test_every_post_needs_a_token_unless_listed(apps: Callable[[str], Flask]) -> None:
    """Asked of each, as the person it is for, with a good cookie and no token (test_matrix asks everybody)."""
    app = apps("one")
    app.config["FIRST_LINK"] = "first"
    assert Phone(app).post("/staff/first/first", {}).status == 403
    ana, gus = desk(app, "ana"), desk(app, "gus", "admin")
    ana_id, gus_id = (find_id(app, f"{name}@example.org") for name in ("ana", "gus"))
    invitation = app.extensions["database"].write(invitations.invite, gus_id, "housing")
    assert Phone(app).post(f"/staff/invited/{invitation}", {}).status == 403
    circle = ana.open()
    ben = Phone(app).join(circle.code)
    ben.post("/door", {"code": circle.code})
    values = {"circle_id": circle.id, "share_id": "0" * 20, "rule_id": "0" * 20, "account_id": ana_id}
    ids = ("hand_id", "plan_id", "leader_id", "theme_id", "suggestion_id", "held_id")
    ids += (
        "building_id",
        "room_id",
        "series_id",
        "closure_id",
        "number_id",
        "spot_id",
        "card_id",
        "place_id",
        "tag_id",
    )
    values |= dict.fromkeys(ids, "0" * 20) | {"day": "2026-11-03"}
    people = {
        "here": ben,
        "door": ben,
        "lead": ana,
        "plans": ana,
        "staff": ana,
        "account": ana,
        "host": gus,
        "people": gus,
        "buildings": gus,
        "calendar": gus,
        "feeds": gus,
        "duty": ana,
    }
    asked = {}
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint not in {"staff.first", "staff.invited", *WITHOUT_A_TOKEN}:
            with app.test_request_context():
                path = app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
            asked[rule.endpoint] = people[rule.endpoint.partition(".")[0]].post(path, {}).status
    assert len(asked) > 20 and set(asked.values()) == {403}, asked


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_escape_everything_but_what_we_rendered(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    unescaped = re.findall(r"\{\{\s*([^}]*?)\s*\|\s*safe\s*\}\}", text)
    assert sorted(unescaped) == sorted(RENDERED_BY_US.get(str(path.relative_to(WEB / "templates")), []))
    assert len(unescaped) == len(re.findall(r"\|\s*safe\b", text))
    assert not re.search(r"autoescape|Markup|\|\s*(tojson|xmlattr|urlize|striptags)\b", text)


def test_no_code_marks_text_as_safe() -> None:
    assert [module(path) for path in CODE if re.search(r"Markup|render_template_string|\|safe", path.read_text())] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_inline_style_script_or_handler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style\b|\son\w+\s*=|javascript:", text, re.IGNORECASE)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text, re.IGNORECASE)


@pytest.mark.parametrize("path", [*TEMPLATES, *SERVED], ids=lambda path: path.name)
def test_no_address_of_anybody_else_is_in_what_we_serve(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|wss?://|[\"'(]//\w|@import", text)


def test_a_push_through_the_second_app_of_a_process_works(apps: Callable[[str], Flask]) -> None:
    for name in ("one", "two"):
        app = apps(name)
        circle = desk(app, "ana").open(appear="at-once")
        ben, cleo = Phone(app).join(circle.code), Phone(app).join(circle.code)
        ear = Ear(cleo)
        ben.share(f"through {name}")
        assert f"through {name}" in ear.ops()[0][2]
        ear.client.disconnect()

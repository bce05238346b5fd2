"""`flask --app app permissions` prints the whole table: nothing is left out, and nothing is said that is not so."""

import re

from flask import Flask

from facilitator.registry import ROUTES, SOCKET_HOOKS
from sessions.permissions import ABILITIES, EVERYONE, may


def printed(app: Flask) -> list[list[list[str]]]:
    """The two tables, cell by cell."""
    result = app.test_cli_runner().invoke(args=["permissions"])
    assert result.exit_code == 0
    tables = result.output.rstrip("\n").split("\n\n")
    return [[re.split(r" {2,}", line) for line in table.splitlines()] for table in tables]


def test_it_says_of_every_role_and_ability_what_the_data_says(app: Flask) -> None:
    (head, *rows), _ = printed(app)
    assert set(head[1:]) == EVERYONE and [row[0] for row in rows] == list(ABILITIES)
    said = {(row[0], role): cell for row in rows for role, cell in zip(head[1:], row[1:], strict=True)}
    assert said == {(what, who): "yes" if may(who, what) else "-" for what in ABILITIES for who in EVERYONE}


def test_it_says_of_every_route_and_hook_what_it_needs(app: Flask) -> None:
    _, (head, *rows) = printed(app)
    assert head == ["route", "ability"]
    hooks = {f"socket: {name}": " or ".join(abilities) for name, abilities in SOCKET_HOOKS.items()}
    assert dict(rows) == ROUTES | hooks


def test_its_columns_stand_under_each_other(app: Flask) -> None:
    lines = app.test_cli_runner().invoke(args=["permissions"]).output.split("\n\n")[0].splitlines()
    starts = [lines[0].index(role) for role in re.split(r" {2,}", lines[0])[1:]]
    assert len(starts) == len(EVERYONE)
    assert all(line[start - 1] == " " and line[start] in "y-" for line in lines[1:] for start in starts)

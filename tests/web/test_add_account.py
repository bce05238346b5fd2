"""`flask --app app add-account`."""

import pytest
from click.testing import Result
from flask import Flask

from tests.web.cast import PASSPHRASE, Desk, rows


def typed(app: Flask, *arguments: str, stdin: str = PASSPHRASE + "\n") -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=["add-account", *arguments], input=stdin)


@pytest.mark.parametrize(
    ("role", "home"), [("facilitator", "/lead"), ("admin", "/staff/account/second-step"), ("housing", "/calendar")]
)
def test_it_makes_an_account_that_can_sign_in(role: str, home: str, app: Flask) -> None:
    made = typed(app, "Ana@Example.org", "--role", role, "--name", "Ana", "--passphrase-stdin")
    assert made.exit_code == 0
    assert made.output == f"ana@example.org can sign in now, as {role}.\n"
    assert Desk(app).sign_in("ana@example.org").location == home


def test_it_asks_twice_without_saying_it_aloud(app: Flask) -> None:
    made = typed(app, "ana@example.org", "--role", "admin", stdin=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert made.exit_code == 0 and PASSPHRASE not in made.output


@pytest.mark.parametrize(
    ("arguments", "stdin", "sentence"),
    [
        (["ana", "--role", "admin"], PASSPHRASE, "That is not an e-mail address."),
        (["gus@example.org", "--role", "admin"], PASSPHRASE, "There is an account with this e-mail already."),
        (["ana@example.org", "--role", "admin"], "short", "A passphrase needs at least 14 characters."),
        (["ana@example.org", "--role", "admin"], "", "A passphrase needs at least 14 characters."),
        (["ana@example.org", "--role", "admin"], "ana@example.org!", "Others would guess that passphrase."),
        (["ana@example.org", "--role", "leader"], PASSPHRASE, "Invalid value for '--role'"),
        (["ana@example.org"], PASSPHRASE, "Missing option '--role'"),
    ],
)
def test_it_says_in_one_sentence_why_not(
    arguments: list[str], stdin: str, sentence: str, app: Flask, gus: Desk
) -> None:
    refused = typed(app, *arguments, "--passphrase-stdin", stdin=stdin)
    assert refused.exit_code != 0 and sentence in refused.output
    assert PASSPHRASE not in refused.output and rows(app, "accounts") == 1

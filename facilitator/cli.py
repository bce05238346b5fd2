"""What is typed on the server: `flask --app app add-account ...`."""

import secrets
import sys
from datetime import date
from pathlib import Path

import click
from flask import Flask, current_app

from facilitator import check, demo
from facilitator.extensions import database, vault
from facilitator.registry import ROUTES, SOCKET_HOOKS
from sessions import accounts, backup, passphrases
from sessions.accounts import AccountRefused
from sessions.backup import BackupRefused
from sessions.library import advise
from sessions.library.word_check import STOPS
from sessions.permissions import (
    ABILITIES,
    ADMIN,
    FACILITATOR,
    HOUSING,
    MEMBER,
    NEW_ADMIN,
    STAFF,
    STRANGER,
    may,
)

REFUSALS = {
    "address": "That is not an e-mail address.",
    "taken": "There is an account with this e-mail already.",
    "passphrase": f"A passphrase needs at least {passphrases.SHORTEST} characters.",
    "guessed": "Others would guess that passphrase. Take some words that have nothing in common.",
    "role": "There is no such role.",
}

BACKUP_REFUSALS = {
    "postgresql": "The database is PostgreSQL, which has tools of its own: pg_dump and pg_restore.",
    "exists": "There is such a file already. Nothing was written.",
    "missing": "There is no such file. Nothing has changed.",
    "unwritable": "The copy could not be written. Is there room? May the user that the server runs as write there?",
    "unreadable": "The user that the server runs as may not read that file. Nothing has changed.",
    "broken": "This is no whole copy of our database. Nothing has changed.",
    "newer": "This copy was made by a newer release. Nothing has changed: bring that release here first.",
    "open": "A circle is open, and what was wiped since would stand there again. Nothing has changed: close it first.",
}

ROLES = (STRANGER, MEMBER, FACILITATOR, HOUSING, ADMIN, NEW_ADMIN)
"""In the order they are shown."""


def init_app(app: Flask) -> None:
    """Give `app` its commands."""
    app.cli.add_command(add_account)
    app.cli.add_command(permissions)
    app.cli.add_command(words_check)
    app.cli.add_command(check_all)
    app.cli.add_command(fill_demo)
    app.cli.add_command(back_up)
    app.cli.add_command(restore)
    app.cli.add_command(may_restart)


@click.command("add-account")
@click.argument("email")
@click.option("--role", type=click.Choice(sorted(STAFF)), required=True)
@click.option("--name", default="", help="What members are told a facilitator is called.")
@click.option("--passphrase-stdin", is_flag=True, help="Read the passphrase from standard input; else it is asked for.")
def add_account(email: str, role: str, name: str, passphrase_stdin: bool) -> None:
    """Make an account for EMAIL. A passphrase on the command line would stand in the shell's history."""
    passphrase = (
        sys.stdin.readline().rstrip("\r\n")
        if passphrase_stdin
        else click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    )
    try:
        person = database.write(accounts.add, email, role, passphrases.hashed(passphrase, email, name), name)
    except AccountRefused as refused:
        raise click.ClickException(REFUSALS[refused.reason]) from None
    click.echo(f"{person.email} can sign in now, as {person.role}.")


@click.command("permissions")
def permissions() -> None:
    """Print who may do what, and which ability each route and socket hook needs. Everything else answers 404."""
    who = [[ability, *("yes" if may(role, ability) else "-" for role in ROLES)] for ability in ABILITIES]
    hooks = [[f"socket: {name}", " or ".join(abilities)] for name, abilities in SOCKET_HOOKS.items()]
    click.echo(_aligned([["ability", *ROLES], *who]))
    click.echo()
    click.echo(_aligned([["route", "ability"], *([name, ability] for name, ability in ROUTES.items()), *hooks]))


@click.command("words-check")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def words_check(files: tuple[Path, ...]) -> None:
    """Read FILES of your own (a flyer, a mail, a card) for words that shame, label or count people. It only advises."""
    said = 0
    for file in files:
        for one in advise(file.read_text(encoding="utf-8", errors="replace")):
            said += 1
            weight = "" if one.level == STOPS else " (worth a second look)"
            click.echo(f"{file}:{one.line}: “{one.found}”{weight}. Write: {one.write}.")
    click.echo(f"{said} to look at again." if said else "Nothing to look at again.")


@click.command("demo")
def fill_demo() -> None:
    """Fill an empty place with made-up buildings, groups and accounts, to look around in."""
    passphrase = secrets.token_urlsafe(12)
    try:
        database.write(demo.fill, passphrases.hashed(passphrase, *demo.PEOPLE), date.today())
    except demo.NotEmpty:
        raise click.ClickException("Somebody has an account here. Nothing was made up.") from None
    click.echo("Made up. These sign in, and nobody else should ever be able to: delete this place when you are done.")
    for email, (role, _, _) in demo.PEOPLE.items():
        click.echo(f"  {email}  {role}")
    click.echo(f"All of them with: {passphrase}")


@click.command("check")
def check_all() -> None:
    """Say what is unsafe about this computer, and how to mend it. Changes nothing; exits with 1 if there is any."""
    found = check.look(current_app.config)
    for finding in found:
        click.echo(f"- {finding.what}\n  {finding.mend}")
    if found:
        raise SystemExit(1)
    click.echo("Nothing unsafe was found. What other computers on the way write down can't be seen from here.")


@click.command("backup")
@click.argument("file", type=click.Path(readable=False, dir_okay=False, path_type=Path))
def back_up(file: Path) -> None:
    """Copy the database to FILE, while it is in use. The keys of circles are never in a copy."""
    try:
        backup.back_up(database, file)
    except BackupRefused as refused:
        raise click.ClickException(BACKUP_REFUSALS[refused.reason]) from None
    click.echo(f"{file} holds accounts, calendar and settings, and was read through. It holds no keys.")
    click.echo("Keep a copy of secrets.json too, and not beside it: with it, second steps work again after a restore.")


@click.command("restore")
@click.argument("file", type=click.Path(readable=False, path_type=Path))
@click.option("--force", is_flag=True, help="Also while a circle is open: what was wiped since stands there again.")
def restore(file: Path, force: bool) -> None:
    """Put the copy FILE in the place of what is there. Pages that are open read it by themselves."""
    try:
        backup.restore(database, vault, file, force)
    except BackupRefused as refused:
        raise click.ClickException(BACKUP_REFUSALS[refused.reason]) from None
    click.echo(f"All is as it was when {file} was made. Circles that were erased since are erased. Staff sign in anew.")


@click.command("may-restart")
def may_restart() -> None:
    """Say whether a circle is open; exits with 1 if one is. Before a newer release, or a restart."""
    with database.read() as db:
        if backup.is_open(db):
            raise click.ClickException("A circle is open. A newer release would not start before it is closed.")
    click.echo("No circle is open.")


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)

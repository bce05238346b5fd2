"""What is typed on the server: `flask --app app add-account ...`."""

import sys

import click
from flask import Flask

from facilitator.extensions import database
from sessions import accounts, passphrases
from sessions.accounts import AccountRefused
from sessions.permissions import STAFF

REFUSALS = {
    "address": "That is not an e-mail address.",
    "taken": "There is an account with this e-mail already.",
    "passphrase": f"A passphrase needs at least {passphrases.SHORTEST} characters.",
    "role": "There is no such role.",
}


def init_app(app: Flask) -> None:
    """Give `app` its commands."""
    app.cli.add_command(add_account)


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
        person = database.write(accounts.add, email, role, passphrases.hashed(passphrase), name)
    except AccountRefused as refused:
        raise click.ClickException(REFUSALS[refused.reason]) from None
    click.echo(f"{person.email} can sign in now, as {person.role}.")

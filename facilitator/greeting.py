"""What is said on the terminal to whoever starts the server, before there are only lines of the log."""

import sys
from datetime import UTC, datetime

import segno
from flask import Flask

from facilitator import check

CANT_REACH = """
A phone can't open it? It must be on this same Wi-Fi, with mobile data off. Guest Wi-Fi often keeps phones apart from
laptops: then make a hotspot, with this laptop or with a phone, and start again. All of it: docs/laptop.md"""

IN_THE_CLEAR = """
This is not encrypted: others on this Wi-Fi could read along. Use a network you trust, or add --https."""

WARNS = """
It is encrypted by a certificate that this laptop made itself. A phone can't know whose laptop that is, so its browser
warns once: "Advanced", then "Proceed"; on an iPhone "Show Details", then "visit this website". Who wants to be sure
looks at the certificate there first. Its fingerprint (SHA-256) must be this one:
  {fingerprint}"""

ON_NO_NETWORK = """
This computer is on no network, so no phone can reach it. Join a Wi-Fi or turn on this laptop's hotspot (neither needs
the internet), then stop this with Ctrl-C and start again."""


def say(app: Flask, now: datetime | None = None) -> None:
    """Say where it is, what to know about the way there, and how the first account is made."""
    address, port = app.config["ADDRESS"], app.config["LISTEN"][1]
    scheme = "https" if app.config["OWN_HTTPS"] else "http"
    print(f"Open Circle: {address}")
    for wrong in check.at_start(app.config, now or datetime.now(UTC)):
        print(f"{wrong.what} {wrong.mend}")
    if app.config["LAN"]:
        _say_on_a_laptop(app, [f"{scheme}://{host}:{port}" for host in app.config["SEEN_AT"]])
    if app.config.get("FIRST_LINK"):
        # Opened on this computer itself, so that a passphrase never crosses the Wi-Fi.
        here = f"{scheme}://127.0.0.1:{port}" if app.config["LAN"] else address
        print("\nNobody has an account yet. Make the first one on this computer, once:")
        print(f"  {here}/staff/first/{app.config['FIRST_LINK']}")
    sys.stdout.flush()


def _say_on_a_laptop(app: Flask, seen_at: list[str]) -> None:
    address = app.config["ADDRESS"]
    if not seen_at:
        print(ON_NO_NETWORK)
        return
    print("A phone on the same Wi-Fi opens it with this:\n")
    segno.make(address).terminal(compact=True)
    if others := [other for other in seen_at if other != address]:
        print(f"\nThis computer is on more than one network. There it is: {', '.join(others)}")
    if app.config["OWN_HTTPS"]:
        print(WARNS.format(fingerprint=app.config["CERTIFICATE"].fingerprint))
    else:
        print(IN_THE_CLEAR)
    print(CANT_REACH)

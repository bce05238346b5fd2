"""The web: everything Flask. It holds no rule of a group; those live in `sessions`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from gevent import monkey
from werkzeug.middleware.proxy_fix import ProxyFix

import facilitator.after
import facilitator.building_rules
import facilitator.cards_off
import facilitator.coming_along
import facilitator.elsewhere
import facilitator.eyes
import facilitator.flyers
import facilitator.ground_rules
import facilitator.hands
import facilitator.leaders
import facilitator.leading
import facilitator.lesson
import facilitator.listing
import facilitator.naloxone
import facilitator.numbers
import facilitator.own_cards
import facilitator.own_tags
import facilitator.own_words
import facilitator.parts
import facilitator.places
import facilitator.places_files
import facilitator.plan_files
import facilitator.planning
import facilitator.practice
import facilitator.rooms
import facilitator.sockets
import facilitator.themes  # noqa: F401 - hooks that are imported after `socketio.init_app` are never called
from facilitator import cli, engine, errors, files, guard, language, pacing, settings, startup, straight
from facilitator.account import account
from facilitator.buildings import buildings
from facilitator.calendar import calendar
from facilitator.cards import cards
from facilitator.door import door
from facilitator.door import tries as tries_at_the_door
from facilitator.extensions import babel, login_manager, outside, processes, socketio
from facilitator.eyes import Readiness
from facilitator.feeds import feeds
from facilitator.frames import MOST_BYTES_FROM_A_CLIENT
from facilitator.heads import heads
from facilitator.here import here
from facilitator.host import host
from facilitator.lead import lead
from facilitator.learn import learn
from facilitator.logs import QuietFlask, quiet
from facilitator.on_duty import duty
from facilitator.pages import templates
from facilitator.people import people
from facilitator.plans import plans
from facilitator.prints import prints
from facilitator.public import public
from facilitator.pulse import Pulse
from facilitator.registry import Day, Id, PageName
from facilitator.safety import OuterWall
from facilitator.screen import screen
from facilitator.socket_rooms import SocketRooms
from facilitator.staff import staff
from facilitator.staff import tries as tries_to_sign_in
from facilitator.status import status
from facilitator.unlock import tries as tries_to_unlock
from facilitator.whats_on import whats_on
from sessions.circle.vault import Vault
from sessions.database import Database

# A socket that was cut is noticed within 15 seconds, where nothing else tells.
PING_SECONDS, PONG_SECONDS = 8, 5


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The app, on the settings given or the environment's. Makes and migrates its database at first start.

    The order of the hooks matters: the outer wall is put around everything last; the guard runs before every view, and
    whoever is paced waits before that.
    """
    app = QuietFlask(__name__, static_folder=None)
    move_in(app, config)
    language.add_from(app.config["DATA"] / "languages")
    babel.init_app(app, locale_selector=language.choose)
    login_manager.init_app(app)
    # Both of its ways to protect a session hash the person's address and browser.
    login_manager.session_protection = None
    pacing.init_app(app)
    guard.init_app(app)
    errors.init_app(app)
    templates(app)
    files.init_app(app, Path(__file__).parent / "static")
    cli.init_app(app)
    app.url_map.converters["id"] = Id
    app.url_map.converters["day"] = Day
    app.url_map.converters["page"] = PageName
    for pages in (door, public, here, staff, account, host, people, lead, plans, screen, prints):
        app.register_blueprint(pages)
    for pages in (buildings, calendar, duty, cards, whats_on, learn, feeds, heads, status):
        app.register_blueprint(pages)

    tries_at_the_door.init_app(app, "door")
    tries_to_sign_in.init_app(app, "sign-in")
    tries_to_unlock.init_app(app, "unlock")
    processes.init(app.config["MESSAGE_QUEUE_URL"])

    silent = quiet("open_circle.sockets")
    socketio.init_app(
        app,
        async_mode="gevent" if monkey.is_module_patched("socket") else "threading",
        manage_session=False,
        client_manager=SocketRooms(),
        max_http_buffer_size=MOST_BYTES_FROM_A_CLIENT,
        ping_interval=PING_SECONDS,
        ping_timeout=PONG_SECONDS,
        cors_allowed_origins=[],  # the outer wall decides, also for requests without an Origin
        logger=silent,
        engineio_logger=silent,
    )
    engine.hear_less()
    straight.init_app()
    app.wsgi_app = OuterWall(app)  # type: ignore[method-assign]
    if app.config["PROXIES"]:
        hops = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def move_in(app: Flask, config: Mapping[str, Any] | None) -> None:
    """Give an app its house: its settings, those given or the environment's, its database, and its keys.

    Raises CannotStart.
    """
    app.config.update(settings.load(config))
    one_thread = monkey.is_module_patched("threading")
    app.extensions["database"] = Database(app.config["DATABASE_URL"], outside if one_thread else None)
    startup.bring_up(app.extensions["database"], app.config["UPGRADE_NOW"])
    app.extensions["readiness"] = Readiness()
    app.extensions["pulse"] = Pulse()
    with startup.usable_for_keys(app.config["KEYS_DIR"]):
        app.extensions["vault"] = Vault(Path(app.config["KEYS_DIR"]))
        app.config["DOOR_KEY"] = app.extensions["vault"].door_key()

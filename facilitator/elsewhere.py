"""What is done here when another process tells that something happened there."""

from typing import Any

from facilitator import live, shared
from facilitator.extensions import presence, processes, socketio, vault


@processes.on("changed")
def changed(circle_id: str) -> None:
    """A circle has a new version: those who listen here are told, and read their pages."""
    shared.drop(circle_id)
    live.beat(circle_id)


@processes.on("gone")
def gone(circle_id: str) -> None:
    """A circle was erased: its key leaves this memory too, and its screens here are told."""
    vault.destroy(circle_id)
    live.tell_gone(circle_id)


@processes.on("cut")
def cut(person: str, circle_id: str) -> None:
    """Somebody may not hear any more."""
    live.drop(presence.sockets_of(person, circle_id))


@processes.on("cut-hand")
def cut_hand(circle_id: str, hand: str) -> None:
    """A phone was asked to step out."""
    live.drop(presence.sockets_of_hand(circle_id, hand))


@processes.on("here")
def here(process: str, circle_id: str, people: list[str]) -> None:
    """Who is in a circle there."""
    before = presence.phones(circle_id)
    presence.elsewhere(process, circle_id, set(people))
    if presence.phones(circle_id) != before:
        live.show_here(circle_id)


def listen(app: Any) -> None:
    """Hear the other processes, for as long as this one lives."""
    processes.listen(socketio.sleep, _missed, lambda: app.test_request_context(base_url=app.config["ADDRESS"]))


def _missed() -> None:
    """Nothing was heard for a while: whoever listens here comes back, and is let in by the cookie they have now."""
    live.hang_up([sid for circle_id in presence.circles() for sid in presence.sockets_in(circle_id)])

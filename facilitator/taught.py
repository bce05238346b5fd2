"""What is taught in a circle, in the words of who reads it: on phones, on the console and on the big screen alike."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime

from facilitator import language
from facilitator.extensions import database
from sessions import library
from sessions.circle.lesson import WAYS
from sessions.circle.on_screen import OnScreen
from sessions.circle.snapshot import Snapshot
from sessions.library import LANGUAGES, Card, Way, Ways
from sessions.schedule.cards_off import shown_in

ANCHOR = "drug-set-setting"
"""The card with the picture. The others stand on it."""
ASKS_NOTHING = "after-a-loss"
"""The card beneath which nobody is asked what they could change."""


@dataclass(frozen=True)
class Taught:
    """What is shown, in the language of its reader: a card as far as it is `out`, or the ways, in an order by lot.

    The English is there until somebody has signed the translation.
    """

    key: str
    card: Card | None
    ways: tuple[Way, ...]
    signed: Card | Ways
    english: Card | None
    english_ways: tuple[Way, ...]
    out: int
    last: int

    @property
    def is_stale(self) -> bool:
        """Whether somebody has to look at it again."""
        return self.signed.is_stale(today())

    @property
    def comes_next(self) -> str:
        """The line that is not out yet, for whoever leads; '' when all are."""
        ahead = self.card.lines[self.out :] if self.card else ()
        return ahead[0].text if ahead else ""

    @property
    def tags(self) -> library.Tags:
        """The words for the three shapes, and for what could change."""
        return library.tags(language.current())

    @property
    def asks(self) -> bool:
        """Whether those who read it are asked what they could change."""
        return self.key != ASKS_NOTHING


def taught(seen: Snapshot | OnScreen, phone: str = "") -> Taught | None:
    """What is shown, in the language being rendered; None before anything is.

    The ways stand in an order that is always the same for one `phone`; on a push, which all hear alike, for a circle.
    """
    now = seen.lesson
    if now is None:
        return None
    if now.card == WAYS:
        ways, lot = library.ways(language.current()), phone or seen.circle_id
        english = _by_lot(library.ways("en"), lot) if needs_english(ways) else ()
        return Taught(WAYS, None, _by_lot(ways, lot), ways, None, english, 0, 0)
    card = _card(seen.building_id, now.card)
    if card is None:
        return None
    translated = _cards(seen.building_id, "en").get(now.card) if needs_english(card) else None
    return Taught(now.card, card, (), card, translated, (), now.out, now.last)


def to_teach(seen: Snapshot) -> list[Card]:
    """The cards there are to show in this circle, in the language being rendered: the one with the picture first."""
    return sorted(_cards(seen.building_id, language.current()).values(), key=lambda card: card.key != ANCHOR)


def needs_english(signed: Card | Ways) -> bool:
    """Whether the English is to stand beside it: nobody has signed this translation."""
    is_own = isinstance(signed, Card) and signed.own
    return signed.language != "en" and not signed.reviewed_by and not is_own


def today() -> date:
    """The day by which a card is told to be looked at again."""
    return datetime.now(UTC).date()


def _card(building_id: str | None, key: str) -> Card | None:
    """In the language being rendered; one that a building wrote, in the one language it has."""
    spoken = [language.current(), *LANGUAGES]
    return next((found for one in spoken if (found := _cards(building_id, one).get(key))), None)


def _cards(building_id: str | None, spoken: str) -> dict[str, Card]:
    with database.read() as db:
        return shown_in(db, building_id, spoken)


def _by_lot(ways: Ways, lot: str) -> tuple[Way, ...]:
    by_key = sorted(ways.ways, key=lambda way: way.key)
    return tuple(random.Random(lot).sample(by_key, len(by_key)))  # noqa: S311 - an order, not a secret

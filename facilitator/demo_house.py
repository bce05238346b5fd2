"""What the buildings of the made-up house say: whom to call, where naloxone is, places near by, words of their own."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from sessions.accounts import Person
from sessions.schedule import (
    building_rules,
    card_words,
    cards_off,
    learn,
    naloxone,
    numbers,
    own_cards,
    own_tags,
    own_words,
    places,
)
from sessions.schedule.numbers import NumberWords
from sessions.schedule.own_cards import CardTyped
from sessions.schedule.own_tags import TagWords
from sessions.schedule.own_words import OwnWords
from sessions.schedule.places import YES, PlaceWords

ADDRESSES = {
    "Hazel House": "12 Hazel Street, side door",
    "Linden Court": "40 Linden Avenue, by the gate",
    "Maple Landing": "7 Maple Road, ground floor",
}
LIMITS = "Staff here must report a child being hurt. They never ask who was in the circle."
NUMBERS = (
    NumberWords("Outreach van", "555-0142", "Tuesdays and Thursdays, 5 to 9", "English, Spanish", "They come by."),
    NumberWords("Mobile crisis team", "555-0117", "day and night", "English", "Two people come. No police."),
)
PLACES = (
    PlaceWords("naloxone", "Corner pharmacy", "Mon to Sat, 9 to 7", "555-0110", note="Free kits. No name is asked."),
    PlaceWords("syringes", "Exchange van", "Tue and Thu, 4 to 8", "", "Demo Street at 6th", "English, Spanish", YES),
    PlaceWords("clinic", "Harbor clinic", "Mon to Fri, 8 to 4", "555-0128", "40 Harbor Road", "English, Spanish"),
    PlaceWords("food", "Noon kitchen", "daily, 12 to 1:30", "", "9 Mill Lane", walk_in=YES, note="Hot, with seconds."),
    PlaceWords("showers", "Bath house", "mornings", "", "21 4th Street", walk_in=YES, note="Towels are there."),
    PlaceWords("legal", "Tenants’ table", "Wednesdays, 2 to 5", "555-0155", note="Bring the envelope, too."),
    PlaceWords("peers", "Open kitchen table", "Sundays, 3 to 6", "", "9 Mill Lane", "English, Spanish", YES),
)
ASKED = 5
"""At so many of them somebody asked today; at the others nobody has yet."""
CARD = CardTyped(
    "Hot nights here",
    (
        ("The garden room has a fan. It is open all night.", ("setting",)),
        ("Drink before you are thirsty, and eat something with salt.", ("set",)),
        ("Heat and uppers add up. Go slower, and sit in the shade.", ("drug", "setting")),
    ),
    "Staff of the house",
)
CARD_WORDS = {
    "naloxone": "Front desk, first drawer. At night, ring the bell.",
    "syringe-services": "Exchange van, Demo Street at 6th: Tuesdays and Thursdays, 4 to 8.",
    "food-water-sleep": "Noon kitchen, 9 Mill Lane, every day from 12.",
}
CARD_OFF = "sex-and-testing"
TAGS = (
    TagWords("setting", "noise in the hall", "doors, music, voices"),
    TagWords("set", "waiting for news", "a letter, a call, a result"),
    TagWords("drug", "not my usual", "another batch, another place"),
)
RULE = "When the kettle sings, we stop for tea."


def furnish(db: Session, esi: Person, building_id: str, name: str, today: date) -> None:
    """Let Esi write down all that a building can say, on this day."""
    # At noon it is this day in every building of ours, whatever the clock of this computer says.
    noon = datetime.combine(today, time(20), UTC)
    said = OwnWords(ADDRESSES[name], True, ("en", "es"), run_by="Demo Homes", limits=LIMITS)
    own_words.write(db, esi.id, building_id, said)
    naloxone.add(db, esi.id, building_id, "Front desk, first drawer", (today + timedelta(days=400)).isoformat())
    naloxone.add(db, esi.id, building_id, "Kitchen, by the door", (today + timedelta(days=20)).isoformat())
    for line in NUMBERS:
        number = numbers.add(db, esi.id, building_id, line)
        if number:
            numbers.check(db, esi.id, building_id, number.id, esi.role, noon)
    for at, words in enumerate(PLACES):
        place = places.add(db, esi.id, building_id, words)
        if place and at < ASKED:
            places.check(db, esi.id, building_id, place.id, noon)
    _its_words(db, esi, building_id, noon)


def _its_words(db: Session, esi: Person, building_id: str, noon: datetime) -> None:
    for card, words in CARD_WORDS.items():
        card_words.write(db, esi.id, building_id, card, words)
    own_cards.add(db, esi.id, building_id, CARD, noon)
    cards_off.switch(db, esi.id, building_id, CARD_OFF, False)
    learn.switch(db, esi.id, building_id, True)
    for tag in TAGS:
        own_tags.add(db, esi.id, building_id, tag)
    building_rules.add(db, esi.id, building_id, RULE)

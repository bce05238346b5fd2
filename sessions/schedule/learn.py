"""The buildings whose cards anybody may read without joining: none, unless staff choose so."""

from sqlalchemy.orm import Session

from sessions import audit
from sessions.schedule import buildings, listing
from sessions.schedule.buildings import Building, hold

CHOSE = Building.learn.is_(True)


def everywhere(db: Session) -> list[Building]:
    """The buildings that chose it, by their public names."""
    return listing.everywhere(db, CHOSE)


def find(db: Session, page: str) -> Building | None:
    """The building that chose it, and whose page this is."""
    return listing.find(db, page, CHOSE)


def switch(db: Session, actor: str, building_id: str, on: bool) -> Building | None:
    """Let anybody read a building's cards, or do not; None if there is no such building.

    It need not be listed: of when and where its groups meet, nothing is told by this.
    """
    hold(db)
    building = buildings.find(db, building_id)
    if building is None:
        return None
    if on:
        listing.name_page(db, building)
    building.learn = on
    db.flush()
    audit.note(db, "cards-changed", actor)
    return building

"""The tags that a building added to ours, as they were when a circle's doors were opened: sealed in its row.

What staff change or delete later touches no open circle. A share holds the ids of its tags alone.
"""

import json
from collections.abc import Sequence
from dataclasses import astuple

from sqlalchemy.orm import Session

from sessions.circle.circles import Circle
from sessions.circle.vault import Vault
from sessions.library import Tag


def sealed_tags(vault: Vault, circle_id: str, own: Sequence[Tag]) -> bytes | None:
    """These tags, sealed for the circle's row; None where there are none. Raises KeyGone."""
    return vault.seal(circle_id, "tags", circle_id, json.dumps([astuple(tag) for tag in own])) if own else None


def own_tags(vault: Vault, circle: Circle) -> dict[str, Tag]:
    """The circle's tags besides ours, by their ids. Raises KeyGone."""
    if circle.sealed_tags is None:
        return {}
    held = json.loads(vault.unseal(circle.id, "tags", circle.id, circle.sealed_tags))
    return {tag.id: tag for tag in (Tag(*words) for words in held)}


def own_tags_in(db: Session, vault: Vault, circle_id: str) -> dict[str, Tag]:
    """The same, by the circle's id; none of one that is gone. Raises KeyGone."""
    circle = db.get(Circle, circle_id)
    return own_tags(vault, circle) if circle else {}

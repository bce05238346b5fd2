"""Who may do what: closed unless written down (`sessions.permissions`)."""

import pytest

from sessions.permissions import ABILITIES, ADMIN, EVERYONE, FACILITATOR, HOUSING, MEMBER, STRANGER, may


def test_only_facilitators_lead_and_only_members_take_part() -> None:
    assert [role for role in sorted(EVERYONE) if may(role, "lead circles")] == [FACILITATOR]
    assert [role for role in sorted(EVERYONE) if may(role, "take part")] == [MEMBER]
    assert [role for role in sorted(EVERYONE) if may(role, "write the host's words")] == [ADMIN]


@pytest.mark.parametrize("ability", sorted(ABILITIES))
def test_housing_staff_can_do_no_more_in_a_circle_than_a_stranger(ability: str) -> None:
    own = ("keep own account", "read the calendar", "read the cards", "plan gatherings", "read heads in bands")
    assert may(HOUSING, ability) == may(STRANGER, ability) or ability in own


@pytest.mark.parametrize("role", [*sorted(EVERYONE), "", "root"])
def test_an_ability_nobody_wrote_down_is_nobodys(role: str) -> None:
    assert not may(role, "read along")
    assert not may(role, "")

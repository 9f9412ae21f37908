"""What is held and delivered, as the board has it."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import NOON, a_profile, hours
from tests.fakes.delivery import StubRoles
from tests.flows.test_delivery import BOTH, Post
from tray.core.holdings import NOTHING_HELD
from tray.core.memory import pin
from tray.core.profiles import profile_statuses, works
from tray.core.settings import Settings
from tray.flows.holding import Holding


def holding(post: Post, roles: StubRoles) -> Holding:
    """Give what looks at all of it."""
    house = post.house
    return Holding(
        house.clock, house.config, roles, house.serving.credentials, post.delivery
    )


def test_nothing_held_costs_nothing() -> None:
    """A tick looks into no file unless there is a profile to look for."""
    post, roles = Post(), StubRoles()
    post.house.settings.settings = Settings()
    post.tick()

    found = holding(post, roles).at_hand(post.house.records, post.house.settings)

    assert found is NOTHING_HELD
    assert roles.asked == []


def test_the_board_knows_who_works_until_when() -> None:
    """The end of the sign-in, of what we hold and of what the AWS CLI has kept."""
    more = (a_profile("other"), a_profile("lost", "nowhere"))
    post, roles = Post(BOTH, *more), StubRoles({"other": NOON + hours(9)})
    post.tick()
    post.house.records.change_all(lambda memory: pin(memory, "other", pinned=True))
    look = holding(post, roles)
    verbs = replace(post.house.verbs, holding=look)

    board = verbs.board()
    dev, other, lost = profile_statuses(board)

    assert dev.role_credentials_expire_at == NOON + hours(1)
    assert dev.works == works(board, a_profile())
    assert dev.works.sdks == dev.works.ours == dev.works.aws_cli == NOON + hours(8)
    assert other.works.aws_cli == NOON + hours(9)
    assert other.works.sdks == NOON + hours(8)
    assert lost.works.ours is None
    assert set(roles.asked) == {"dev", "other"}
    roles.asked.clear()
    at_hand = look.at_hand(post.house.records, post.house.settings)
    assert set(roles.asked) == {"dev", "other"}
    assert set(at_hand.cli) == {"other"}

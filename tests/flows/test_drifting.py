"""What people gained is noticed after a log-in: once a day, if they keep in step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.builders import NOON, a_profile, a_session, hours
from tests.fakes.basics import FakeClock, QueuedWorkers, StubConfig
from tests.fakes.center import ScriptedPortal
from tests.fakes.choices import DictChoices
from tray.core.accesses import Access
from tray.core.accounts import Account
from tray.core.board import Board
from tray.core.choices import Choice
from tray.core.errors import CannotTell
from tray.core.model import AwsConfig, SsoSession
from tray.core.settings import Settings
from tray.core.status import Facts, assess
from tray.flows.activities import Activities
from tray.flows.drifting import Drift, DriftEdges
from tray.flows.listing import Listing, ListingEdges

CORP = a_session()
DEV = Account("111122223333", "Dev")
ADMIN, BILLING = Access(DEV, "Admin"), Access(DEV, "Billing")
KEPT = Choice(seen=frozenset({ADMIN.key}), looked_at=NOON - hours(24))


@dataclass
class World:
    """A drift over fakes, and what it told."""

    choice: Choice | None = KEPT
    told: list[tuple[str, str]] = field(default_factory=list)
    ticks: int = 0

    def __post_init__(self) -> None:
        """Wire it."""
        self.clock, self.workers = FakeClock(), QueuedWorkers()
        self.config = StubConfig(AwsConfig((CORP,), (a_profile(),)))
        self.portal = ScriptedPortal(
            accounts=(DEV,), roles={DEV.account_id: ("Admin", "Billing")}
        )
        self.choices = DictChoices({"corp": self.choice} if self.choice else {})
        self.activities = Activities()
        edges = DriftEdges(
            self.clock, self.config, self.choices, self.listing, self, self.workers
        )
        self.drift = Drift(edges, self.activities, self.tick)

    def listing(self, session: SsoSession) -> Listing:
        """Give a listing without waits."""
        edges = ListingEdges(self.portal, lambda _: None, lambda: 0.0, lambda *_: False)
        return Listing(edges, session, width=1)

    def tell(self, title: str, body: str) -> None:
        """Note it."""
        self.told.append((title, body))

    def tick(self) -> None:
        """Count it."""
        self.ticks += 1

    def log_in(self) -> None:
        """Log in, and let the workers work."""
        self.drift.soon(CORP)
        self.workers.work()

    def board(self) -> Board:
        """Give the board as it would be shown."""
        facts = Facts(self.config.config, {}, activity=self.activities.current())
        return assess(facts, NOON, Settings())


def test_what_was_gained_is_told_and_offered() -> None:
    """A notice once, and on the board until there is a profile for it."""
    world = World()

    world.log_in()

    ((title, body),) = world.told
    assert title == "corp: you gained Billing in Dev (111122223333)."
    assert "sso-tray sync --session corp" in body
    assert world.board().gained == {"corp": (BILLING,)}
    assert world.ticks == 1

    billing = replace(a_profile("new"), role_name="Billing")
    world.config.config = AwsConfig((CORP,), (a_profile(), billing))
    assert world.board().gained == {}


def test_it_is_looked_at_once_a_day() -> None:
    """The second log-in of a day asks nothing; the next day the same is not told."""
    world = World()
    world.log_in()
    asked = len(world.portal.listed)

    world.log_in()
    assert len(world.portal.listed) == asked

    world.clock.advance(timedelta(days=1))
    world.log_in()
    assert len(world.portal.listed) > asked
    assert len(world.told) == 1


@pytest.mark.parametrize("choice", [None, Choice(template="{role}")])
def test_those_who_don_t_keep_in_step_are_left_alone(choice: Choice | None) -> None:
    """Who wrote the profiles by hand, or picked some, is not told of the others."""
    world = World(choice)

    world.log_in()

    assert world.portal.listed == []


@pytest.mark.parametrize(
    "choice",
    [
        replace(KEPT, filter="role=Admin"),
        replace(KEPT, seen=frozenset({BILLING.key})),
    ],
)
def test_nothing_new_is_not_told(choice: Choice) -> None:
    """What the filter leaves out, and what people have seen before, is no news."""
    world = World(choice)

    world.log_in()

    assert world.told == []
    assert world.board().gained == {}


@pytest.mark.parametrize("filtered", ["", "("])
def test_a_look_that_fails_says_nothing(filtered: str) -> None:
    """A portal that can't tell, or a filter of a newer version: next time."""
    world = World(replace(KEPT, filter=filtered))
    if not filtered:
        world.portal.accounts = CannotTell("Offline.", "")
        world.portal.answers = []

    world.log_in()

    assert world.told == []
    assert world.choices.choices["corp"].looked_at == KEPT.looked_at


def test_after_a_restart_the_offer_is_there_again() -> None:
    """What was found and not yet added shows without another look."""
    world = World(replace(KEPT, gained=(BILLING,)))

    world.drift.recall()

    assert world.board().gained == {"corp": (BILLING,)}


def test_a_session_that_is_gone_offers_nothing() -> None:
    """Its row would lead nowhere."""
    world = World(replace(KEPT, gained=(BILLING,)))
    world.config.config = AwsConfig()

    world.drift.recall()

    assert world.board().gained == {}

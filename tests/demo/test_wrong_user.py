"""The wrong person at a real portal, seen by the real edges, remembered in a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.basics import QueuedWorkers
from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.config import ConfigFile
from tray.aws.portal import AccessPortal
from tray.core.memory import signed_in
from tray.core.model import SsoSession
from tray.demo.center import Center, CenterSettings, Portal, User, some_accounts
from tray.flows.reach import AccountLooks, ReachEdges
from tray.flows.records import Records
from tray.system.clock import Pauses, SystemClock
from tray.system.store import JsonStore

ALICE = User("alice", "Alice", some_accounts(3))
BOB = User("bob", "Bob", some_accounts(1, first=9))
ACME = CenterSettings(portals=(Portal("acme", "Acme", (ALICE, BOB)),))


@dataclass
class NotedTitles:
    """A teller that notes titles."""

    titles: list[str] = field(default_factory=list)

    def tell(self, title: str, body: str) -> None:
        """Note the title; there is always something to do as well."""
        assert body
        self.titles.append(title)


class Desk:
    """Alice's profiles, and whoever logs in."""

    def __init__(self, home: Path, center: Center) -> None:
        profiles = "".join(
            f"[profile p{one.account_id}]\nsso_session = acme\n"
            f"sso_account_id = {one.account_id}\nsso_role_name = ReadOnly\n"
            for one in ALICE.accounts
        )
        path = home / ".aws" / "config"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"[sso-session acme]\nsso_start_url = {center.start_url('acme')}\n"
            f"sso_region = eu-west-1\n{profiles}"
        )
        self.center, self.clock = center, SystemClock()
        self.session = SsoSession("acme", center.start_url("acme"), "eu-west-1")
        self.tokens = TokenFiles(home / ".aws" / "sso" / "cache", Pauses().pause)
        self.state = home / "state.json"
        self.records, self.teller = Records(JsonStore(self.state)), NotedTitles()
        self.workers = QueuedWorkers()
        edges = ReachEdges(
            self.clock,
            ConfigFile({}, home),
            AccessPortal(self.tokens, Clients()),
            self.teller,
            self.workers,
        )
        self.looks = AccountLooks(edges, self.records, lambda: None)

    def log_in(self, person: str) -> None:
        """Let a person log in, and look."""
        self.tokens.write(self.session, self.center.issue("acme", person))
        begun = self.clock.now() - timedelta(seconds=1)
        key = self.session.cache_key
        self.records.change(key, lambda record: signed_in(record, begun))
        self.looks.soon(self.session)
        self.workers.work()

    def remembered(self) -> tuple[bool, list[str]]:
        """Give what a new start finds: whether it was somebody else, and names."""
        memory = JsonStore(self.state).load()
        wrong = memory.of(self.session.cache_key).wrong_user
        return wrong, list(memory.account_names.values())


def test_bob_in_alices_place(monkeypatch: pytest.MonkeyPatch, calm_world: Path) -> None:
    """Alice teaches the names, Bob is noticed, Alice again makes it good."""
    names = ["Sandbox", "Development", "Staging"]
    with Center(ACME, SystemClock().now) as center:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", center.url)
        desk = Desk(calm_world, center)

        desk.log_in("alice")
        assert desk.remembered() == (False, names)
        assert desk.teller.titles == []

        desk.log_in("bob")
        assert desk.remembered() == (True, names)
        assert len(desk.teller.titles) == 1

        desk.log_in("alice")
        assert desk.remembered() == (False, names)
        assert len(desk.teller.titles) == 1

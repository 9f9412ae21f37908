"""Days walked minute by minute through the pure rules, as the monitor does it.

The sign-in in question began at 08:00 and ends at 16:00 unless a day says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from tests.builders import NOON, a_profile, a_session, a_token, hours, minutes
from tray.core.board import Board
from tray.core.manners import hold
from tray.core.memory import Memory, SessionRecord, announce
from tray.core.model import AwsConfig, CachedToken
from tray.core.presence import PRESENT, Presence
from tray.core.prompts import opened
from tray.core.rules import OpenLogins, ShowPrompt, WithdrawPrompt, decide
from tray.core.setting_keys import from_mapping
from tray.core.status import Facts, assess
from tray.core.wording.prompts import together
from tray.core.wording.times import clock

MORNING = NOON - hours(4)
LOCKED, ASLEEP = Presence(locked=True), Presence(asleep=True)
MEETING = Presence(do_not_disturb=True)
AWAY = Presence(idle_for=minutes(6))
Change = Callable[[SessionRecord], SessionRecord]


def at(text: str) -> datetime:
    """Give the moment of this time on the day."""
    hour, minute = map(int, text.split(":"))
    return MORNING.replace(hour=hour, minute=minute)


def ending(text: str = "16:00") -> CachedToken:
    """Give the token of a sign-in from 08:00 that ends then."""
    return a_token(at(text) - NOON, life=at(text) - MORNING, refreshable=False)


@dataclass
class Day:
    """What is the case on one day, and from when on."""

    settings: dict[str, Any] = field(default_factory=dict)
    tokens: tuple[CachedToken, ...] = field(default_factory=lambda: (ending(),))
    presence: dict[str, Presence] = field(default_factory=dict)
    wishes: dict[str, Change] = field(default_factory=dict)
    until: str = "17:00"


class Walk:
    """Walks through a day and notes what people meet."""

    def __init__(self, day: Day) -> None:
        self.day, self.met = day, list[str]()
        self.settings, problems = from_mapping(day.settings)
        assert problems == ()
        names = ("corp", "lab", "zoo", "ops", "dev")[: len(day.tokens)]
        self.sessions = tuple(a_session(name) for name in names)
        record = SessionRecord(logged_in_at=MORNING)
        self.records = {one.cache_key: record for one in self.sessions}
        self.board, self.presence = Board(), PRESENT

    def run(self) -> list[str]:
        """Walk, and give what was met."""
        now = MORNING
        while now <= at(self.day.until):
            self.minute(now)
            now += minutes(1)
        return self.met

    def minute(self, now: datetime) -> None:
        """Look once, as a tick does."""
        time = clock(now)
        self.presence = self.day.presence.get(time, self.presence)
        if change := self.day.wishes.get(time):
            for key, record in self.records.items():
                self.records[key] = change(record)
        after = hold(self.assess(now), self.presence, now, self.settings)
        for action in decide(self.board, after):
            if isinstance(action, ShowPrompt):
                self.show(action, time)
            elif isinstance(action, WithdrawPrompt):
                self.met.append(f"{time} withdrawn")
            elif isinstance(action, OpenLogins):
                for notice in action.notices:
                    self.note(notice.key, opened(notice))
                    self.met.append(f"{time} browser: {notice.session}")
        self.board = after

    def assess(self, now: datetime) -> Board:
        """Give the board as of now."""
        tokens = {
            session.cache_key: token
            for session, token in zip(self.sessions, self.day.tokens, strict=True)
        }
        config = AwsConfig(self.sessions, (a_profile(),))
        memory = Memory(MappingProxyType(dict(self.records)))
        return assess(Facts(config, tokens, memory), now, self.settings)

    def show(self, action: ShowPrompt, time: str) -> None:
        """Note what people read."""
        sign = "" if action.prompt.news else " (corrected)"
        self.met.append(f"{time} {together(action.prompt)[0]}{sign}")
        for notice in action.prompt.notices:
            self.note(notice.key, notice.episode)

    def note(self, key: str, episode: str) -> None:
        """Remember that people were told."""
        self.records[key] = announce(self.records[key], episode)


def snooze(until: str) -> Change:
    """Wish for quiet until then."""
    return lambda record: replace(record, snoozed_until=at(until))


def mute(when: str) -> Change:
    """Wish for quiet until it has ended."""
    return lambda record: replace(record, muted_at=at(when))


def remind(when: str) -> Change:
    """Wish to be told then."""
    return lambda record: replace(record, remind_at=at(when))

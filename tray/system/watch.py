"""File events: tells at once when AWS's files, the token cache or our settings change.

What is watched are folders, because other programs replace files and folders whole.
When the system has no more watches to give, `look` compares the files instead.

The thread that brings the events only passes on, and a thread of ours follows folders
that come and go.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from tray.core.board import Board
from tray.core.wording import system as wording
from tray.system.watchplan import Folder, Watched, identity

log = logging.getLogger(__name__)

Heard = Callable[[str, str, bool], None]

CALM = timedelta(seconds=60)
"""How often `look` should be called while events arrive."""

BLIND = timedelta(seconds=3)
"""How often it should be called while there are no events."""

BLIND_LOOKS = 20
"""So many looks later the system is asked for watches again."""

ROUNDS = 5
"""How often a plan is made anew while the folders change under it."""


class Events(Protocol):
    """What brings the events of folders."""

    def start(self) -> None:
        """Begin; raises `OSError` when the system has no more of it to give."""
        ...

    def stop(self) -> None:
        """End; not from the thread that calls back."""
        ...

    def add(self, folder: str, *, content: bool) -> object:
        """Watch a folder; raises `OSError`."""
        ...

    def remove(self, watch: object) -> None:
        """Watch it no longer; it may be gone already."""
        ...


def system_events(heard: Heard) -> Events:
    """Give what brings events on this system; imported late."""
    if sys.platform == "linux":
        from tray.system.inotify import InotifyEvents

        return InotifyEvents(heard)
    else:  # noqa: RET505 - so that types are checked for each system
        from tray.system.watchdog_events import WatchdogEvents

        return WatchdogEvents(heard)


@dataclass(frozen=True, slots=True)
class _Active:
    """A folder that is being watched."""

    watch: object
    identity: tuple[int, int]
    content: bool


class Watch:
    """Calls back, on a thread of its own, whenever a watched thing may have changed."""

    def __init__(
        self,
        watched: Watched,
        on_change: Callable[[], None],
        events: Callable[[Heard], Events] = system_events,
    ) -> None:
        self._watched = watched
        self._on_change = on_change
        self._make_events = events
        self._lock = threading.Lock()
        self._events: Events | None = None
        self._plan: dict[str, Folder] = {}
        self._tokens: frozenset[str] | None = None
        self._active: dict[str, _Active] = {}
        self._dead: set[str] = set()
        self._blind_looks: int | None = None
        self._stamps: object = None
        self._moved = threading.Event()
        self._stopping = False
        self._follower = threading.Thread(
            target=self._follow_on, name="watch", daemon=True
        )

    def start(self) -> None:
        """Begin to watch; never raises for what the file system is like."""
        with self._lock:
            self._open()
        self._follower.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopping = True
        self._moved.set()
        if self._follower.is_alive():
            self._follower.join()
        with self._lock:
            self._close()

    def show(self, board: Board, now: datetime) -> None:
        """Heed only the token files of the sessions that are on the board.

        The folder is shared with others, who may write to it a thousand times a second.
        """
        del now
        keys = (status.session.cache_key for status in board.sessions)
        self._tokens = frozenset(f"{key}.json" for key in keys)

    def look(self) -> timedelta:
        """Find what events can't tell; gives how long to wait until the next look."""
        with self._lock:
            if self._blind_looks is not None:
                self._look_blindly()
            elif self._events is not None and self._stale():
                self._moved.set()
            return CALM if self._blind_looks is None else BLIND

    def _look_blindly(self) -> None:
        stamps = self._watched.stamps()
        if stamps != self._stamps:
            self._stamps = stamps
            self._on_change()
        self._blind_looks = (self._blind_looks or 0) + 1
        if self._blind_looks % BLIND_LOOKS == 0:
            self._open()

    def _open(self) -> None:
        try:
            events = self._make_events(self.heard)
            events.start()
            self._events = events
            self._follow()
        except OSError as error:
            self._give_up(error)
            return
        if self._blind_looks is not None:
            self._blind_looks = None
            log.info(wording.WATCH_BACK)
            self._on_change()

    def _give_up(self, error: OSError) -> None:
        self._close()
        if self._blind_looks is None:
            log.warning(wording.WATCH_LIMIT, error.strerror or type(error).__name__)
            self._blind_looks = 0
            self._stamps = self._watched.stamps()
            self._on_change()

    def _close(self) -> None:
        events, self._events = self._events, None
        self._active.clear()
        if events is not None:
            events.stop()

    def _stale(self) -> bool:
        return any(
            folder in self._dead or identity(folder) != active.identity
            for folder, active in self._active.items()
        )

    def _follow_on(self) -> None:
        while self._moved.wait() and not self._stopping:
            self._moved.clear()
            try:
                with self._lock:
                    before = dict(self._active)
                    if self._events is not None:
                        self._follow_or_give_up()
                    changed = before != self._active
            except Exception:  # the top of the thread
                log.exception(wording.WATCH_FAULT)
                continue
            if changed:
                self._on_change()

    def _follow_or_give_up(self) -> None:
        try:
            self._follow()
        except OSError as error:
            self._give_up(error)

    def _follow(self) -> None:
        """Bring the watches in step with what the paths mean now."""
        for _ in range(ROUNDS):
            self._plan = plan = self._watched.plan()
            if not self._settle(plan) and plan.keys() == self._active.keys():
                return

    def _settle(self, plan: dict[str, Folder]) -> bool:
        """Give whether anything had to be changed."""
        changed = False
        for name, active in list(self._active.items()):
            wanted = plan.get(name)
            same = name not in self._dead and active.identity == identity(name)
            if wanted is None or not same or active.content != wanted.content:
                changed = True
                del self._active[name]
                self._release(active.watch)
            self._dead.discard(name)
        for name, folder in plan.items():
            if name not in self._active:
                changed |= self._take(name, folder)
        return changed

    def _take(self, name: str, folder: Folder) -> bool:
        known = identity(name)
        if known is None or self._events is None:
            return False
        try:
            watch = self._events.add(name, content=folder.content)
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            return False
        self._active[name] = _Active(watch, known, folder.content)
        return True

    def _release(self, watch: object) -> None:
        if self._events is not None:
            self._events.remove(watch)

    def heard(self, folder: str, name: str, comes_or_goes: bool) -> None:  # noqa: FBT001 - as events come
        """Take an event in one watched folder; called on the events' own thread."""
        if not folder:  # events were lost
            self._on_change()
            self._moved.set()
            return
        if not name:
            self._dead.add(folder)
        else:
            wanted = self._plan.get(folder)
            if wanted is None or not wanted.counts(name, self._tokens):
                return
            # A new plan looks at every file in the cache; only links need one there.
            leads = name in wanted.names or Path(folder, name).is_symlink()
            comes_or_goes = comes_or_goes and leads
        self._on_change()
        if comes_or_goes:
            self._moved.set()

"""File events: tells at once when AWS's files, the token cache or our settings change.

What is watched are folders, because other programs replace files and folders whole.
When the system has no more watches to give, `look` compares the files instead.

watchdog holds its lock while it calls us and takes it again when we change its watches;
so its thread only passes on, and a thread of ours follows folders that come and go.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tray.core.wording import system as wording
from tray.system.watchplan import Folder, Watched, identity

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver, ObservedWatch

log = logging.getLogger(__name__)

CALM = timedelta(seconds=60)
"""How often `look` should be called while events arrive."""

BLIND = timedelta(seconds=3)
"""How often it should be called while there are no events."""

BLIND_LOOKS = 20
"""So many looks later the system is asked for watches again."""

ROUNDS = 5
"""How often a plan is made anew while the folders change under it."""


@dataclass(frozen=True, slots=True)
class _Active:
    """A folder that is being watched."""

    watch: ObservedWatch
    identity: tuple[int, int]
    content: bool


class Watch:
    """Calls back, on a thread of its own, whenever a watched thing may have changed."""

    def __init__(self, watched: Watched, on_change: Callable[[], None]) -> None:
        self._watched = watched
        self._on_change = on_change
        self._lock = threading.Lock()
        self._observer: BaseObserver | None = None
        self._plan: dict[str, Folder] = {}
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

    def look(self) -> timedelta:
        """Find what events can't tell; gives how long to wait until the next look."""
        with self._lock:
            if self._blind_looks is not None:
                self._look_blindly()
            elif self._observer is not None and self._stale():
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
        logging.getLogger("watchdog").setLevel(logging.WARNING)
        try:
            from watchdog.observers import Observer

            self._observer = Observer()
            self._observer.start()
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
        observer, self._observer = self._observer, None
        self._active.clear()
        if observer is not None and observer.is_alive():
            observer.stop()
            observer.join()

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
                    if self._observer is not None:
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
        from watchdog import events

        classes: list[type[FileSystemEvent]] = [
            events.FileCreatedEvent,
            events.FileDeletedEvent,
            events.FileMovedEvent,
            events.DirCreatedEvent,
            events.DirDeletedEvent,
            events.DirMovedEvent,
        ]
        if folder.content:
            classes.append(events.FileModifiedEvent)
        known = identity(name)
        if known is None or self._observer is None:
            return False
        try:
            watch = self._observer.schedule(
                _listener(self.heard, name), name, event_filter=classes
            )
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            return False
        self._active[name] = _Active(watch, known, folder.content)
        return True

    def _release(self, watch: ObservedWatch) -> None:
        if self._observer is not None:
            try:
                self._observer.unschedule(watch)
            except (KeyError, OSError):
                log.debug("a watch was gone already", exc_info=True)

    def heard(self, folder: str, event: FileSystemEvent) -> None:
        """Take an event in one watched folder; called on watchdog's thread."""
        paths = [os.fsdecode(event.src_path), os.fsdecode(event.dest_path or "")]
        wanted = self._plan.get(folder)
        if folder in paths:
            self._dead.add(folder)
        elif wanted is None or not any(
            wanted.counts(name)
            for place, name in map(os.path.split, paths)
            if place == folder
        ):
            return
        self._on_change()
        if event.event_type != "modified":
            self._moved.set()


def _listener(
    heard: Callable[[str, FileSystemEvent], None], folder: str
) -> FileSystemEventHandler:
    from watchdog.events import FileSystemEventHandler

    class Listener(FileSystemEventHandler):
        """Passes every event on."""

        def dispatch(self, event: FileSystemEvent) -> None:
            """Pass an event on."""
            try:
                heard(folder, event)
            except Exception:  # the top of the thread
                log.exception(wording.WATCH_FAULT)

    return Listener()

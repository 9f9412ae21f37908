"""File events by watchdog, where the system is not Linux.

watchdog holds its lock while it calls us and takes it again when we change its watches;
so its thread only passes on.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from tray.core.wording import system as wording

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver

log = logging.getLogger(__name__)

Heard = Callable[[str, str, bool], None]
"""Takes a folder, a name in it (empty: the folder itself is gone or moved), and whether
the name came or went."""


class WatchdogEvents:
    """Watches folders, each for what comes and goes and, if asked, for its content."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._observer: BaseObserver | None = None

    def start(self) -> None:
        """Begin; raises `OSError` when the system has no more of it to give."""
        logging.getLogger("watchdog").setLevel(logging.WARNING)
        from watchdog.observers import Observer

        self._observer = Observer()
        self._observer.start()

    def stop(self) -> None:
        """End; not from the thread that calls back."""
        observer, self._observer = self._observer, None
        if observer is not None and observer.is_alive():
            observer.stop()
            observer.join()

    def add(self, folder: str, *, content: bool) -> object:
        """Watch a folder; raises `OSError`, `FileNotFoundError` if it is not there."""
        from watchdog import events

        classes: list[type[FileSystemEvent]] = [
            events.FileCreatedEvent,
            events.FileDeletedEvent,
            events.FileMovedEvent,
            events.DirCreatedEvent,
            events.DirDeletedEvent,
            events.DirMovedEvent,
        ]
        if content:
            classes.append(events.FileModifiedEvent)
        if self._observer is None:
            return None
        return self._observer.schedule(
            _listener(self._pass_on, folder), folder, event_filter=classes
        )

    def remove(self, watch: object) -> None:
        """Watch it no longer; it may be gone already."""
        from watchdog.observers.api import ObservedWatch

        if self._observer is not None and isinstance(watch, ObservedWatch):
            try:
                self._observer.unschedule(watch)
            except (KeyError, OSError):
                log.debug("a watch was gone already", exc_info=True)

    def _pass_on(self, folder: str, event: FileSystemEvent) -> None:
        comes_or_goes = event.event_type != "modified"
        for path in (os.fsdecode(event.src_path), os.fsdecode(event.dest_path or "")):
            if path == folder:
                self._heard(folder, "", True)  # noqa: FBT003 - see Heard
            elif os.path.split(path)[0] == folder:
                self._heard(folder, os.path.split(path)[1], comes_or_goes)


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

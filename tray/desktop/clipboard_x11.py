"""Our own hold of X's clipboard, for desktops without a program for it.

X keeps no texts: whoever copies has the selection CLIPBOARD and gives its text to those
who paste, until somebody else copies. From "Peer-to-Peer Communication by Means of
Selections" in the ICCCM (https://x.org/releases/current/doc/xorg-docs/icccm/icccm.html).
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from Xlib.display import Display
    from Xlib.protocol.event import SelectionNotify, SelectionRequest
    from Xlib.xobject.drawable import Window

log = logging.getLogger(__name__)

LONGEST: Final = 100_000
"""Bytes; a longer text would have to be given in pieces, and we copy none."""

TEXTS: Final = ("UTF8_STRING", "text/plain;charset=utf-8", "STRING", "TEXT")
"""The forms in which our text is given; it is UTF-8 in all of them."""


class X11Clipboard:
    """Copies by answering whoever pastes, from a thread that ends with the next copy.

    What was copied so is gone when the program ends.
    """

    def __init__(self, display: str) -> None:
        self._display = display

    def take(self, text: str) -> bool:
        """Hold a text from now on; False where X or another program does not let us."""
        from Xlib.display import Display
        from Xlib.error import DisplayError

        if len(text.encode()) > LONGEST:
            return False
        try:
            display = Display(self._display)
        except (DisplayError, OSError):
            return False
        held = _Held(display, text.encode())
        if not held.begin():
            display.close()
            return False
        threading.Thread(target=held.serve, name="clipboard", daemon=True).start()
        return True


class _Held:
    """One text, held over a connection of its own."""

    def __init__(self, display: Display, text: bytes) -> None:
        self._display = display
        self._text = text
        self._window: Window = display.screen().root.create_window(0, 0, 1, 1, 0, 0)
        self._selection = display.intern_atom("CLIPBOARD")
        self._targets = display.intern_atom("TARGETS")
        self._texts = [display.intern_atom(name) for name in TEXTS]
        display.set_error_handler(lambda *_: None)  # who pastes may be gone meanwhile

    def begin(self) -> bool:
        """Take the clipboard; tell whether we have it."""
        from Xlib import X

        self._window.set_selection_owner(self._selection, X.CurrentTime)
        owner: object = self._display.get_selection_owner(self._selection)
        return owner == self._window

    def serve(self) -> None:
        """Give the text to all who want it, until somebody else copies."""
        from Xlib import X
        from Xlib.error import ConnectionClosedError
        from Xlib.protocol.event import SelectionRequest

        try:
            while (event := self._display.next_event()).type != X.SelectionClear:
                if isinstance(event, SelectionRequest):
                    self._give(event)
            self._display.close()
        except (ConnectionClosedError, OSError):
            log.debug("the X server has ended")

    def _give(self, asked: SelectionRequest) -> None:
        from Xlib.protocol.event import SelectionNotify

        place = asked.property or asked.target  # old programs name none
        given = self._put(asked, place)
        notify: SelectionNotify = SelectionNotify(
            time=asked.time,
            requestor=asked.requestor,
            selection=asked.selection,
            target=asked.target,
            property=place if given else 0,
        )
        asked.requestor.send_event(notify)
        self._display.flush()

    def _put(self, asked: SelectionRequest, place: int) -> bool:
        from Xlib import Xatom

        if asked.target == self._targets:
            names = [self._targets, *self._texts]
            asked.requestor.change_property(place, Xatom.ATOM, 32, names)
        elif asked.target in self._texts:
            asked.requestor.change_property(place, asked.target, 8, self._text)
        else:
            return False
        return True

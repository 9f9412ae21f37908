"""Notices with buttons, over org.freedesktop.Notifications.

Specification: https://specifications.freedesktop.org/notification-spec/. Servers
differ; what they do differently stands beside the code that allows for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tray.desktop.dbus import DISCONNECTED, Bus
from tray.desktop.notice_parts import (
    Server,
    Text,
    body_of,
    described,
    hints,
    number_of,
    pressed,
)
from tray.desktop.packets import Body, Call, Match, Reply, clean

if TYPE_CHECKING:
    from PIL.Image import Image

log = logging.getLogger(__name__)

SERVER: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
_PICTURE_SIZE: Final = 48
_FAILURES: Final = 2
"""So often is one text tried; it may be what the server dies of."""


@dataclass(slots=True)
class _Standing:
    """One notice, by its key."""

    text: Text | None  # None: to be taken away
    number: int = 0  # the server's; 0 while it is not shown
    sent: Text | None = None  # what the server was last given
    waiting: bool = False  # a Notify is on its way
    failures: int = 0  # how often this text was refused, or lost with its server


class Notifier:
    """Notices on a `Bus`, with or without an icon; callable from any thread.

    A notice replaces the one with the same key. What is not on the screen because bus
    or server went away is shown when they are back, unless withdrawn. Nothing here
    waits for the server. `on_button` runs on the worker thread, with the key and the
    button's id.
    """

    def __init__(
        self,
        bus: Bus,
        app: str,
        on_button: Callable[[str, str], None] | None = None,
        picture: Callable[[int], Image] | None = None,
    ) -> None:
        self._bus, self._app = bus, app
        self._on_button, self._picture = on_button, picture
        self._lock = threading.RLock()
        self._standing: dict[str, _Standing] = {}
        self._server: Server | None = None
        self._listening = self._asking = self._missing = False
        self._round = 0  # counts servers; what an earlier one answers is void
        self.activation_token = ""
        """What lets a program that a button starts come to the front (Wayland)."""

    def show(  # noqa: PLR0913
        self,
        key: str,
        title: str,
        body: str,
        *,
        buttons: tuple[tuple[str, str], ...] = (),
        urgent: bool = False,
        without_buttons: str = "",
        news: bool = True,
    ) -> None:
        """Show a notice; buttons are (id, label) pairs. Never raises.

        `without_buttons` is a sentence more for servers that have no buttons. What is
        no news only corrects a notice that still stands.
        """
        text = Text(title, body, buttons, urgent, without_buttons)
        try:
            self._show(key, text, news=news)
        except Exception:  # what decorates never kills
            log.exception("A notice could not be shown")

    def withdraw(self, key: str) -> None:
        """Take a notice away if it still stands. Never raises."""
        try:
            self._show(key, None, news=False)
        except Exception:  # what decorates never kills
            log.exception("A notice could not be withdrawn")

    def _show(self, key: str, text: Text | None, *, news: bool) -> None:
        with self._lock:
            if not news and key not in self._standing:
                return
            self._listen()
            one = self._standing.setdefault(key, _Standing(text))
            if text != one.text:
                one.text, one.failures = text, 0
            self._send_all()

    # -- sending --------------------------------------------------------------------
    def _send_all(self) -> None:
        """Bring what stands on the screen to what should; the lock is held."""
        if self._server is None:
            if any(one.text is not None for one in self._standing.values()):
                self._ask_server()
            else:
                self._standing.clear()  # withdrawn before it was shown
            return
        for key, one in tuple(self._standing.items()):
            if one.waiting or (one.number and one.text == one.sent):
                continue
            if one.text is None:
                self._close(one.number)
                del self._standing[key]
            else:
                self._send(key, one, one.text, self._server)

    def _send(self, key: str, one: _Standing, text: Text, server: Server) -> None:
        if one.number and server.renews:
            number, one.number = one.number, 0
            self._close(number)

        def done(reply: Reply) -> None:
            self._shown(key, one, reply)

        picture = self._picture(_PICTURE_SIZE) if self._picture is not None else None
        body = (
            self._app,
            one.number,
            "",
            clean(text.title),
            body_of(text, server),
            [clean(word) for pair in text.buttons for word in pair],
            hints(text, self._app, picture),
            -1,  # how long it stays is the server's choice
        )
        one.waiting, one.sent = True, text
        self._bus.call(_call("Notify", "susssasa{sv}i", body), done)

    def _shown(self, key: str, one: _Standing, reply: Reply) -> None:
        with self._lock:
            if self._standing.get(key) is not one:
                return  # bus or server went away meanwhile
            one.waiting = False
            one.number = number_of(reply.body)
            if one.number:
                self._missing = False
            elif reply.error:
                self._failed(reply.error)
                self._refused(key, one, reply.error)
                return
            elif one.text == one.sent or one.text is None:
                del self._standing[key]  # without a number nobody can come back to it
            self._send_all()  # it may have changed meanwhile

    def _refused(self, key: str, one: _Standing, error: str) -> None:
        """Try again at the next occasion, but not for ever."""
        one.sent = None
        one.failures += error != DISCONNECTED
        if one.failures >= _FAILURES:
            del self._standing[key]

    def _close(self, number: int) -> None:
        if number:
            self._bus.call(_call("CloseNotification", "u", (number,)))

    # -- the server comes and goes --------------------------------------------------
    def _ask_server(self) -> None:
        if self._asking or not self._bus.connected:
            return
        self._asking, asked = True, self._round

        def capabilities(known: Reply) -> None:
            def information(told: Reply) -> None:
                with self._lock:
                    if asked == self._round:
                        self._met(known, told)

            self._bus.call(_call("GetServerInformation"), information)

        self._bus.call(_call("GetCapabilities"), capabilities)

    def _met(self, capabilities: Reply, information: Reply) -> None:
        self._asking = False
        if capabilities.error:
            self._failed(capabilities.error)
            return
        self._server = described(capabilities.body, information.body)
        self._send_all()

    def _failed(self, error: str) -> None:
        if error != DISCONNECTED and not self._missing:
            self._missing = True
            log.warning("This desktop shows no notices: %s", error)

    def _listen(self) -> None:
        if self._listening:
            return
        self._listening = True
        for member, handler in (
            ("ActionInvoked", self._pressed),
            ("NotificationClosed", self._closed),
            ("ActivationToken", self._token_given),
        ):
            self._bus.subscribe(Match(SERVER, member, path=PATH), handler)
        self._bus.watch_name(SERVER, self._server_changed)
        self._bus.attach(self._connected, self._lost)

    def _server_changed(self, owner: str) -> None:
        """Forget the old server's numbers; a new one shows what still holds."""
        with self._lock:
            self._forget_server()
            for key, one in tuple(self._standing.items()):
                failures = one.failures + (one.sent is not None)
                if one.text is None or failures >= _FAILURES:
                    del self._standing[key]
                else:
                    self._standing[key] = _Standing(one.text, failures=failures)
            if owner:
                self._send_all()

    def _forget_server(self) -> None:
        self._server, self._asking = None, False
        self._round += 1

    def _connected(self) -> None:
        with self._lock:
            self._send_all()

    def _lost(self) -> None:
        with self._lock:
            self._forget_server()
            for one in self._standing.values():
                one.number, one.sent, one.waiting = 0, None, False

    # -- people answer --------------------------------------------------------------
    def _key_of(self, number: int) -> str | None:
        keys = (
            k for k, one in self._standing.items() if number and one.number == number
        )
        return next(keys, None)

    def _pressed(self, body: Body) -> None:
        number, button = pressed(body)
        with self._lock:
            key = self._key_of(number)
            text = self._standing[key].sent if key is not None else None
        if key is None or text is None or self._on_button is None:
            return
        tell = self._on_button
        if button in {known for known, _ in text.buttons}:
            self._bus.later(lambda: tell(key, button))

    def _closed(self, body: Body) -> None:
        with self._lock:
            key = self._key_of(number_of(body))
            if key is None:
                return
            one = self._standing[key]
            one.number = 0
            if not one.waiting:
                del self._standing[key]

    def _token_given(self, body: Body) -> None:
        _, self.activation_token = pressed(body)


def _call(member: str, signature: str = "", body: Body = ()) -> Call:
    return Call(SERVER, PATH, SERVER, member, signature, body)

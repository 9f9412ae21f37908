"""Notices with buttons, over org.freedesktop.Notifications.

Specification: https://specifications.freedesktop.org/notification-spec/. Servers
differ; what they do differently stands beside the code that allows for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tray.desktop.dbus import DISCONNECTED, Bus
from tray.desktop.exports import Variant
from tray.desktop.packets import Body, Call, Match, Reply, clean, escaped

if TYPE_CHECKING:
    from PIL.Image import Image

log = logging.getLogger(__name__)

SERVER: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
_PICTURE_SIZE: Final = 48


@dataclass(frozen=True, slots=True)
class _Text:
    """What one notice says."""

    title: str
    body: str
    buttons: tuple[tuple[str, str], ...]
    urgent: bool
    without_buttons: str


@dataclass(slots=True)
class _Standing:
    """One notice, by its key."""

    text: _Text | None  # None: to be taken away
    number: int = 0  # the server's; 0 while it is not shown
    sent: _Text | None = None  # what the server was last given
    waiting: bool = False  # a Notify is on its way


@dataclass(frozen=True, slots=True)
class _Server:
    """What the notification server can do."""

    buttons: bool
    markup: bool
    renews: bool  # a notice must be closed and sent anew to keep its buttons


class Notifier:
    """Notices on a `Bus`, with or without an icon; callable from any thread.

    A notice replaces the one with the same key. What could not be shown because bus
    or server were away is shown when they are back, unless withdrawn. `on_button` runs
    on the worker thread, with the key and the button's id.
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
        self._server: _Server | None = None
        self._listening = self._asking = self._missing = False
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
        text = _Text(title, body, buttons, urgent, without_buttons)
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

    def _show(self, key: str, text: _Text | None, *, news: bool) -> None:
        with self._lock:
            if not news and key not in self._standing:
                return
            self._listen()
            self._standing.setdefault(key, _Standing(text)).text = text
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

    def _send(self, key: str, one: _Standing, text: _Text, server: _Server) -> None:
        if one.number and server.renews:
            number, one.number = one.number, 0
            self._close(number)

        def done(reply: Reply) -> None:
            self._shown(key, one, reply)

        body = (
            self._app,
            one.number,
            "",
            clean(text.title),
            _body(text, server),
            [clean(word) for pair in text.buttons for word in pair],
            self._hints(text),
            -1,  # how long it stays is the server's choice
        )
        one.waiting, one.sent = True, text
        self._bus.call(_call("Notify", "susssasa{sv}i", body), done)

    def _shown(self, key: str, one: _Standing, reply: Reply) -> None:
        with self._lock:
            one.waiting = False
            if self._standing.get(key) is not one:
                return  # the connection was lost meanwhile
            if reply.error:
                one.number, one.sent = 0, None
                self._failed(reply.error)
            else:
                one.number = reply.body[0]
                self._missing = False
                self._send_all()  # it may have changed meanwhile

    def _close(self, number: int) -> None:
        if number:
            self._bus.call(_call("CloseNotification", "u", (number,)))

    def _hints(self, text: _Text) -> Mapping[str, Variant]:
        hints: dict[str, Variant] = {
            "urgency": ("y", 2 if text.urgent else 1),
            "desktop-entry": ("s", self._app),
        }
        if self._picture is not None:
            image = self._picture(_PICTURE_SIZE).convert("RGBA")
            width, height = image.size
            data = (width, height, 4 * width, True, 8, 4, image.tobytes())
            hints["image-data"] = ("(iiibiiay)", data)
        return hints

    # -- the server comes and goes --------------------------------------------------
    def _ask_server(self) -> None:
        if self._asking or not self._bus.connected:
            return
        self._asking = True

        def capabilities(reply: Reply) -> None:
            known = frozenset(reply.body[0] if reply.body else ())

            def product(answer: Reply) -> None:
                name = str(answer.body[0]) if answer.body else ""
                self._met(reply.error or answer.error, known, name)

            self._bus.call(_call("GetServerInformation"), product)

        self._bus.call(_call("GetCapabilities"), capabilities)

    def _met(self, error: str, capabilities: frozenset[str], product: str) -> None:
        with self._lock:
            self._asking = False
            if error:
                self._failed(error)
                return
            self._server = _Server(
                buttons="actions" in capabilities,
                markup="body-markup" in capabilities,
                # GNOME shows a replaced banner without its buttons
                renews=product.lower() == "gnome-shell",
            )
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
        """Forget what the old server showed; a new one counts from the beginning."""
        with self._lock:
            self._server = None
            for key, one in tuple(self._standing.items()):
                if one.number and one.text == one.sent:
                    del self._standing[key]
                one.number = 0
            if owner:
                self._send_all()

    def _connected(self) -> None:
        with self._lock:
            self._send_all()

    def _lost(self) -> None:
        with self._lock:
            self._server, self._asking = None, False
            for one in self._standing.values():
                one.number, one.sent, one.waiting = 0, None, False

    # -- people answer --------------------------------------------------------------
    def _key_of(self, number: int) -> str | None:
        return next((k for k, o in self._standing.items() if o.number == number), None)

    def _pressed(self, body: Body) -> None:
        number, button = body
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
            key = self._key_of(body[0])
            if key is None:
                return
            one = self._standing[key]
            one.number = 0
            if not one.waiting:
                del self._standing[key]

    def _token_given(self, body: Body) -> None:
        self.activation_token = body[1]


def _call(member: str, signature: str = "", body: Body = ()) -> Call:
    return Call(SERVER, PATH, SERVER, member, signature, body)


def _body(text: _Text, server: _Server) -> str:
    body = text.body
    if text.buttons and text.without_buttons and not server.buttons:
        body = f"{body} {text.without_buttons}"
    return escaped(clean(body)) if server.markup else clean(body)

"""Our icon for Linux: pystray's interface over StatusNotifierItem, without GTK.

Interface: https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/. Panels
follow KDE's dialect of it (names with `org.kde`), and so do we.
"""

from __future__ import annotations

import itertools
import logging
import os
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal, TypeAlias

from tray.core.wording.hosts import NO_MENU
from tray.desktop.dbus import Bus
from tray.desktop.dbusmenu import ExportedMenu
from tray.desktop.exports import Interface, Method, Variant, refuse
from tray.desktop.hosts import HostTeller, host_there
from tray.desktop.item import FIXED, LOOKALIKES, SIGNALS
from tray.desktop.menutree import EVERY
from tray.desktop.notices import Notifier
from tray.desktop.packets import Body, Call, Match, Payload, Reply, clean
from tray.desktop.pixmaps import Picture, pixmap
from tray.desktop.toolkit import BaseIcon
from tray.desktop.wire import BUS, BUS_PATH

log = logging.getLogger(__name__)

Status: TypeAlias = Literal["Passive", "Active", "NeedsAttention"]

ITEM: Final = "org.kde.StatusNotifierItem"
ITEM_PATH: Final = "/StatusNotifierItem"
MENU_PATH: Final = "/StatusNotifierItem/Menu"
WATCHER: Final = "org.kde.StatusNotifierWatcher"
WATCHER_PATH: Final = "/StatusNotifierWatcher"
SIZES: Final = (16, 22, 24, 32, 48, 64)

_RETURNS: Final = 5  # so often a panel may drop the icon and gets it again
_OWNED: Final = (1, 4)  # RequestName: is the owner now, or was it already
_NUMBERS: Final = itertools.count(1)


class Icon(BaseIcon):  # type: ignore[misc]
    """A tray icon on a `Bus`; everything may be called from any thread.

    `icon` may be a PIL image, or a callable that draws one at a size in pixels.
    `on_host` is told, on the worker thread, whether a panel shows icons: at first and
    whenever that changes; that none does, after `patience` seconds. `run` serves the
    bus and comes back after `stop`; the icon returns by itself with a panel or a bus
    that was away.
    """

    HAS_DEFAULT_ACTION = HAS_MENU = HAS_MENU_RADIO = HAS_NOTIFICATION = True

    def __init__(  # noqa: PLR0913  (pystray's four, and what it does not know)
        self,
        name: str,
        icon: Picture | None = None,
        title: str = "",
        menu: object = None,
        *,
        bus: Bus,
        notifier: Notifier | None = None,
        on_host: Callable[[bool], None] | None = None,
        patience: float = 0,
        doubled: int = EVERY,
    ) -> None:
        super().__init__(name, icon, title, menu)
        self._bus, self._on_host = bus, on_host
        self._host = HostTeller(self._tell_host, patience)
        self._notifier = notifier or Notifier(bus, name)
        self._menu_export = ExportedMenu(
            bus, MENU_PATH, self._items, self._clicked, doubled
        )
        self._pixmaps: list[tuple[int, int, bytes]] = []
        self._status: Status = "Active"
        self._bus_name = ""
        self._wanted = self._claimed = self._exported = self._menuless = False
        self._returns = 0
        self._lock, self._drawing = threading.Lock(), threading.Lock()
        self.activation_token = ""
        """What lets a program that a click starts come to the front (Wayland)."""

    @property
    def status(self) -> Status:
        """What panels do with the icon: Passive ones may be hidden."""
        return self._status

    @status.setter
    def status(self, status: Status) -> None:
        """Tell panels; the same again is no news."""
        if status != self._status:
            self._status = status
            self._signal("NewStatus", (status,))

    # -- what pystray asks of a backend ---------------------------------------------
    def _run(self) -> None:
        self._bus.export(ITEM_PATH, self._interface())
        self._bus.export(MENU_PATH, self._menu_export.interface())
        self._exported = True
        for member in (
            "StatusNotifierHostRegistered",
            "StatusNotifierHostUnregistered",
        ):
            self._bus.subscribe(Match(WATCHER, member), lambda _: self._ask_for_host())
        self._bus.subscribe(
            Match(WATCHER, "StatusNotifierItemUnregistered"), self._dropped
        )
        self._bus.watch_name(WATCHER, self._watcher_changed)
        self._mark_ready()
        self._bus.attach(self._claim, self._lost)
        self._bus.serve()

    def _run_detached(self) -> None:
        threading.Thread(target=self._run, name="tray-bus", daemon=True).start()

    def stop(self) -> None:
        """Leave the screen, also when that is asked for just before `run`."""
        self._bus.stop()
        self._host.unknown()
        super().stop()

    def _stop(self) -> None:
        """Nothing is left to do."""

    def _show(self) -> None:
        self._wanted = True
        self._signal("NewStatus", (self._status,))
        self._claim()

    def _hide(self) -> None:
        """Give the name back, and ask panels to hide the icon until it returns."""
        self._signal("NewStatus", ("Passive",))
        with self._lock:
            claimed, self._wanted, self._claimed = self._claimed, False, False
        if claimed:
            arguments = (self._bus_name,)
            self._bus.call(Call(BUS, BUS_PATH, BUS, "ReleaseName", "s", arguments))

    def _update_icon(self) -> None:
        with self._drawing:  # whoever changes the picture last draws last
            picture = self.icon
            pixmaps = [pixmap(picture, size) for size in SIZES] if picture else []
            self._icon_valid = True
            changed, self._pixmaps = pixmaps != self._pixmaps, pixmaps
        if changed:
            self._signal("NewIcon")

    def _update_title(self) -> None:
        self._signal("NewTitle")
        self._signal("NewToolTip")

    def _update_menu(self) -> None:
        if self._exported:  # what was shown before is looked at when it is asked for
            self._menu_export.refresh()

    def _notify(self, message: str, title: str | None = None) -> None:
        self._notifier.show("icon", title or self.title or self.name, message)

    def _remove_notification(self) -> None:
        self._notifier.withdraw("icon")

    # -- panels come and go ---------------------------------------------------------
    def _claim(self) -> None:
        """Ask for a bus name, once for each connection; two would be two icons."""
        with self._lock:
            if self._claimed or not self._wanted or not self._bus.connected:
                return
            self._claimed = True
        self._own_name()

    def _lost(self) -> None:
        with self._lock:
            self._claimed = False
        self._host.unknown()

    def _own_name(self) -> None:
        self._bus_name = f"{ITEM}-{os.getpid()}-{next(_NUMBERS)}"

        def done(reply: Reply) -> None:
            if reply.body and reply.body[0] not in _OWNED:
                self._own_name()  # another container's process has our number
            elif not reply.error:
                self._register()

        arguments = (self._bus_name, 4)  # 4: do not wait for it
        self._bus.call(Call(BUS, BUS_PATH, BUS, "RequestName", "su", arguments), done)

    def _register(self) -> None:
        def done(reply: Reply) -> None:
            if reply.error:
                log.info("No panel takes icons: %s", reply.error)
                self._host.heard(there=False)
            else:
                self._ask_for_host()

        # GNOME's extension may lose an icon that comes under a well-known name
        member, arguments = "RegisterStatusNotifierItem", (self._bus.name,)
        call = Call(WATCHER, WATCHER_PATH, WATCHER, member, "s", arguments)
        self._bus.call(call, done)

    def _ask_for_host(self) -> None:
        """Ask the watcher, which may be there although nothing draws icons."""

        def done(reply: Reply) -> None:
            if (there := host_there(reply)) is not None:
                self._host.heard(there=there)

        arguments = (WATCHER, "IsStatusNotifierHostRegistered")
        interface = f"{BUS}.Properties"
        call = Call(WATCHER, WATCHER_PATH, interface, "Get", "ss", arguments)
        self._bus.call(call, done)

    def _dropped(self, body: Body) -> None:
        """Come back to a panel that dropped the icon; GNOME's extension does at times.

        https://github.com/ubuntu/gnome-shell-extension-appindicator/issues/386
        """
        name = re.split("[@/]", str(body[0]))[0] if body else ""
        ours = name and name in {self._bus.name, self._bus_name}
        if ours and self._claimed and self._returns < _RETURNS:
            self._returns += 1
            self._register()

    def _watcher_changed(self, owner: str) -> None:
        self._returns = 0
        if not owner:
            self._host.heard(there=False)
        elif self._claimed:
            self._register()

    def _tell_host(self, there: bool) -> None:  # noqa: FBT001  (a callback)
        if self._on_host is not None:
            tell = self._on_host
            self._bus.later(lambda: tell(there))

    # -- the menu -------------------------------------------------------------------
    def _items(self) -> Iterable[Any]:
        return self.menu.items if self.menu is not None else ()

    def _clicked(self, item: object) -> None:
        self._bus.later(self._handler(item))

    # -- org.kde.StatusNotifierItem -------------------------------------------------
    def _interface(self) -> Interface:
        methods = {
            "Activate": Method("ii", "", self._activate),
            "SecondaryActivate": Method("ii", "", self._activate),
            "ContextMenu": Method("ii", "", self._context_menu),
            "Scroll": Method("is", "", lambda _delta, _direction: ()),
            "ProvideXdgActivationToken": Method("s", "", self._keep_token),
        }
        return Interface(ITEM, methods, SIGNALS, self._properties)

    def _activate(self, _x: int, _y: int) -> Payload:
        if not self._has_default():
            raise refuse("UnknownMethod", "Activate")  # panels then open the menu
        self._bus.later(self)  # pystray: calling the icon runs the default item
        return ()

    def _context_menu(self, _x: int, _y: int) -> Payload:
        """Tell once what helps; panels that draw menus read ours and do not ask."""
        if not self._menu_export.read and not self._menuless:
            self._menuless = True
            log.warning("%s %s", *NO_MENU)
            self._bus.later(lambda: self._notifier.show("no-menu", *NO_MENU))
        return ()

    def _has_default(self) -> bool:
        item = self._menu_export.default
        return item is not None and bool(item.enabled)

    def _keep_token(self, token: str) -> Payload:
        self.activation_token = token
        return ()

    def _properties(self) -> Mapping[str, Variant]:
        title = clean(self.title or self.name)
        return {
            **FIXED,
            "Id": ("s", self.name),
            "Title": ("s", title),
            "Status": ("s", self._status if self._wanted else "Passive"),
            "IconPixmap": ("a(iiay)", self._pixmaps),
            "AttentionIconPixmap": ("a(iiay)", self._pixmaps),
            "IconAccessibleDesc": ("s", title),
            "AttentionAccessibleDesc": ("s", title),
            "ToolTip": ("(sa(iiay)ss)", ("", [], title.translate(LOOKALIKES), "")),
            "Menu": ("o", MENU_PATH),
            "ItemIsMenu": ("b", not self._has_default()),
        }

    def _signal(self, name: str, body: tuple[str, ...] = ()) -> None:
        if self._bus_name:
            self._bus.emit(ITEM_PATH, ITEM, name, body)

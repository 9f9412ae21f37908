"""A throw-away desktop: Xvfb, a private session bus and one real panel.

    with Desktop(panel="xfce4-panel", home=tmp_path) as desk:
        desk.run([sys.executable, "-m", "tray"], name="app")
        desk.click(desk.icon_box().middle, button=3)
        menu = desk.wait_menu()

No window manager and no xdotool: clicks and window lists go through python-xlib,
screenshots through Pillow. All that it starts is ended by its own handle.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from Xlib.display import Display
from Xlib.error import DisplayConnectionError

from tests.live import panels, shells
from tests.live.screen import Screen, poll
from tests.live.session import Row, SessionBus
from tray.desktop.packets import Call

WATCHER: Final = "org.kde.StatusNotifierWatcher"
SERVER: Final = "org.freedesktop.Notifications"


@dataclass
class Desktop(Screen):
    """A desktop for one test; see the module."""

    home: Path
    """A folder of its own; HOME and everything of XDG lie in it."""
    panel: str | None = None
    """One of `panels.PANELS` or `shells.SHELLS`, or None for no tray."""
    notifications: bool = False
    """Whether a notification server runs."""
    size: tuple[int, int] = (1000, 640)
    """The screen, in pixels."""
    env: dict[str, str] = field(default_factory=dict)
    """What programs are given, DISPLAY among it; more may be added before `run`."""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    """All that was started, oldest first."""

    # -- start and end --------------------------------------------------------------
    def __enter__(self) -> Self:
        needed = [self.panel] if self.panel else []
        needed += ["xfce4-notifyd"] if self._lacks_notices() else []
        panels.require("Xvfb", "dbus-daemon", *needed)
        self._make_home()
        try:
            self._start_x()
            self.start_bus()
            if self._lacks_notices():
                self.start_notifications()
            if self.panel:
                self.start_panel()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        if (display := getattr(self, "_x", None)) is not None:
            display.close()
        for process in reversed(self.processes):
            self.end(process)

    def end(self, process: subprocess.Popen[bytes]) -> int:
        """End a program that was started here; give its exit status."""
        if process.poll() is None:
            process.terminate()
        try:
            status = process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        if process.stdout is not None:
            process.stdout.close()
        return status

    def _make_home(self) -> None:
        for name in ("config", "cache", "data", "state", "run"):
            (self.home / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        self.env = {
            **{name: os.environ[name] for name in ("PATH",) if name in os.environ},
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_RUNTIME_DIR": str(self.home / "run"),
            "XDG_SESSION_TYPE": "x11",
            "GSETTINGS_BACKEND": "memory",
            "GDK_BACKEND": "x11",
            "NO_AT_BRIDGE": "1",
            **self.env,
        }

    def run(
        self,
        command: Sequence[str],
        name: str = "",
        env: Mapping[str, str] | None = None,
        pipe: int | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program; what it prints goes to `log(name)`."""
        name = name or Path(command[0]).name
        with self._log_path(name).open("ab") as log:
            process = subprocess.Popen(
                command,
                env={**self.env, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log if pipe is None else pipe,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def _log_path(self, name: str) -> Path:
        return self.home / f"{name}.log"

    def log(self, name: str) -> list[str]:
        """Give the lines that a program has printed."""
        path = self._log_path(name)
        return path.read_text(errors="replace").splitlines() if path.exists() else []

    def wait_line(
        self, name: str, text: str, *, count: int = 1, seconds: float = 8
    ) -> str:
        """Wait until a program has printed `text`, `count` times; give the line."""

        def found() -> str | None:
            lines = [line for line in self.log(name) if text in line]
            return lines[-1] if len(lines) >= count else None

        return poll(found, f"{name} prints {text!r}", seconds)

    def _start_x(self) -> None:
        size = "{}x{}x24".format(*self.size)
        options = ["-screen", "0", size, "-nolisten", "tcp", "-noreset"]
        server = self.run(
            ["Xvfb", "-displayfd", "1", *options], "xvfb", pipe=subprocess.PIPE
        )
        assert server.stdout is not None
        self.env["DISPLAY"] = f":{int(server.stdout.readline())}"

        def connect() -> Display | None:
            try:  # the number can come a moment before the socket answers
                return Display(self.env["DISPLAY"])
            except DisplayConnectionError:
                return None

        self._x = poll(connect, "X server", 5)

    def start_bus(self) -> None:
        """Start the session bus, also a second time, always at the same address."""
        address = f"unix:path={self.home}/run/bus"
        command = ["dbus-daemon", "--session", "--nofork", f"--address={address}"]
        self.bus_process = self.run(
            [*command, "--print-address=1"], "dbus", pipe=subprocess.PIPE
        )
        assert self.bus_process.stdout is not None
        assert self.bus_process.stdout.readline()
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address
        self.bus = SessionBus(address)

    def kill_bus(self) -> None:
        """End the session bus at once, as a crash would."""
        self.bus_process.kill()
        self.bus_process.wait()

    def _lacks_notices(self) -> bool:
        return self.notifications and self.panel not in shells.SHELLS

    def start_panel(self) -> None:
        """Start the panel, also a second time, and wait until it takes icons."""
        assert self.panel is not None
        if self.panel in shells.SHELLS:
            command = shells.prepare(self.panel, self)
        else:
            command = panels.prepare(self.panel, self.home / "config")
        self.panel_process = self.run(command, "panel")
        poll(lambda: self.bus.has_owner(WATCHER), f"{self.panel} takes icons", 60)

    def kill_panel(self) -> None:
        """End the panel at once, as a crash would."""
        self.panel_process.kill()
        self.panel_process.wait()

    def start_notifications(self) -> None:
        """Start the notification server and wait for it."""
        self.notification_process = self.run([panels.find("xfce4-notifyd")], "notifyd")
        poll(lambda: self.bus.has_owner(SERVER), "the notification server", 15)

    # -- what is exported -----------------------------------------------------------
    def bus_call(self, call: Call) -> tuple[Any, ...]:
        """Call a method on the session bus; gives the values."""
        return self.bus.call(call)

    def tooltip(self) -> str:
        """Give the tooltip of the only icon."""
        return self.bus.tooltip()

    def menu_rows(self) -> tuple[Row, ...]:
        """Give the exported menu of the only icon."""
        return self.bus.menu_rows()

    def labels(self) -> list[str]:
        """Give the first level of the exported menu; "-" for a separator."""
        return [row.label for row in self.menu_rows()]

    def click_row(self, *labels: str) -> None:
        """Choose a menu row by its labels from the top, over the bus, no pixel."""
        self.bus.click_row(*labels)

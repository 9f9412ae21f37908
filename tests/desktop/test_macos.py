"""The icon of macOS: pystray's real backend over a small stand-in for AppKit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

STAND_IN = Path(__file__).parent / "appkit"
PROGRAM = """
import signal, threading
from PIL import Image
from tray.desktop.icon_macos import make_icon
from tray.desktop.icon_notices import IconNotices
from tray.desktop.toolkit import SEPARATOR, Menu, Row
import AppKit

def rows():
    yield Row("R&D " + words[0], lambda: print("clicked"), key=1)
    yield SEPARATOR
    yield Row("More", Menu(lambda: iter([Row("below", None, enabled=False)])), key=2)

def from_elsewhere():
    begun.wait(10)
    icon.title = "two"
    icon.icon = lambda size: Image.new("RGBA", (size, size))
    AppKit.later(lambda: words.insert(0, "new"))
    icon.update_menu()
    icon.update_menu()
    AppKit.later(lambda: AppKit.choose(0))
    icon.stop()

def ready(icon):
    icon.visible = True
    icon.update_menu()
    AppKit.later(begun.set)
    threading.Thread(target=from_elsewhere).start()

def heard(*_):
    raise SystemExit("ours")

words, begun = ["old"], threading.Event()
signal.signal(signal.SIGINT, heard)
icon = make_icon(lambda size: Image.new("RGBA", (size, size)), "one", rows)
icon.run(ready)
print("ended", signal.getsignal(signal.SIGINT) is heard)
"""
EXPECTED = """\
menu R&D old, -, More (below)
picture
tip one
hidden False
menu R&D old, -, More (below)
tip two
picture
menu R&D new, -, More (below)
clicked
menu R&D new, -, More (below)
ended True
"""


def test_all_of_it_happens_on_the_main_thread(calm_world: Path) -> None:
    """Nothing touches AppKit from elsewhere; an unchanged menu is left alone."""
    root = Path(__file__).parent.parent.parent
    environ = {
        **os.environ,
        "HOME": str(calm_world),
        "PYTHONPATH": os.pathsep.join([str(STAND_IN), str(root)]),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environ,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.startswith(EXPECTED)

"""A program for `test_backend`: a notice with buttons, then one in its place."""

from __future__ import annotations

import os
import sys
import threading
import time

from tray.desktop.dbus import Bus
from tray.desktop.notices import Notifier

BUTTONS = (("login", "Log in"), ("snooze", "Snooze"))


def say(*words: object) -> None:
    """Print a line at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Show, replace, and withdraw if told so by the first argument."""
    bus = Bus(os.environ)
    notifier = Notifier(bus, "demo", lambda key, button: say("pressed", key, button))
    serving = threading.Thread(target=bus.serve)
    serving.start()
    body = "Session <b>my-sso</b> & profile dev end in {} minutes."
    notifier.show("one", "Session ends soon", body.format(5), buttons=BUTTONS)
    time.sleep(1)
    notifier.show("one", "Session ends", body.format(4), buttons=BUTTONS, urgent=True)
    say("replaced")
    if "withdraw" in sys.argv:
        time.sleep(1)
        notifier.withdraw("one")
        say("withdrawn")
    threading.Timer(20, bus.stop).start()
    serving.join()


if __name__ == "__main__":
    main()

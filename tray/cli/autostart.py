"""Start at log-in: on, off, and how it stands. No daemon is asked."""

from __future__ import annotations

from argparse import Namespace

from tray.cli.outside import Tools
from tray.core.autostart import Method
from tray.core.wording import autostart as wording


def autostart(options: Namespace, tools: Tools) -> int:
    """Do what the action says."""
    port = tools.outside.autostart()
    method = None if options.method == "auto" else Method(options.method)
    if options.action == "status":
        for line in wording.report(port.status(method, thorough=True)):
            tools.printer.result(line)
        return 0
    act = port.enable if options.action == "enable" else port.disable
    for line in wording.outcome(act(method)):
        tools.printer.say(line)
    return 0

"""The commands that stay: the daemon, and the demo of it."""

from __future__ import annotations

from argparse import Namespace

from tray.cli.outside import Outside


def run(options: Namespace, outside: Outside) -> int:
    """Watch and renew until somebody ends it."""
    return outside.run(options.headless, options.debug)


def demo(options: Namespace, outside: Outside) -> int:
    """Show all of it against a small Identity Center of our own."""
    return outside.demo(options.headless, options.minutes, not options.no_browser)

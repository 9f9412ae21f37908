"""The words that write profiles: `configure`, `sync`."""

from __future__ import annotations

from tray.cli.arguments.words import (
    Commands,
    command,
    how_to_change,
    way_to_log_in,
)
from tray.core.wording import setting_up_help as words


def configure(commands: Commands) -> None:
    """Add `configure`."""
    parser = command(commands, "configure", words.CONFIGURE, words.CONFIGURE_EPILOG)
    parser.add_argument("--start-url", metavar="URL", help=words.START_URL)
    parser.add_argument("--region", metavar="R", help=words.REGION)
    parser.add_argument("--session-name", metavar="NAME", help=words.SESSION_NAME)
    parser.add_argument("--account", metavar="A", action="append", help=words.ACCOUNT)
    parser.add_argument("--role", metavar="R", action="append", help=words.ROLE)
    parser.add_argument("--default-region", metavar="R", help=words.DEFAULT_REGION)
    parser.add_argument("--output", metavar="FORMAT", help=words.OUTPUT)
    parser.add_argument("--profile-name", metavar="T", help=words.PROFILE_NAME)
    way_to_log_in(parser)
    parser.add_argument("--yes", action="store_true", help=words.CONFIGURE_YES)
    parser.set_defaults(fresh=False)


def sync(commands: Commands) -> None:
    """Add `sync`."""
    parser = command(commands, "sync", words.SYNC, words.SYNC_EPILOG)
    parser.set_defaults(pkce=False, device_code=False, no_browser=False, fresh=False)
    parser.add_argument("--session", metavar="S", help=words.SYNC_SESSION)
    parser.add_argument("--template", metavar="T", help=words.TEMPLATE)
    parser.add_argument("--filter", metavar="EXPR", help=words.FILTER)
    parser.add_argument("--prune", action="store_true", help=words.PRUNE)
    parser.add_argument("--rename", action="store_true", help=words.RENAME)
    how_to_change(parser)

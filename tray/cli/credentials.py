"""`credential-process` and `env`: role credentials for other programs.

They are fetched in this process and go to stdout, nowhere else.
"""

from __future__ import annotations

from argparse import Namespace

from tray.cli.each import look
from tray.cli.outside import Tools
from tray.core.board import Phase
from tray.core.credentials import (
    Format,
    RoleCredentials,
    environment,
    process_document,
)
from tray.core.errors import LoginRequired, TrayError
from tray.core.model import Profile
from tray.core.wording import cli_credentials as wording
from tray.core.wording.board import session_title

REFRESH_TIME = 45.0
"""Seconds for a renewal that is due; some SDKs end us after 60."""

_OVER = frozenset({Phase.EXPIRED, Phase.LOGGED_OUT})


def credential_process(options: Namespace, tools: Tools) -> int:
    """Print what the SDKs expect of a `credential_process`."""
    profile, credentials = _fetch(options.profile, tools)
    tools.printer.result(process_document(credentials, profile.account_id))
    return 0


def env(options: Namespace, tools: Tools) -> int:
    """Print the lines that put credentials into a shell."""
    profile, credentials = _fetch(options.profile, tools)
    form = Format(options.format)
    text = environment(credentials, profile.account_id, profile.region, form)
    tools.printer.result(text)
    return 0


def _fetch(name: str, tools: Tools) -> tuple[Profile, RoleCredentials]:
    seen = look(tools)
    status = seen.of_profile(name)
    profile = next(one for one in seen.board.profiles if one.name == name)
    if profile.source_profile is not None:
        raise TrayError(*wording.chained(name, profile.source_profile))
    if status.phase in _OVER:
        title, session = session_title(status.session), status.session.name
        raise LoginRequired(*wording.login_first(title, session))
    due = status.renews_at is not None and status.renews_at <= seen.now
    if due or status.phase is Phase.UNKNOWN:
        tools.ask("refresh", REFRESH_TIME, session=status.session.name)
    return profile, tools.outside.role_credentials(status.session, profile)

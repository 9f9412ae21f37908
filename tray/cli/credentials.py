"""`credential-process` and `env`: role credentials for other programs.

They come from the daemon where one runs, and go to stdout, nowhere else.
"""

from __future__ import annotations

import json
from argparse import Namespace

from tray.cli.each import look
from tray.cli.outside import Tools
from tray.cli.service import Answer
from tray.core.credentials import Format, environment, read_document

TIME = 50.0
"""Seconds for all of it; Go's SDK ends us after 60."""

WAIT = 45
"""Seconds that people have to log in, where a daemon can ask them."""


def credential_process(options: Namespace, tools: Tools) -> int:
    """Print what the SDKs expect of a `credential_process`."""
    tools.printer.result(json.dumps(document(options.profile, tools)))
    return 0


def env(options: Namespace, tools: Tools) -> int:
    """Print the lines that put credentials into a shell."""
    credentials, account_id = read_document(document(options.profile, tools))
    profiles = look(tools).board.profiles
    region = next((p.region for p in profiles if p.name == options.profile), "")
    form = Format(options.format)
    tools.printer.result(environment(credentials, account_id, region, form))
    return 0


def document(profile: str, tools: Tools) -> Answer:
    """Give what the SDKs expect of a `credential_process`."""
    return tools.ask("credential-process", TIME, profile=profile, wait=WAIT)

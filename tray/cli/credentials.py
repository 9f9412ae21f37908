"""`credential-process` and `env`: role credentials for other programs.

They come from the daemon where one runs, and go to stdout, nowhere else.
"""

from __future__ import annotations

import json
from argparse import Namespace

from tray.cli.each import look
from tray.cli.outside import Tools
from tray.cli.service import Answer
from tray.cli.unlocking import agreed as asked_here
from tray.core.credentials import Format, environment, read_document
from tray.core.errors import Locked
from tray.core.guarding import Verdict, refusal

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


def document(profile: str, tools: Tools, *, agreed: bool = False) -> Answer:
    """Give what the SDKs expect of a `credential_process`.

    A protected profile that nobody else can be asked about is asked about here, on the
    terminal; `agreed` says that people have said yes to this command already.
    """
    words = {"profile": profile, "wait": WAIT} | ({"agreed": True} if agreed else {})
    try:
        return tools.ask("credential-process", TIME, **words)
    except Locked:
        answer = asked_here(profile, tools.printer)
        if answer is None:
            raise
    if not answer:
        raise refusal(Verdict.REFUSED, profile)
    return document(profile, tools, agreed=True)

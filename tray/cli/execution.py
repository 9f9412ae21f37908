"""`exec` and `console`: other programs that work with a profile."""

from __future__ import annotations

import re
import threading
from argparse import Namespace
from collections.abc import Mapping

from tray.cli.credentials import document
from tray.cli.each import look
from tray.cli.outside import Tools
from tray.core.credentials import read_document
from tray.core.errors import UsageError
from tray.core.execution import Mode, container_document, with_endpoint, with_keys
from tray.core.links import console_url
from tray.core.model import Profile
from tray.core.wording import execution as wording

_SERVICE = re.compile(r"[a-z0-9-]{1,40}")


def execute(options: Namespace, tools: Tools) -> int:
    """Run a command in front of us; give its exit status."""
    command = options.words
    if not command:
        raise UsageError(*wording.NO_COMMAND)
    first = document(options.profile, tools)  # what is wrong shows before the start
    region = _profile(options.profile, tools).region
    environ = tools.outside.environ
    if options.mode == Mode.ENV:
        credentials, _ = read_document(first)
        return tools.outside.run_command(
            command, with_keys(environ, region, credentials)
        )
    asking = threading.Lock()

    def give() -> Mapping[str, str]:
        with asking:
            return container_document(
                document(options.profile, tools, agreed=True)  # to the same command
            )

    with tools.outside.endpoint(give) as (url, token, more):
        variables = with_endpoint(environ, region, url, token) | dict(more)
        return tools.outside.run_command(command, variables)


def console(options: Namespace, tools: Tools) -> int:
    """Open the console, or print where it is."""
    if options.service and not _SERVICE.fullmatch(options.service):
        raise UsageError(*wording.SERVICE_ODD)
    seen = look(tools)
    status = seen.of_profile(options.profile)
    profile = _profile(options.profile, tools)
    url = console_url(status.session, profile, options.service or "")
    if options.print:
        tools.printer.result(url)
    else:
        tools.outside.open_page(url)
    return 0


def _profile(name: str, tools: Tools) -> Profile:
    profiles = look(tools).board.profiles
    return next(profile for profile in profiles if profile.name == name)

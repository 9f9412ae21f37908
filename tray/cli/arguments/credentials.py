"""The words that hand out credentials."""

from __future__ import annotations

from tray.cli.arguments.words import Commands, command
from tray.core.credentials import Format
from tray.core.execution import Mode
from tray.core.wording import cli_credentials as credentials
from tray.core.wording import execution as others

EXEC = "exec"
"""Behind its `--` stand the words of another program."""


def credential_process(commands: Commands) -> None:
    """Add `credential-process`."""
    parser = command(commands, "credential-process", credentials.PROCESS)
    parser.add_argument(
        "--profile", metavar="P", required=True, help=credentials.PROCESS_PROFILE
    )


def env(commands: Commands) -> None:
    """Add `env`."""
    parser = command(commands, "env", credentials.ENV, credentials.ENV_EXAMPLE)
    parser.add_argument("profile", metavar="PROFILE", help=credentials.PROCESS_PROFILE)
    forms = [form.value for form in Format]
    parser.add_argument(
        "--format", choices=forms, default=forms[0], help=credentials.ENV_FORMAT
    )


def execute(commands: Commands) -> None:
    """Add `exec`."""
    parser = command(commands, EXEC, others.EXEC, others.EXEC_EPILOG)
    parser.add_argument("profile", metavar="PROFILE", help=others.EXEC_PROFILE)
    parser.add_argument(
        "--mode", choices=list(Mode), default=Mode.ENDPOINT, help=others.EXEC_MODE
    )
    parser.add_argument(
        "words", nargs="*", metavar="-- COMMAND", help=others.EXEC_COMMAND
    )


def console(commands: Commands) -> None:
    """Add `console`."""
    parser = command(commands, "console", others.CONSOLE)
    parser.add_argument("profile", metavar="PROFILE", help=others.EXEC_PROFILE)
    parser.add_argument("--service", metavar="NAME", help=others.CONSOLE_SERVICE)
    parser.add_argument("--print", action="store_true", help=others.CONSOLE_PRINT)

"""The program's door: `sso-tray` and `python -m tray`.

It imports nothing by itself, so that a command pays only for what it uses.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as type checkers know it; `typing` would cost more than this
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray.cli.outside import Outside

INTERRUPTED = 130
"""The exit status that `Cancelled` has, which is not imported yet."""


def main(arguments: Sequence[str] | None = None, outside: Outside | None = None) -> int:
    """Do what the words say, and give the exit status.

    `outside` is the rest of the program, where that is not to be the real one.
    """
    try:
        if arguments is None:
            arguments = sys.argv[1:]
            status = _quickly(arguments)
            if status is not None:
                return status
        from tray.cli.main import main as command

        return command(arguments, outside)
    except (KeyboardInterrupt, RuntimeError) as error:  # while Python still imports
        if was_interrupted(error):
            return INTERRUPTED
        raise


def was_interrupted(error: BaseException) -> bool:
    """Tell whether an error is a Ctrl-C; Python 3.11 wraps one in a class body."""
    return isinstance(error, KeyboardInterrupt) or isinstance(
        error.__cause__, KeyboardInterrupt
    )


def _quickly(arguments: Sequence[str]) -> int | None:
    """Do what programs ask often without loading the rest; None: it was not that."""
    if arguments[:1] == ["credential-process"]:
        return _quick_credentials(arguments[1:])
    if arguments == ["status", "--json"]:
        form = ""
    elif len(arguments) == 3 and arguments[:2] == ["status", "--format"]:  # noqa: PLR2004 - words
        form = arguments[2]
    else:
        return None
    import os

    from tray.cli.quick import quick_status

    return quick_status(os.environ, 1, form)


def _quick_credentials(words: Sequence[str]) -> int | None:
    if sys.platform == "win32":
        return None
    else:  # noqa: RET505 - for the type checker on Windows
        import posix

        from tray.cli import fast

        if len(words) == 1 and words[0].startswith("--profile="):
            words = [words[0].removeprefix("--profile=")]
        elif words[:1] == ["--profile"]:
            words = words[1:]
        else:
            return None
        status = fast.main(list(words), posix.environ)
        if status is not None:
            posix._exit(status)  # noqa: SLF001 - nothing to tidy up; it saves a sixth
        return None


if __name__ == "__main__":
    sys.exit(main())

"""Sentences about AWS's config as files: what can't be read, and odd headers.

`where` is a file with a line, from `place`. A faulty line is never shown: it may hold
a secret.
"""

from __future__ import annotations

from tray.core.model import Problem
from tray.core.wording.config import bare, shown


def file_not_allowed(path: str) -> Problem:
    """Say that the system does not let us read the file."""
    return Problem(
        f"{path} can't be read: permission denied.",
        "Make yourself its owner and give it mode 0600.",
    )


def file_is_folder(path: str) -> Problem:
    """Say that a folder stands where the file should be."""
    return Problem(
        f"{path} is a folder, not a file.",
        "Move the folder away, or set the variable that names it to a file.",
    )


def file_is_special(path: str) -> Problem:
    """Say that the path is a pipe, a socket or a device, which AWS's tools skip."""
    return Problem(
        f"{path} is not an ordinary file, so AWS's tools read nothing from it.",
        "Put its text into an ordinary file.",
    )


def file_too_large(path: str, megabytes: int) -> Problem:
    """Say that the file is far larger than any config."""
    return Problem(
        f"{path} is larger than {megabytes} MB and was not read.",
        "Check that this is really your AWS config.",
    )


def file_failed(path: str, reason: str) -> Problem:
    """Say that reading failed for a reason that the system gave."""
    return Problem(
        f"{path} can't be read: {reason}.", "Check the path and the disk it is on."
    )


def file_binary(path: str) -> Problem:
    """Say that the file is no text."""
    return Problem(
        f"{path} is not a text file.", "Restore your AWS config from a backup."
    )


def file_not_utf8(where: str) -> Problem:
    """Say that a line has bytes that are not UTF-8."""
    return Problem(
        f"{where} has characters that are not UTF-8, so AWS's tools refuse the file.",
        "Save the file as UTF-8.",
    )


def file_utf16(path: str) -> Problem:
    """Say that the file is saved as UTF-16, as some editors and shells do."""
    return Problem(
        f"{path} is saved as UTF-16, so AWS's tools refuse it.",
        "Save the file as UTF-8 without a byte order mark.",
    )


def file_has_mark(path: str) -> Problem:
    """Say that the file begins with a byte order mark."""
    return Problem(
        f"{path} begins with a byte order mark, so AWS's tools refuse it.",
        "Save the file as UTF-8 without a byte order mark.",
    )


def before_header(where: str) -> Problem:
    """Say that something stands before the first section."""
    return Problem(
        f"{where} stands before the first section, so AWS's tools refuse the file.",
        "Begin the file with a header such as [default], or take the line out.",
    )


def section_twice(where: str, header: str) -> Problem:
    """Say that a header stands twice, which AWS's tools refuse."""
    return Problem(
        f"{where} has [{bare(header)}] for the second time, "
        "so AWS's tools refuse the file.",
        "Merge the two sections into one.",
    )


def key_twice(where: str, header: str, key: str) -> Problem:
    """Say that a key stands twice in a section, which AWS's tools refuse."""
    return Problem(
        f"{where} has the key {shown(key)} for the second time in "
        f"[{bare(header)}], so AWS's tools refuse the file.",
        "Take one of the two out.",
    )


def no_setting(where: str) -> Problem:
    """Say that a line is of no form that AWS's tools know."""
    return Problem(
        f"{where} is neither a [header] nor 'key = value', "
        "so AWS's tools refuse the file.",
        "Correct the line, or put '#' in front of it.",
    )


def no_nested(where: str, key: str) -> Problem:
    """Say that an indented block under a key has a line without `=`."""
    return Problem(
        f"{where}: an indented line under {shown(key)} has no '=', "
        "so AWS's tools refuse the file.",
        "Write it as 'key = value', or take the indent away.",
    )


def more_faults(path: str, count: int) -> Problem:
    """Say that there are more faults than are listed."""
    return Problem(
        f"{path} has {count} more faulty lines.",
        "Correct the first ones and look again.",
    )


def header_mistyped(where: str, header: str, better: str) -> Problem:
    """Say that a header is none that AWS's tools know."""
    return Problem(
        f"{where}: AWS's tools ignore the section [{bare(header)}].",
        f"Write [{better}].",
    )


def header_unquoted(where: str, header: str, word: str) -> Problem:
    """Say that a header has too many words, or a quote that does not end."""
    return Problem(
        f"{where}: AWS's tools ignore the section [{bare(header)}], because "
        "its name is not one word.",
        f'Write [{word} "the name"], with a pair of quotes, or a name with no spaces.',
    )


def header_nameless(where: str, word: str) -> Problem:
    """Say that a header names nothing."""
    return Problem(f"{where}: this [{word}] has no name.", f"Write [{word} NAME].")


def header_odd_word(where: str, header: str, better: str) -> Problem:
    """Say that a header works in Python's tools by accident."""
    return Problem(
        f"{where}: the AWS CLI reads [{bare(header)}], other tools do not.",
        f"Write [{better}].",
    )


def header_wrong_file(where: str, header: str, better: str) -> Problem:
    """Say that a section stands in the credentials file and does nothing there."""
    return Problem(
        f"{where}: [{bare(header)}] has no effect in the credentials file.",
        better,
    )


def move_to_config(path: str) -> str:
    """Advise to move a section to the config file."""
    return f"Move the section to {path}."


def without_prefix(name: str) -> str:
    """Advise how a profile is headed in the credentials file."""
    return f"Write [{bare(name)}] there."


def name_twice(where: str, who: str) -> Problem:
    """Say that two headers of different spelling name the same thing."""
    return Problem(
        f"{where}: {who} stands here for the second time; tools differ in which "
        "they read.",
        "Keep one of the two sections.",
    )


def session_name_not_portable(who: str, where: str) -> Problem:
    """Say that the JavaScript SDK ignores sessions of such a name."""
    return Problem(
        f"{who} ({where}) has a name that not every AWS SDK accepts.",
        "Use letters, digits and - _ . @ + % : / only.",
    )


def defaults_section(where: str) -> Problem:
    """Say that `[DEFAULT]` is something else than `[default]`."""
    return Problem(
        f"{where}: Python's tools lend what is under [DEFAULT] to every section, "
        "other tools do not.",
        "Write [default], in small letters, if you mean the default profile.",
    )


def key_capitals(where: str, header: str, key: str) -> Problem:
    """Say that capitals in a key work in Python's tools only."""
    return Problem(
        f"{where}: {bare(key)} in [{bare(header)}] has capitals; the AWS CLI reads it, "
        "other tools do not.",
        f"Write {bare(key)} in small letters.",
    )

"""Sentences about credentials that we put into files for other programs."""

from __future__ import annotations

from tray.core.delivery import Snag
from tray.core.model import Problem
from tray.core.wording.shell import quoted_path

_WHY = {
    Snag.NAME: (
        "no section can have this name in all tools",
        "Give the profile a plain name, or take mirror out of the settings.",
    ),
    Snag.BY_HAND: (
        "a section of this name stands there already",
        "Take that section out, or mirror out of the settings.",
    ),
    Snag.EDITED: (
        "somebody has written into our lines there",
        "Take that section out; it is made anew.",
    ),
    Snag.FILE: (
        "AWS's tools can't read that file as it is",
        "Correct the file; sso-tray status says what is wrong.",
    ),
    Snag.VALUE: (
        "its keys are no plain text",
        "Something else than AWS may have answered; try again.",
    ),
}


def not_mirrored(name: str, path: str, snag: Snag) -> Problem:
    """Say why a profile does not stand in the shared credentials file."""
    why, remedy = _WHY[snag]
    return Problem(f"The profile '{name}' is not mirrored into {path}: {why}.", remedy)


def protected(name: str) -> Problem:
    """Say that a protected profile is put into no file."""
    return Problem(
        f"The profile '{name}' is protected, so it is put into no file.",
        "Take cli_cache and mirror out of its settings, or protected.",
    )


def not_plain(path: str) -> tuple[str, str]:
    """Say that there is no plain file."""
    return (
        f"{path} is no plain file.",
        "Move it away; nothing is mirrored into it until then.",
    )


def too_large(path: str, most: int) -> tuple[str, str]:
    """Say that the file is too large for a credentials file."""
    return (
        f"{path} has more than {most // 1024} kB.",
        "Nothing is mirrored into it; take out what does not belong there.",
    )


def not_written(path: str, reason: str) -> tuple[str, str]:
    """Say that the file can't be written."""
    return (
        f"{path} can't be written: {reason}.",
        "See that you may write it and its folder; it is tried again.",
    )


def busy(path: str) -> tuple[str, str]:
    """Say that somebody else writes all the time."""
    return f"Something else writes {path} all the time.", "It is tried again soon."


def foreign(path: str) -> tuple[str, str]:
    """Say that the file is somebody else's."""
    return (
        f"{path} is another user's file, so nothing is mirrored into it.",
        "Name one of your own in AWS_SHARED_CREDENTIALS_FILE.",
    )


def readable(path: str) -> tuple[str, str]:
    """Say that others may read the file."""
    return (
        f"Others can read {path}, so nothing is mirrored into it.",
        f"Make it yours alone: chmod 600 {quoted_path(path)}",
    )


def not_filled(path: str, reason: str) -> tuple[str, str]:
    """Say that a file of the AWS CLI's role cache can't be written."""
    return (
        f"The AWS CLI's file {path} can't be written: {reason}.",
        "See that you may write the folder; the AWS CLI works without it.",
    )

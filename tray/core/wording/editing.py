"""Sentences about changes to AWS's files.

The pairs are (what happened, what to do), ready for an error.
"""

from __future__ import annotations

from tray.core.wording.shell import quoted_path


def _named(kind: str, name: str) -> str:
    return f"[{kind} {name}]" if kind else f"[{name}]"


def section_there(kind: str, name: str, where: str) -> tuple[str, str]:
    """Say that a section to be written is there already."""
    return (
        f"{where}: {_named(kind, name)} is there already.",
        "Choose another name, or change that section yourself.",
    )


def section_missing(kind: str, name: str, path: str) -> tuple[str, str]:
    """Say that a section to be changed is not there any more."""
    return (
        f"{path} has no section {_named(kind, name)}.",
        "Somebody changed the file meanwhile: run the command again.",
    )


def section_twice(kind: str, name: str, where: str) -> tuple[str, str]:
    """Say that a section to be changed stands there more than once."""
    return (
        f"{where}: {_named(kind, name)} stands there more than once.",
        "Make one section of them, then run the command again.",
    )


def name_unfit(name: str) -> tuple[str, str]:
    """Say that not every tool could read a section of this name."""
    return (
        f"{name!r} can't be the name of a section: not every SDK would read it.",
        "Choose one of letters without marks, digits and _ - . @ + % : /",
    )


def value_unfit(kind: str, name: str) -> tuple[str, str]:
    """Say that not every tool would read a value. It is not shown: may be secret."""
    return (
        f"A value for {_named(kind, name)} can't stand in one line of the config.",
        (
            "Leave out line breaks, spaces at its ends, and words that begin with # "
            "or ;: some SDKs take the rest for a comment."
        ),
    )


def not_a_config(where: str) -> tuple[str, str]:
    """Say that a line is neither header nor setting: nobody can tell what is what."""
    return (
        f"{where}: this line is neither a header nor a setting; nothing was changed.",
        "Mend it (did a merge leave its marks?), then run the command again.",
    )


def not_provable(path: str) -> tuple[str, str]:
    """Say that a change would have touched more than it should."""
    return (
        f"{path} was not changed: other sections would have been touched too.",
        "Look for indented lines and odd headers around the sections that are meant.",
    )


def unreadable(title: str, remedy: str) -> tuple[str, str]:
    """Say that the file as such can't be read, so that it can't be changed."""
    return (f"{title.rstrip('.')}; nothing was changed.", remedy)


def read_only(path: str) -> tuple[str, str]:
    """Say that the file is closed to its owner."""
    return (
        f"{path} is read-only; nothing was changed.",
        f"Open it with: chmod u+w {quoted_path(path)}",
    )


def not_written(path: str, reason: str) -> tuple[str, str]:
    """Say that the file could not be replaced."""
    return (
        f"{path} can't be written: {reason}. It is as it was.",
        "Make room or open the folder, then run the command again.",
    )


def busy(path: str) -> tuple[str, str]:
    """Say that others change the file all the time."""
    return (
        f"{path} is being changed by another program; nothing was changed by us.",
        "Run the command again when that program is done.",
    )


def nothing_to_undo(path: str) -> tuple[str, str]:
    """Say that no change of ours is left to take back."""
    return (
        f"There is no change of ours to {path} that could be taken back.",
        "Backups, if there are any, lie beside it as '*.sso-tray-*.bak'.",
    )


def changed_since(path: str, backup: str) -> tuple[str, str]:
    """Say that a file was edited after our change, so that undoing would lose that."""
    return (
        f"{path} was edited since; taking our change back would lose that.",
        f"As it was before our change it lies in {backup}: compare the two yourself.",
    )


MANAGED = "%s: written; as it was before it lies in %s."
"""For the log."""

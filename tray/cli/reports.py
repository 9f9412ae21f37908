"""The report of `status --json` as it comes, looked at without turning it into values.

Scripts ask for JSON often, and what makes the values costs more than all the rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from tray.cli.printer import Printer
from tray.cli.service import Answer
from tray.core.errors import ConfigError


def entries(report: Answer, name: str) -> Iterator[Answer]:
    """Give the objects of a list in a report."""
    found = report.get(name)
    for entry in found if isinstance(found, list | tuple) else ():
        if isinstance(entry, Mapping):
            yield entry


def only_session(report: Answer, name: str | None) -> Answer:
    """Give a report about one session alone; None: about all of them.

    What concerns the config files as such stays. Raises `UsageError` for an unknown
    session, `ConfigError` when nothing is known because the config can't be read.
    """
    if name is None:
        return report
    name = _full_name(report, name)
    sessions = [one for one in entries(report, "sessions") if one["name"] == name]
    profiles = [
        entry for entry in entries(report, "profiles") if entry["session"] == name
    ]
    about = {("session", name)} | {("profile", entry["name"]) for entry in profiles}
    problems = [
        entry
        for entry in entries(report, "problems")
        if entry["subject"] == "file" or (entry["subject"], entry["name"]) in about
    ]
    lists = {"sessions": sessions, "profiles": profiles, "problems": problems}
    return {**report, **lists}


def config_error(report: Answer, session: str | None) -> ConfigError | None:
    """Give the reason for exit status 5: files not read, or this session misconfigured.

    The report is one of `only_session`.
    """
    for problem in entries(report, "problems"):
        if problem["subject"] == "file" and not problem["line"]:
            return _error(problem)
    for entry in entries(report, "sessions") if session else ():
        wrong = entry.get("problem")
        if entry.get("phase") == "misconfigured" and isinstance(wrong, Mapping):
            return _error(wrong)
    return None


def print_json(value: Answer, printer: Printer) -> None:
    """Print JSON: for programs on one line, for people indented."""
    if printer.terminal:
        printer.result(json.dumps(value, indent=2))
    else:
        printer.result(json.dumps(value, separators=(",", ":")))


def _full_name(report: Answer, name: str) -> str:
    known = [entry["name"] for entry in entries(report, "sessions")]
    if name in known:
        return name
    from tray.cli.seen import read_report

    return read_report(report).named(name).session.name


def _error(problem: Answer) -> ConfigError:
    return ConfigError(str(problem["title"]), str(problem["remedy"]))

"""The page of all messages, from the sentences that the program itself has.

Each sentence about a fault is a pair (what happened, what to do), or a `Problem`, and
stands in `tray/core/wording/`, as a constant or as what a function gives.
"""

# ruff: noqa: INP001 - this folder must not become a package

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator, Sequence
from datetime import timedelta

import tray.core.wording as room
from tray.core.model import Problem, SsoSession

INTRO = """\
# Every message, and what to do

This page is made from [the sentences in the program](../tray/core/wording)
(`python packaging/papers.py`). Search it for the words that you read; what is written
like THIS is a name, a place or a number of yours. What AWS refuses, and what follows
from that, is on [a page of its own](refusals.md).

| what you read | what to do |
|---|---|
"""
EXAMPLES: dict[object, object] = {
    int: 3,
    float: 3.0,
    bool: True,
    timedelta: timedelta(minutes=15),
    SsoSession: SsoSession("SESSION", "https://PORTAL/start", "REGION"),
}
OUR_OWN = {"doctor", "simulation_help"}
"""Modules whose sentences are results and no messages."""


def page() -> str:
    """Give the page."""
    rows = {(title, remedy) for title, remedy in messages() if title and remedy}
    lines = sorted(rows, key=lambda row: (row[0].lower().lstrip("'"), row))
    return INTRO + "".join(f"| {_cell(t)} | {_cell(r)} |\n" for t, r in lines)


def messages() -> Iterator[tuple[str, str]]:
    """Give each message with its remedy."""
    for found in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
        module = importlib.import_module(found.name)
        if found.name.rpartition(".")[2] in OUR_OWN:
            continue
        for name, value in vars(module).items():
            if name.startswith("_"):
                continue
            own = getattr(value, "__module__", None) == module.__name__
            yield from _pair(
                _called(value) if own and inspect.isfunction(value) else value
            )


def _called(function: typing.Callable[..., object]) -> object:
    """Give what a function says about things that have no name yet; None: nothing."""
    hints = typing.get_type_hints(function)
    if hints.pop("return", None) not in (tuple[str, str], Problem):
        return None
    given = {name: _example(name, hint) for name, hint in hints.items()}
    if any(value is None for value in given.values()):
        return None
    kinds = inspect.signature(function).parameters
    named = {n for n, each in kinds.items() if each.kind is each.KEYWORD_ONLY}
    plain = [value for name, value in given.items() if name not in named]
    return function(*plain, **{name: given[name] for name in named})


def _example(name: str, hint: object) -> object:
    kinds = typing.get_args(hint) or (hint,)
    if typing.get_origin(hint) is Sequence:
        return [_placeholder(name)]
    if str in kinds:
        return _placeholder(name)
    return next((EXAMPLES[kind] for kind in kinds if kind in EXAMPLES), None)


def _placeholder(name: str) -> str:
    return name.replace("_", "-").upper()


def _pair(value: object) -> Iterator[tuple[str, str]]:
    match value:
        case Problem(title=title, remedy=remedy):
            yield title, remedy
        case (str() as title, str() as remedy):
            if re.search(r"[.:]$", title):
                yield title, remedy


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")

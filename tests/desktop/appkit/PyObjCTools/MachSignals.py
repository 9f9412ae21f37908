"""Signals as PyObjC takes them: behind the back of Python's own handlers."""

from __future__ import annotations

_heard = dict[int, object]()


def getsignal(number: int) -> object:
    """Give who hears it."""
    return _heard.get(number)


def signal(number: int, heard: object) -> object:
    """Let somebody else hear it; gives who did before."""
    before = _heard.get(number)
    _heard[number] = heard
    return before

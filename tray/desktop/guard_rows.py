"""The menu's part with protected profiles, and who asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tray.core.board import Board, Guarded
from tray.core.commands import Lock, Unlock
from tray.core.wording import guarding as words
from tray.core.wording.labels import label
from tray.desktop.rows import SEPARATOR, Row, fold, text_rows


def asking_rows(board: Board) -> tuple[Row, ...]:
    """Give a row for each profile that a program waits for right now."""
    return tuple(
        Row(
            label(one.notice.title),
            key=f"asks {one.profile.name}",
            children=lambda one=one: _answers(one),  # type: ignore[misc]
        )
        for one in board.guarded
        if one.notice is not None
    )


def guard_rows(board: Board, now: datetime) -> tuple[Row, ...]:
    """Give the row that holds all protected profiles, if there are any."""
    if not board.guarded:
        return ()
    return (
        Row(
            words.PROTECTED,
            key="protected",
            children=lambda: fold([_profile(one, now) for one in board.guarded]),
        ),
    )


def _profile(one: Guarded, now: datetime) -> Row:
    name, until = one.profile.name, one.unlocked_until
    asked = one.notice is not None
    return Row(
        label(words.state(name, until, now, asked=asked)),
        key=f"protected {name}",
        children=lambda: _answers(one) if asked else tuple(_switch(one)),
        short=name,
    )


def _answers(one: Guarded) -> tuple[Row, ...]:
    name, body = one.profile.name, one.notice.body if one.notice else ""
    return (
        *text_rows("who", body),
        SEPARATOR,
        Row(words.UNLOCK, Unlock(name), "unlock"),
        Row(words.ONCE, Unlock(name, once=True), "once"),
        Row(words.NOT_NOW, Lock(name), "not now"),
    )


def _switch(one: Guarded) -> Iterator[Row]:
    name = one.profile.name
    yield Row(words.UNLOCK, Unlock(name), "unlock")
    if one.unlocked_until is not None:
        yield Row(words.LOCK, Lock(name), "lock")

"""Where a prompt belongs on the screen: sign-ins share one place."""

from __future__ import annotations

import pytest

from tray.core.board import Notice, NoticeKind
from tray.core.telling import Prompt


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (NoticeKind.UNLOCK, "unlock prod"),
        (NoticeKind.PLAN, "plan unlock prod"),
        (NoticeKind.ENDING, "sign-ins"),
        (NoticeKind.ENDED, "sign-ins"),
    ],
)
def test_where_it_belongs(kind: NoticeKind, key: str) -> None:
    """A question about a profile never takes the place of a sign-in's notice."""
    prompt = Prompt((Notice("unlock prod", "corp", kind, "e1", "Title", "Body"),))

    assert prompt.key == key
    assert prompt.sessions == ("corp",)
    assert prompt.news

"""The words between the daemon and its child."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.system.childlog import redacted
from tray.system.frames import LONGEST, BadFrame, encode, frames

Frames = st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))


@given(Frames, st.integers(1, 50))
def test_what_is_sent_arrives(sent: list[dict[str, object]], piece: int) -> None:
    """However the pipe cuts them, frames arrive whole and in order."""
    stream = io.BytesIO(b"".join(encode(frame) for frame in sent))

    assert list(frames(lambda _: stream.read(piece))) == sent


@pytest.mark.parametrize(
    "data", [b"nonsense\n", b"[1]\n", b"\n", b'{"cut": 1', b"\xff\n", b"[" * 99_999]
)
def test_nonsense_is_refused(data: bytes) -> None:
    """What is no frame, or half a one at the end, is an error."""
    with pytest.raises(BadFrame):
        list(frames(io.BytesIO(data).read))


def test_an_endless_frame_is_refused() -> None:
    """A frame without an end is given up before it fills the memory."""
    taken = 0

    def endless(size: int) -> bytes:
        nonlocal taken
        taken += size
        return b"a" * size

    with pytest.raises(BadFrame):
        list(frames(endless))
    assert taken < LONGEST * 2


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("plain words\n", "plain words"),
        ("token eyJhbGciOiJIUzI1NiIsInR5cCI6Ik end", "token … end"),
        ("a\tb\x1b[1m\x07", "a b [1m"),
        (
            '  File "/usr/lib/python3.11/site-packages/botocore/x.py", line 3, in f\n',
            '  File "/usr/lib/python3.11/site-packages/botocore/x.py", line 3, in f',
        ),
        ("word " * 100, ("word " * 60)),
    ],
)
def test_lines_are_logged_without_secrets(line: str, wanted: str) -> None:
    """What may be a token is dots; places in the code stay readable."""
    assert redacted(line) == wanted

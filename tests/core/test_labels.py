"""Labels made from anything that may stand in a config file."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.core.wording.labels import ELLIPSIS, LEFT_TO_RIGHT, LONGEST, label, lines

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f3f4\ufe0f"

LABELS: list[tuple[str, str, str]] = [
    ("plain", "acme-prod", "acme-prod"),
    ("underscore and ampersand stay", "r&d_prod", "r&d_prod"),
    ("several lines", "one\ntwo\r\n\tthree", "one two three"),
    ("Unicode's ends of line", "one\u2028two\u0085three", "one two three"),
    ("control characters", "a\x00b\x1b[31mc\x7f", "a b [31mc"),
    ("nothing to read", "\u202e\x00 ", "(no name)"),
    ("turned letters", "abc\u202edef\u2066", "abcdef"),
    ("half a character", "a\ud83db", "ab"),
    ("Hebrew", "שלום: ends in 2 h", f"{LEFT_TO_RIGHT}שלום: ends in 2 h"),
    ("Arabic", "سلام", f"{LEFT_TO_RIGHT}سلام"),
    ("accents", "Zürich-Übung", "Zürich-Übung"),
    ("exactly as wide as fits", "x" * LONGEST, "x" * LONGEST),
    ("too long", "x" * 100, "x" * 79 + ELLIPSIS),
    ("too long, wide letters", "日" * 50, "日" * 39 + ELLIPSIS),
    ("as wide as fits, wide letters", "日" * 40, "日" * 40),
    ("emoji", "prod \U0001f525", "prod \U0001f525"),
    ("emoji of several parts", FAMILY * 50, FAMILY * 39 + ELLIPSIS),
    ("emoji that is made coloured", FLAG * 200, FLAG * 39 + ELLIPSIS),
    ("accents of their own", "e\u0301" * 100, "e\u0301" * 79 + ELLIPSIS),
]


@pytest.mark.parametrize(
    ("text", "said"), [row[1:] for row in LABELS], ids=[row[0] for row in LABELS]
)
def test_labels(text: str, said: str) -> None:
    """One line, cut between two letters, the right way round."""
    assert label(text) == said


@given(text=st.text(max_size=2000))
def test_any_text_makes_a_label(text: str) -> None:
    """No label is empty, or has a second line, a control, or no end."""
    said = label(text)

    assert said.strip()
    assert said.splitlines() == [said]
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl"} for char in said)
    assert len(said.encode()) < LONGEST * 40
    assert label(said) == said


@given(text=st.text(st.characters(codec="ascii"), min_size=1, max_size=500))
def test_plain_labels_fit(text: str) -> None:
    """A label in plain letters has at most so many."""
    assert len(label(text)) <= LONGEST
    assert len(label(text, 20)) <= 20


def test_long_sentences_become_rows() -> None:
    """What is wrong, and what to do, is never cut off."""
    sentence = "Add a line sso_region = eu-west-1 to the section. " * 5
    rows = lines(sentence)

    assert " ".join(rows) == sentence.strip()
    assert len(rows) > 1
    assert not any(ELLIPSIS in row for row in rows)


def test_no_sentence_is_no_row() -> None:
    """Nothing to say takes no place."""
    assert lines("") == ()

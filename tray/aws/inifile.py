"""Reads the text of an AWS config file into sections, fast and with line numbers.

What is a section, a key and a value is decided as Python's `configparser` does for
botocore and AWS CLI v2 (`botocore/configloader.py`, `raw_config_parse`). Where those
refuse a whole file, this notes a fault with its line and goes on. Most sections are
plain and are taken whole by one expression; the others are read line by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

_HEADER = re.compile(r"\n\[(.+)\]")
_PLAIN = re.compile(r"\n([a-z][a-z0-9_]*) *= *(\S.*)(?<!\s)")
_ANY_HEADER = re.compile(r"\[(.+)\]")
_DELIMITER = re.compile("[=:]")

DEFAULTS = "DEFAULT"
"""The section whose keys Python's parser lends to every other section."""


class Flaw(StrEnum):
    """What is wrong with a line; all but the last make AWS's tools refuse the file."""

    BEFORE_HEADER = "a setting stands before the first section"
    SECTION_TWICE = "a section's header stands twice"
    KEY_TWICE = "a key stands twice in a section"
    NO_SETTING = "a line is neither a header nor a setting"
    NO_NESTED = "an indented line under an empty key is no setting"
    CAPITALS = "a key is not in lower case"


class Fault(NamedTuple):
    """One faulty line."""

    flaw: Flaw
    """What is wrong."""

    line: int
    """Where, counted from 1."""

    section: str = ""
    """The header it stands under, without brackets."""

    key: str = ""
    """The key, where one is concerned, in lower case."""


class Section(NamedTuple):
    """One section as it stands in the file."""

    name: str
    """What stands between the brackets."""

    line: int
    """The line of the header, counted from 1."""

    values: dict[str, str]
    """The values by lower-case key; a nested block starts with a line break."""

    text: str
    """A part of the file that has the section in it."""

    text_line: int
    """The line that `text` starts with."""


Taker = Callable[[str, int], bool]
"""Is shown a section's text, without the first bracket, and its line; may take it."""


def scan(
    text: str, faults: list[Fault], take: Taker | None = None
) -> Iterator[Section]:
    """Give the sections of a text in order and add what is wrong to `faults`.

    A header that stands twice gives two sections. The faults are complete when the
    sections are. What `take` takes is not given; it must be without fault. Nothing is
    offered to it from a file with a header twice or with defaults.
    """
    text = _with_plain_breaks(text)
    names = _HEADER.findall(text)
    blocks = text.split("\n[")
    if len(names) != len(blocks) - 1:
        blocks = _blocks(text)
    del text
    seen = {DEFAULTS}
    if len(seen.union(names)) <= len(names):
        take = None
    careful = _Careful(faults, seen)
    yield from careful.read(blocks[0], 0)
    line = blocks[0].count("\n") + 1
    for name, block in zip(names, islice(blocks, 1, None), strict=True):
        breaks = block.count("\n")
        if take is not None and take(block, line):
            seen.add(name)
            line += breaks + 1
            continue
        values = plain_values(block)
        if len(values) == breaks - (block[-1:] == "\n") and name not in seen:
            seen.add(name)
            yield Section(name, line, values, block, line)
        else:
            yield from careful.read(f"[{block}", line)
        line += breaks + 1


def plain_values(text: str) -> dict[str, str]:
    """Give the settings that stand on one line each, at its start."""
    return dict(_PLAIN.findall(text))


def _with_plain_breaks(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"\n{text}"


def _blocks(text: str) -> list[str]:
    """Give what `split` gives, where a line can start with a bracket of another kind.

    Only what is a header to `configparser` starts a block.
    """
    marks = [mark.start() for mark in _HEADER.finditer(text)]
    starts = [0, *(mark + 2 for mark in marks)]
    return [text[a:b] for a, b in zip(starts, [*marks, len(text)], strict=True)]


def nested(value: str) -> dict[str, str]:
    """Give the settings of a nested block, as under `s3 =`.

    Raises `ValueError` for a line without `=`, as botocore does.
    """
    settings = {}
    for line in value.splitlines():
        if line.strip():
            key, found, text = line.partition("=")
            if not found:
                raise ValueError("a nested line without '='")
            settings[key.strip()] = text.strip()
    return settings


def is_sound(value: str) -> bool:
    """Tell whether a value is plain text or a nested block that can be read."""
    try:
        return not value.startswith("\n") or nested(value) is not None
    except ValueError:
        return False


def line_of(section: Section, key: str) -> int:
    """Give the line of a key in its section; of the header when it is not there."""
    for number, row in enumerate(section.text.split("\n"), start=section.text_line):
        name = _DELIMITER.split(row, maxsplit=1)[0]
        if number > section.line and name.strip().lower() == key:
            return number
    return section.line


class _Careful:
    """Reads line by line, with the states that `configparser` goes through."""

    def __init__(self, faults: list[Fault], seen: set[str]) -> None:
        self._faults = faults
        self._seen = seen
        self._section: Section | None = None
        self._key: str | None = None
        self._key_line = 0
        self._parts: list[str] = []
        self._indent = 0
        self._headless = False
        self._text, self._text_line = "", 0
        self._defaults: dict[str, str] = {}

    def read(self, text: str, line: int) -> Iterator[Section]:
        """Give the sections of a part of the text that starts with this line."""
        self._text, self._text_line, self._indent = text, line, 0
        for number, row in enumerate(text.split("\n"), start=line):
            word = row.strip()
            if not word:
                if self._key is not None:
                    self._parts.append("")
            elif word[0] not in "#;":
                done = self._row(row, word, number)
                if done is not None:
                    yield done
        done = self._close()
        if done is not None:
            yield done

    def _row(self, row: str, word: str, number: int) -> Section | None:
        indent = len(row) - len(row.lstrip())
        if self._key is not None and indent > self._indent:
            self._parts.append(word)
            return None
        self._indent = indent
        header = _ANY_HEADER.match(word)
        if header is not None:
            done = self._close()
            self._open(header.group(1), number)
            return done
        if self._section is not None:
            self._setting(self._section, word, number)
        elif not self._headless:
            self._headless = True
            self._faults.append(Fault(Flaw.BEFORE_HEADER, number))
        return None

    def _open(self, name: str, number: int) -> None:
        values = self._defaults if name == DEFAULTS else {}
        if name in self._seen and name != DEFAULTS:
            self._faults.append(Fault(Flaw.SECTION_TWICE, number, name))
        self._seen.add(name)
        self._section = Section(name, number, values, self._text, self._text_line)

    def _close(self) -> Section | None:
        self._close_key()
        done, self._section = self._section, None
        return done

    def _setting(self, section: Section, word: str, number: int) -> None:
        self._close_key()
        delimiter = _DELIMITER.search(word)
        if delimiter is None or delimiter.start() == 0:
            self._faults.append(Fault(Flaw.NO_SETTING, number, section.name))
            return
        written = word[: delimiter.start()].rstrip()
        key = written.lower()
        if key != written:
            self._faults.append(Fault(Flaw.CAPITALS, number, section.name, key))
        if key in section.values:
            self._faults.append(Fault(Flaw.KEY_TWICE, number, section.name, key))
        self._key, self._key_line = key, number
        self._parts = [word[delimiter.end() :].strip()]
        section.values[key] = self._parts[0]

    def _close_key(self) -> None:
        key, self._key = self._key, None
        if key is None or self._section is None:
            return
        value = "\n".join(self._parts).rstrip()
        self._section.values[key] = value
        name = self._section.name
        if name != DEFAULTS and not is_sound(value):
            self._faults.append(Fault(Flaw.NO_NESTED, self._key_line, name, key))

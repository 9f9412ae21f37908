"""What each line of an AWS config file is, for those who change single lines.

The rules are those of Python's `configparser`, as in `inifile.py`; line ends are kept.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field

from tray.core.edits import MARK, Head, Kind

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_HEADER = re.compile(r"\[(.+)\]")
_DELIMITER = re.compile("[=:]")
_MARKED = re.compile(rf"[#;]\s*{re.escape(MARK)}\b")
_WORDS_OF_A_HEADER = 2


@dataclass(slots=True)
class Block:
    """A section as it stands in the lines; all places are counted from 0."""

    header: str
    """What stands between the brackets."""

    at: int
    """The header's line."""

    last: int
    """The last line that says something; comments and blanks behind it are not its."""

    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    """First and last line of each setting, by lower-case key."""

    ours: bool = False
    """Whether it bears our mark."""


@dataclass(slots=True)
class Sheet:
    """The lines of a file and its sections."""

    lines: list[str]
    """The lines with their ends; joined, they are the file."""

    blocks: list[Block] = field(default_factory=list)
    """The sections, in order."""

    strays: list[int] = field(default_factory=list)
    """Lines that are neither header nor setting."""


def split_lines(text: str) -> list[str]:
    """Split where Python does when it reads a file: at LF, CR LF and CR."""
    return _LINE.findall(text)


def head_of(header: str, *, bare: bool = False) -> Head | None:
    """Tell what a header names, by botocore's rules; None: nothing of ours.

    `bare`: in the credentials file, where a header is a profile's name.
    """
    if bare:
        return Head(Kind.BARE, header)
    if header == "default":
        return Head(Kind.PROFILE, header)
    for kind in (Kind.PROFILE, Kind.SESSION):
        if header.startswith(kind.value):
            try:
                parts = shlex.split(header)
            except ValueError:
                return None
            if len(parts) == _WORDS_OF_A_HEADER and parts[1]:
                return Head(kind, parts[1])
    return None


def header_for(head: Head) -> str:
    """Write a header, with quotes where a name needs them."""
    if head.kind is Kind.BARE or head == Head(Kind.PROFILE, "default"):
        return f"[{head.name}]"
    plain = shlex.split(head.name) == [head.name] and "#" not in head.name
    name = head.name if plain else f'"{head.name}"'
    return f"[{head.kind.value} {name}]"


def read_sheet(text: str) -> Sheet:
    """Tell what each line of a text is."""
    reader = _Reader(Sheet(split_lines(text)))
    for number, word, indent in _words(reader.sheet.lines):
        reader.take(number, word, indent)
    return reader.sheet


def _words(lines: list[str]) -> Iterator[tuple[int, str, int]]:
    """Give each line that is not blank: its place, its words and its indentation."""
    for number, line in enumerate(lines):
        row = line.removeprefix("\ufeff") if number == 0 else line
        word = row.strip()
        if word:
            yield number, word, len(row) - len(row.lstrip())


class _Reader:
    """The states that `configparser` goes through."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._block: Block | None = None
        self._key = ""
        self._indent = 0

    def take(self, number: int, word: str, indent: int) -> None:
        """Note what a line is."""
        block = self._block
        if word[0] in "#;":
            if block is not None and not block.keys and _MARKED.match(word):
                block.ours, block.last = True, number
            return
        if block is not None and self._key and indent > self._indent:
            block.last = number
            block.keys[self._key] = (block.keys[self._key][0], number)
            return
        self._indent = indent
        header = _HEADER.match(word)
        if header is not None:
            self._key = ""
            self._block = Block(header[1], number, number)
            self.sheet.blocks.append(self._block)
        else:
            self._setting(number, word)

    def _setting(self, number: int, word: str) -> None:
        delimiter = _DELIMITER.search(word)
        self._key = ""
        if self._block is None or delimiter is None or delimiter.start() == 0:
            self.sheet.strays.append(number)
            return
        self._key = word[: delimiter.start()].rstrip().lower()
        self._block.last = number
        self._block.keys[self._key] = (number, number)

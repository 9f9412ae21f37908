"""Changes sections of a config's text, and nothing else in it.

Text goes in, text comes out. Each edit looks for its section in the text as it was;
lines are replaced, emptied or lengthened in their places, so that thousands of edits
cost one pass. In the end it is proved that every other section reads as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tray.aws.config_lines import (
    Block,
    Sheet,
    head_of,
    header_for,
    read_sheet,
)
from tray.aws.inifile import Fault, scan
from tray.core.edits import (
    MARK,
    Add,
    Change,
    Edit,
    Head,
    Pairs,
    Remove,
    Rename,
    fits_in_a_line,
    heads_of,
)
from tray.core.errors import ConfigError
from tray.core.wording import config as places
from tray.core.wording import editing as wording

_ENDING = re.compile(r"\r\n|\r|\n")
_SETTING = re.compile(
    r"(\s*[^=:]*?\s*[=:][ \t]*)(.*?)([ \t]*(?:\r\n|\r|\n)?)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Edited:
    """A text before and after edits, line by line."""

    before: tuple[str, ...]
    """The lines as they were."""

    after: tuple[str, ...]
    """What stands in the place of each; what is new stands with the last one."""

    @property
    def text(self) -> str:
        """The whole text, changed."""
        return "".join(self.after)

    @property
    def changed(self) -> bool:
        """Whether anything is."""
        return self.before != self.after


def heads_in(
    text: str, *, bare: bool = False
) -> tuple[frozenset[Head], frozenset[Head]]:
    """Give the sections of a text, and those of them that bear our mark."""
    found = [
        (head_of(one.header, bare=bare), one.ours) for one in read_sheet(text).blocks
    ]
    named = [(head, ours) for head, ours in found if head is not None]
    return frozenset(h for h, _ in named), frozenset(h for h, ours in named if ours)


def edit_text(
    text: str, edits: Sequence[Edit], shown: str = "", *, bare: bool = False
) -> Edited:
    """Apply edits to a text; `shown` is the file's path in errors.

    Raises `ConfigError` when a section is missing, there already or there twice, when
    a name or value can't be written, and when a line is neither header nor setting.
    """
    sheet = read_sheet(text)
    if sheet.strays:
        where = places.place(shown, sheet.strays[0] + 1)
        raise ConfigError(*wording.not_a_config(where))
    desk = _Desk(sheet, shown, bare=bare)
    for edit in edits:
        desk.do(edit)
    edited = Edited((*desk.before, ""), (*desk.lines, desk.tail))
    _prove(edited, heads_of(edits), shown, bare=bare)
    return edited


class _Desk:
    """The lines of one file while edits are applied."""

    def __init__(self, sheet: Sheet, shown: str, *, bare: bool) -> None:
        self.before = tuple(sheet.lines)
        self.lines = list(sheet.lines)
        self._new: list[str] = []
        self._shown = shown
        self._blocks: dict[Head, list[Block]] = {}
        for block in sheet.blocks:
            head = head_of(block.header, bare=bare)
            if head is not None:
                self._blocks.setdefault(head, []).append(block)
        found = _ENDING.search("".join(sheet.lines[:1]))
        self._end = found[0] if found else "\n"

    @property
    def tail(self) -> str:
        """What is new, to stand behind all lines."""
        return "".join(self._new)

    def do(self, edit: Edit) -> None:
        """Apply one edit."""
        match edit:
            case Add():
                self._add(edit)
            case Change():
                self._change(self._one(edit.head), edit)
            case Rename():
                self._rename(edit)
            case Remove():
                self._remove(edit.head)

    def _one(self, head: Head) -> Block:
        """Give the section that is meant."""
        found = self._blocks.get(head, ())
        if not found:
            raise ConfigError(*wording.section_missing(*_pair(head), self._shown))
        if len(found) > 1:
            where = places.place(self._shown, found[1].at + 1)
            raise ConfigError(*wording.section_twice(*_pair(head), where))
        return found[0]

    def _claim(self, head: Head) -> None:
        """See that a name can be written, and that no section has it."""
        if not head.sound:
            raise ConfigError(*wording.name_unfit(head.name))
        if head in self._blocks:
            line = max((block.at + 1 for block in self._blocks[head]), default=0)
            where = places.place(self._shown, line)
            raise ConfigError(*wording.section_there(*_pair(head), where))
        self._blocks[head] = []

    def _add(self, edit: Add) -> None:
        self._claim(edit.head)
        rows = [header_for(edit.head), f"# {MARK}", *self._rows(edit.head, edit.values)]
        before = self._last_written()
        if before and not before.endswith(("\n", "\r")):
            self._new.append(self._end)
        if before.strip():
            self._new.append(self._end)
        self._new += [f"{row}{self._end}" for row in rows]

    def _last_written(self) -> str:
        """Give the last line of the text as it is now."""
        if self._new:
            return self._new[-1]
        return next((line for line in reversed(self.lines) if line), "")

    def _change(self, block: Block, edit: Change) -> None:
        missing = []
        rows = dict(zip(edit.values, self._rows(edit.head, edit.values), strict=True))
        for (key, value), row in rows.items():
            if key in block.keys:
                self._set(block.keys[key], value)
            else:
                missing.append(row)
        for key in edit.drop:
            first, last = block.keys.get(key, (0, -1))
            self.lines[first : last + 1] = [""] * (last + 1 - first)
        if missing:
            self._append(block.last, missing)

    def _set(self, place: tuple[int, int], value: str) -> None:
        first, last = place
        match = _SETTING.fullmatch(self.lines[first])
        if match is None or (match[2] == value and first == last):
            return
        end = _ENDING.search(self.lines[first])
        gap = " " if not match[2] and match[1].endswith(("=", ":")) else ""
        ending = end[0] if end else ""
        self.lines[first] = f"{match[1]}{gap}{value}{ending}"
        for number in range(first + 1, last + 1):
            if self.lines[number].strip()[:1] not in {"#", ";"}:
                self.lines[number] = ""

    def _append(self, last: int, rows: list[str]) -> None:
        """Write lines behind one that may have been emptied."""
        line = self.lines[last]
        if line and not line.endswith(("\n", "\r")):
            line += self._end
        self.lines[last] = line + "".join(f"{row}{self._end}" for row in rows)

    def _rename(self, edit: Rename) -> None:
        block = self._one(edit.head)
        new = Head(edit.head.kind, edit.name)
        del self._blocks[edit.head]
        self._claim(new)
        self._blocks[new] = [block]
        old, block.header = block.header, header_for(new)[1:-1]
        line = self.lines[block.at]
        self.lines[block.at] = line.replace(f"[{old}]", f"[{block.header}]", 1)

    def _remove(self, head: Head) -> None:
        block = self._one(head)
        del self._blocks[head]
        self.lines[block.at : block.last + 1] = [""] * (block.last + 1 - block.at)
        behind = block.last + 1
        if behind < len(self.lines) and not self.lines[behind].strip():
            self.lines[behind] = ""  # the blank line that set it off

    def _rows(self, head: Head, values: Pairs) -> list[str]:
        if not fits_in_a_line(values):
            raise ConfigError(*wording.value_unfit(*_pair(head)))
        return [f"{key} = {value}".rstrip() for key, value in values]


def _pair(head: Head) -> tuple[str, str]:
    return head.kind.value, head.name


def _prove(edited: Edited, touched: frozenset[Head], shown: str, *, bare: bool) -> None:
    """See that all other sections read as they did, by the reader's own rules."""
    before = list(_others("".join(edited.before), touched, bare=bare))
    if before != list(_others(edited.text, touched, bare=bare)):
        raise ConfigError(*wording.not_provable(shown))


def _others(
    text: str, touched: frozenset[Head], *, bare: bool
) -> Iterator[tuple[str, dict[str, str]]]:
    faults: list[Fault] = []
    for section in scan(text.removeprefix("\ufeff"), faults):
        if head_of(section.name, bare=bare) not in touched:
            yield section.name, section.values

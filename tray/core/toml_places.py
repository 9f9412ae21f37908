"""On which line of a TOML text each value stands, which no reader of TOML tells.

The form is that of https://toml.io/en/v1.0.0. The text is one that `tomllib` has read
without an error, so that the scan need not know what is wrong TOML.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

Path = tuple[str, ...]

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"[ \t]*\[\[?[ \t]*({_DOTTED})[ \t]*\]?\]")
_ASSIGNED = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_PIECE = re.compile(
    r'"{3}(?:[^\\]|\\[\s\S])*?"{3,5}'
    r"|'{3}[\s\S]*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\s\S]"
)
"""A string, a comment, or any one character: what a value is made of."""


def line_of(text: str, path: Path) -> int | None:
    """Give the line, from 1, on which a value stands.

    For a value inside of another it is the line of the outermost that has a key of its
    own; None where nothing of it is found.
    """
    places: dict[Path, int] = {}
    for line, found in _statements(text.replace("\r\n", "\n")):
        for length in range(1, len(found) + 1):
            places.setdefault(found[:length], line)
    known = (places.get(path[:length]) for length in range(len(path), 0, -1))
    return next((line for line in known if line is not None), None)


def _statements(text: str) -> Iterator[tuple[int, Path]]:
    """Give line and full path of each header and each assignment, in order."""
    table: Path = ()
    position, line = 0, 1
    while position < len(text):
        if header := _HEADER.match(text, position):
            table = _read_path(header[1])
            yield line, table
            end = header.end()
        elif assigned := _ASSIGNED.match(text, position):
            yield line, table + _read_path(assigned[1])
            end = assigned.end()
        else:
            end = position
        end = _end_of_statement(text, end)
        line += text.count("\n", position, end)
        position = end


def _end_of_statement(text: str, position: int) -> int:
    """Give where the line after a value begins; brackets may hold many lines."""
    depth = 0
    for piece in _PIECE.finditer(text, position):
        depth += piece[0] in ("[", "{")
        depth -= piece[0] in ("]", "}")
        if piece[0] == "\n" and depth <= 0:
            return piece.end()
    return len(text)


def _read_path(dotted: str) -> Path:
    """Give the names of a dotted key, which quotes and escapes may be in."""
    value: object = tomllib.loads(f"{dotted} = 0")
    path: list[str] = []
    while isinstance(value, Mapping):
        [(name, value)] = value.items()
        path.append(name)
    return tuple(path)

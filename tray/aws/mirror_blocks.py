"""Our marked blocks in the text of a shared credentials file; every other byte stays.

The text is handled as it stands, one letter for each byte (Latin-1), so that nothing is
lost whatever it is written in. A block belongs to one daemon, by its world's name, and
holds one section. What stands in it in another form than ours people wrote, so that it
is kept, and the block is not renewed any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tray.aws.config_lines import split_lines
from tray.aws.config_text import BEGIN
from tray.aws.inifile import Fault, Flaw, scan
from tray.core.credentials import RoleCredentials
from tray.core.delivery import Snag
from tray.core.stamps import stamp

_BEGIN = re.compile(rf"{BEGIN}(,?) ([0-9a-f]{{8}}): (.*)")
_END = "# sso-tray end"
_NOTE = "# written and removed by sso-tray; ends"
_OURS = re.compile(
    r"aws_(access_key_id|secret_access_key|session_token) = [!-~]+"
    rf"|{re.escape(_NOTE)} [0-9TZ:-]+"
)
_NAME = re.compile(r"[\w.+@:/-]+(?: +[\w.+@:/-]+)*", re.ASCII)
_VALUE = re.compile(r"[!-~]+")
_DEFAULTS = "default"


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What a file is to become."""

    text: str
    """Its text."""

    snags: Mapping[str, Snag]
    """The profiles that are not in it though they should be, and why."""


@dataclass(frozen=True, slots=True)
class _Block:
    """One block of ours, line by line, each with its ending."""

    world: str
    name: str
    joined: bool
    lines: tuple[str, ...]
    foreign: tuple[str, ...]


@dataclass(slots=True)
class _Page:
    """What has been written so far."""

    text: str = ""
    joint: int = -1
    """Where a line break of ours stands alone now: it goes with the last block."""

    def write(self, begin: str, body: str, *, joined: bool) -> None:
        """Write a block."""
        plain = begin.replace("begin, ", "begin ", 1)
        if joined or self.joint == len(self.text):
            plain = plain.replace("begin ", "begin, ", 1)
        self.text += plain + body

    def append(self, begin: str, body: str, ending: str) -> None:
        """Write a new block at the end, on a line of its own."""
        joined = bool(self.text) and not self.text.endswith(("\n", "\r"))
        self.text += ending if joined else ""
        self.write(begin, body, joined=joined)

    def withdraw(self, block: _Block, *, header: bool) -> None:
        """Leave out what is ours of a block."""
        if header:
            headers = (line for line in block.lines if line.startswith("["))
            self.text += next(headers, "") * (block.foreign != ("",))
            self.text += "".join(block.foreign)
        elif block.joined:
            self.joint = len(self.text)

    def finished(self) -> str:
        """Give the text."""
        alone = self.joint == len(self.text)
        return re.sub(r"(?:\r\n|\r|\n)\Z", "", self.text) if alone else self.text


def mirrored(text: str, world: str, wanted: Mapping[str, RoleCredentials]) -> Mirrored:
    """Give the text with exactly these profiles in this world's blocks.

    Blocks that stand already keep their place; new ones come last. A file that AWS's
    tools refuse gets none, and loses those that it has.
    """
    pieces = list(_pieces(text))
    ending = "\r\n" if "\r\n" in text else "\n"
    taken, broken = _sections(pieces, world)
    snags: dict[str, Snag] = {}
    bodies: dict[str, str] = {}
    for name, keys in wanted.items():
        snag = Snag.FILE if broken else _snag(name, keys, taken)
        if snag is not None:
            snags[name] = snag
        else:
            bodies[name] = _body(name, keys, ending)
    page = _Page()
    for index, piece in enumerate(pieces):
        if isinstance(piece, str) or piece.world != world:
            page.text += _text_of(piece)
            continue
        after = "".join(map(_text_of, pieces[index + 1 :]))
        body = bodies.pop(piece.name, None)
        touched = bool(piece.foreign) or _goes_on(after)
        if touched and body:
            snags[piece.name] = Snag.EDITED
        if touched or not body:
            page.withdraw(piece, header=touched)
        else:
            page.write(piece.lines[0], body, joined=piece.joined)
    for name, body in bodies.items():
        page.append(f"{BEGIN} {world}: {name}{ending}", body, ending)
    return Mirrored(page.finished(), snags)


def without_blocks(text: str) -> str:
    """Give the text with empty lines in the place of all blocks of ours."""
    return "".join(
        piece if isinstance(piece, str) else "\n" * len(piece.lines)
        for piece in _pieces(text)
    )


def _pieces(text: str) -> Iterator[_Block | str]:
    """Give blocks, and what stands before, between and after; together, all of it."""
    lines, rest, at = split_lines(text), "", 0
    while at < len(lines):
        block = _block(lines, at)
        if block is None:
            rest += lines[at]
            at += 1
        else:
            yield rest
            yield block
            rest, at = "", at + len(block.lines)
    yield rest


def _block(lines: list[str], at: int) -> _Block | None:
    """Read the block that begins with a line, if one does.

    Without its end, it ends before the next header or block.
    """
    begin = _BEGIN.fullmatch(lines[at].rstrip("\r\n"))
    if begin is None:
        return None
    joined, world, name = begin.groups()
    foreign: list[str] = []
    taken = [lines[at]]
    headed = False
    for line in lines[at + 1 :]:
        bare = line.rstrip("\r\n")
        own_header = bare == f"[{name}]" and not headed
        if bare != _END and not own_header and bare.lstrip().startswith("["):
            break
        if _BEGIN.fullmatch(bare):
            break
        taken.append(line)
        if bare == _END:
            return _Block(world, name, bool(joined), tuple(taken), tuple(foreign))
        headed = headed or own_header
        if not own_header and bare and not _OURS.fullmatch(bare):
            foreign.append(line)
    return _Block(world, name, bool(joined), tuple(taken), tuple(foreign or ("",)))


def _text_of(piece: _Block | str) -> str:
    return piece if isinstance(piece, str) else "".join(piece.lines)


def _goes_on(after: str) -> bool:
    """Tell whether what comes after a block still belongs to its section."""
    for line in split_lines(after):
        if line.strip() and not line.lstrip().startswith(("#", ";")):
            return not line.startswith("[")
    return False


def _sections(pieces: list[_Block | str], world: str) -> tuple[set[str], bool]:
    """Give the sections that are not this world's own, and whether all is broken."""
    others = "".join(
        _text_of(piece)
        for piece in pieces
        if isinstance(piece, str) or piece.world != world
    )
    faults: list[Fault] = []
    names = {section.name for section in scan(others, faults)}
    broken = any(fault.flaw is not Flaw.CAPITALS for fault in faults)
    return names, broken or not _is_utf8(others)


def _is_utf8(text: str) -> bool:
    try:
        text.encode("latin-1").decode()
    except UnicodeDecodeError:
        return False
    return True


def _snag(name: str, keys: RoleCredentials, taken: set[str]) -> Snag | None:
    if not _NAME.fullmatch(name) or (name.lower() == _DEFAULTS and name != _DEFAULTS):
        return Snag.NAME
    if name in taken:
        return Snag.BY_HAND
    values = (keys.access_key_id, keys.secret_access_key, keys.session_token)
    texts = (one if isinstance(one, str) else one.reveal() for one in values)
    return None if all(map(_VALUE.fullmatch, texts)) else Snag.VALUE


def _body(name: str, keys: RoleCredentials, ending: str) -> str:
    """Give a block but for its first line."""
    lines = (
        f"{_NOTE} {stamp(keys.expiration)}",
        f"[{name}]",
        f"aws_access_key_id = {keys.access_key_id}",
        f"aws_secret_access_key = {keys.secret_access_key.reveal()}",
        f"aws_session_token = {keys.session_token.reveal()}",
        _END,
        "",
    )
    return ending.join(lines)

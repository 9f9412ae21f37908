"""What goes over our local socket: one JSON line each way.

Request: `{"v":1,"world":"0a1b2c3d","verb":"status","args":{}}`. Answer:
`{"v":1,"ok":true,"result":{}}` or
`{"v":1,"ok":false,"error":{"kind":"…","title":"…","remedy":"…"}}`. Both are written
without spaces and in this order, so that a client that knows no JSON can cut a result
out: what stands between `OK_HEAD` and `OK_TAIL`. One request per connection.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tray.core.errors import TrayError, from_wire
from tray.core.wording import system as wording

VERSION = 1
LARGEST_REQUEST = 64 << 10
LARGEST_ANSWER = 16 << 20

OK_HEAD = b'{"v":1,"ok":true,"result":'
OK_TAIL = b"}\n"

_compact = json.JSONEncoder(separators=(",", ":")).encode

Answer = Mapping[str, object] | bytes | TrayError
"""A result, a result that is JSON bytes already, or what went wrong."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks."""

    world: str
    """The world that is meant: `World.hash8`."""

    verb: str
    """What is to be done."""

    args: Mapping[str, object] = field(repr=False)
    """With what; kept out of `repr`."""

    pid: int | None = field(default=None, compare=False)
    """The process that asks, where the system tells."""


def encode_request(world: str, verb: str, args: Mapping[str, object]) -> bytes:
    """Give the line that asks. Raises `TrayError` when it is too long."""
    line = _line({"v": VERSION, "world": world, "verb": verb, "args": dict(args)})
    if len(line) > LARGEST_REQUEST:
        raise TrayError(*wording.REQUEST_BIG)
    return line


def decode_request(line: bytes, pid: int | None = None) -> Request:
    """Give the request of a line; `pid` asks. Raises `TrayError` for anything else."""
    members = _object(line)
    if members is None:
        raise TrayError(*wording.REQUEST_BROKEN)
    version = members.get("v")
    if isinstance(version, int) and version > VERSION:
        raise TrayError(*wording.REQUEST_NEWER)
    world, verb = members.get("world"), members.get("verb")
    args = members.get("args")
    if (
        version is not True
        and version == VERSION
        and isinstance(world, str)
        and isinstance(verb, str)
        and isinstance(args, dict)
    ):
        return Request(world, verb, args, pid)
    raise TrayError(*wording.REQUEST_BROKEN)


def encode_answer(answer: Answer) -> bytes:
    """Give the line that answers; one that is too long becomes an error."""
    if isinstance(answer, TrayError):
        error = {"kind": answer.kind, "title": answer.title, "remedy": answer.remedy}
        return _line({"v": VERSION, "ok": False, "error": error})
    if not isinstance(answer, bytes):
        answer = _compact(dict(answer)).encode()
    if len(answer) + len(OK_HEAD) + len(OK_TAIL) > LARGEST_ANSWER:
        return encode_answer(TrayError(*wording.ANSWER_BIG))
    return OK_HEAD + answer + OK_TAIL


def decode_answer(line: bytes) -> Mapping[str, object]:
    """Give the result of a line; raises the error that it tells of.

    Raises a plain `TrayError` for what is no answer of our version.
    """
    members = _object(line) or {}
    if members.get("v") != VERSION:
        raise TrayError(*wording.DAEMON_STRANGE)
    result, error = members.get("result"), members.get("error")
    if members.get("ok") is True and isinstance(result, dict):
        return result
    if members.get("ok") is False and isinstance(error, dict):
        kind, title, remedy = (error.get(name) for name in ("kind", "title", "remedy"))
        raise from_wire(str(kind), str(title), str(remedy or ""))
    raise TrayError(*wording.DAEMON_STRANGE)


def _line(members: dict[str, object]) -> bytes:
    return _compact(members).encode() + b"\n"


def _object(line: bytes) -> dict[str, object] | None:
    try:
        members = json.loads(line.decode())
    except (ValueError, RecursionError):
        return None
    return members if isinstance(members, dict) else None

"""How a request becomes an answer, whatever it came through."""

from __future__ import annotations

import logging
from collections.abc import Callable

from tray.core.errors import OtherWorld, TrayError
from tray.core.wording import system as wording
from tray.local.protocol import Answer, Request, decode_request, encode_answer

log = logging.getLogger(__name__)

Reply = Callable[[Answer], None]
Handler = Callable[[Request, Reply], None]
Gone = Callable[[Request], None]


def admit(line: bytes, pid: int | None, world: str) -> Request:
    """Give the request of a line; `pid` asks.

    Raises `OtherWorld` when it means another one, `TrayError` for what is no request.
    """
    request = decode_request(line, pid)
    if request.world != world:
        raise OtherWorld(*wording.OTHER_WORLD)
    return request


def hand_over(handler: Handler, request: Request, reply: Reply) -> None:
    """Let a handler answer; what it raises is the answer, a fault of ours is logged."""
    try:
        handler(request, reply)
    except TrayError as error:
        reply(error)
    except Exception:  # the top of the thread
        log.exception(wording.ANSWER_FAULT[0])
        reply(TrayError(*wording.ANSWER_FAULT))


def tell_gone(on_gone: Gone | None, request: Request | None) -> None:
    """Tell that whoever asked has left before the answer; a fault of ours is logged."""
    if on_gone is None or request is None:
        return
    try:
        on_gone(request)
    except Exception:  # the top of the thread
        log.exception(wording.ANSWER_FAULT[0])


def encode_safely(answer: Answer) -> bytes:
    """Give the line that answers; an error in place of what is no JSON."""
    try:
        return encode_answer(answer)
    except (TypeError, ValueError):
        log.exception(wording.ANSWER_FAULT[0])
        return encode_answer(TrayError(*wording.ANSWER_FAULT))

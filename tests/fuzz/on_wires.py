"""What comes over sockets and pipes: from commands, the browser, the bus, a child."""

from __future__ import annotations

import socket
from contextlib import closing

from tests.fuzz.target import Target
from tray.aws.redirect import Expected, judge
from tray.core.errors import TrayError
from tray.core.model import Secret
from tray.desktop.packets import Packet
from tray.desktop.wire import NoDesktopBus, Wire
from tray.local.protocol import (
    decode_answer,
    decode_request,
    encode_answer,
    encode_request,
)
from tray.system.frames import BadFrame, frames

REQUESTS = (
    b"",
    encode_request("0a1b2c3d", "ping", {}),
    encode_request("0a1b2c3d", "login", {"session": "corp", "open": True}),
    encode_request("0a1b2c3d", "ping", {"a": [1, 2.5, None, {"b": "c"}]})[:40],
    b'{"v":2,"world":"a","verb":"b","args":{}}\n',
    b'{"v":true,"world":"a","verb":"b","args":{}}\n',
    b'{"v":1,"world":"\\ud800","verb":"b","args":{"x":"\\udfff"}}\n',
    encode_answer({"phase": "valid"}),
    encode_answer(TrayError("What happened.", "What to do.")),
    b'{"v":1,"ok":false,"error":{"kind":[],"title":{},"remedy":1}}\n',
    b"[" * 3000,
    b"GET / HTTP/1.1\r\n\r\n",
)

REQUEST_WORDS = (
    b'{"v":1,',
    b'"world":',
    b'"verb":',
    b'"args":{',
    b'"ok":true',
    b'"ok":false',
    b'"result":{',
    b'"error":{',
    b'"kind":"session-over"',
    b'"title":',
    b'"remedy":',
    b"}",
)

STATE = "the-right-state"
_HEAD = b"\r\nHost: 127.0.0.1:4242\r\n\r\n"
_PATH = b"GET /oauth/callback"

REDIRECTS = (
    b"",
    _PATH + b"?code=abc&state=the-right-state HTTP/1.1" + _HEAD,
    _PATH + b"?code=abc&state=wrong HTTP/1.1" + _HEAD,
    _PATH + b"?error=access_denied&state=the-right-state HTTP/1.1" + _HEAD,
    _PATH + b"?code=a&code=b&state=the-right-state HTTP/1.0" + _HEAD,
    _PATH + b"?%ff=%00&state=%f0%9f HTTP/1.1" + _HEAD,
    b"GET //[::1 HTTP/1.1" + _HEAD,
    b"GET http://[x]/oauth/callback HTTP/1.1" + _HEAD,
    b"POST /oauth/callback HTTP/1.1" + _HEAD,
    b"GET /favicon.ico HTTP/1.1" + _HEAD,
    _PATH + b"?code=abc&state=the-right-state HTTP/1.1\r\nHost: evil\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
)

REDIRECT_WORDS = (
    b"code=",
    b"state=the-right-state",
    b"error=",
    b"&",
    b"?",
    b"#",
    b"%",
    b"%00",
    b";",
    b"//",
    b"[",
    b"]",
    b"Host: localhost\r\n",
    b"\r\n\r\n",
    b" HTTP/1.1",
)

_SIGNAL = Packet(
    type="signal",
    path="/org/freedesktop/login1",
    interface="org.freedesktop.login1.Manager",
    member="PrepareForSleep",
    sender=":1.3",
    signature="b",
    body=(True,),
)
_REPLY = Packet(
    type="reply",
    reply_to=7,
    sender=":1.3",
    signature="sa{sv}(iu)",
    body=("x", {"a": ("s", "b"), "c": ("ai", [1, 2])}, (1, 2)),
)

MESSAGES = (
    b"",
    _SIGNAL.encode(1),
    _REPLY.encode(2),
    _SIGNAL.encode(1) + _REPLY.encode(2),
    _REPLY.encode(2)[:50],
    Packet(type="call", path="/a", member="Get", signature="ss", body=("", "")).encode(
        3
    ),
    Packet(type="error", reply_to=1, error="a.b", signature="s", body=("no",)).encode(
        4
    ),
)

MESSAGE_WORDS = (b"\1g\0", b"\1s\0", b"\1o\0", b"a{sv}", b"(", b"a", b"v", b"l\1\0\1")


def check_request(data: bytes) -> None:
    """Understand a line, at either end, or refuse it in words."""
    try:
        request = decode_request(data)
    except TrayError as error:
        encode_answer(error)
    else:
        line = encode_request(request.world, request.verb, request.args)
        again = decode_request(line)
        assert (again.world, again.verb) == (request.world, request.verb)
        assert repr(again.args) == repr(request.args)
    try:
        decode_answer(data)
    except TrayError as error:
        encode_answer(error)


def check_redirect(data: bytes) -> None:
    """Answer a browser; only the right `state` brings anything."""
    answer = judge(data, Expected("corp", STATE, "/oauth/callback", 4242))
    assert answer.response.startswith(b"HTTP/1.1 ")
    if isinstance(answer.result, Secret):
        answer.result.reveal().encode()
        assert answer.result.reveal()
    if answer.result is not None:
        assert b"GET" in data


def check_message(data: bytes) -> None:
    """Take what a bus sends: messages, or a bus that is gone."""
    theirs, ours = socket.socketpair()
    with closing(Wire(ours)) as wire, theirs:
        theirs.sendall(data)
        theirs.shutdown(socket.SHUT_WR)
        try:
            while wire.receive(1.0) is not None:
                pass
        except NoDesktopBus:
            return


def check_frame(data: bytes) -> None:
    """Read what a child says, in pieces of all sizes, or refuse it."""
    rest = [data[: len(data) // 3], data[len(data) // 3 :]]
    try:
        for frame in frames(lambda _: rest.pop(0) if rest else b""):
            assert isinstance(frame, dict)
    except BadFrame:
        return


TARGETS = (
    Target(
        "protocol",
        lambda _: check_request,
        ("tray.local.protocol",),
        REQUESTS,
        REQUEST_WORDS,
    ),
    Target(
        "redirect",
        lambda _: check_redirect,
        ("tray.aws.redirect", "tray.aws.pages", "urllib.parse"),
        REDIRECTS,
        REDIRECT_WORDS,
    ),
    Target(
        "bus",
        lambda _: check_message,
        ("tray.desktop.packets", "tray.desktop.wire", "jeepney.low_level"),
        MESSAGES,
        MESSAGE_WORDS,
    ),
    Target("frames", lambda _: check_frame, ("tray.system.frames",), REQUESTS, ()),
)

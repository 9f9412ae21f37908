"""The two lines of the local endpoint: exact, bounded, and strict about what comes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.core.errors import KINDS, NoDaemon, SessionOver, TrayError
from tray.local.protocol import (
    LARGEST_ANSWER,
    LARGEST_REQUEST,
    OK_HEAD,
    OK_TAIL,
    decode_answer,
    decode_request,
    encode_answer,
    encode_request,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
MEMBERS = st.dictionaries(st.text(), JSON)


@given(st.text(), st.text(), MEMBERS)
def test_a_request_arrives_as_it_was(
    world: str, verb: str, args: dict[str, object]
) -> None:
    """Whatever is asked is one line, and understood at the other end."""
    line = encode_request(world, verb, args)

    request = decode_request(line, 42)

    assert line.count(b"\n") == 1
    assert (request.world, request.verb, request.args) == (world, verb, args)
    assert request.pid == 42


@given(MEMBERS)
def test_an_answer_arrives_as_it_was(result: dict[str, object]) -> None:
    """Whatever is answered is one line; its result can be cut out without JSON."""
    line = encode_answer(result)

    assert decode_answer(line) == result
    assert line.count(b"\n") == 1
    assert line.startswith(OK_HEAD)
    assert line.endswith(OK_TAIL)
    assert json.loads(line[len(OK_HEAD) : -len(OK_TAIL)]) == result


def test_the_lines_on_the_wire() -> None:
    """These bytes are a contract with clients that know no JSON."""
    request = encode_request("0a1b2c3d", "ping", {"a": 1})
    error = encode_answer(SessionOver("Ended.", "Log in."))

    assert request == b'{"v":1,"world":"0a1b2c3d","verb":"ping","args":{"a":1}}\n'
    assert encode_answer(b'{"Version":1}') == (
        b'{"v":1,"ok":true,"result":{"Version":1}}\n'
    )
    assert error == (
        b'{"v":1,"ok":false,"error":{"kind":"session-over",'
        b'"title":"Ended.","remedy":"Log in."}}\n'
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_error_crosses_the_wire(kind: str) -> None:
    """The asker meets the very error that the daemon met."""
    met = KINDS[kind]("What happened.", "What to do.")

    with pytest.raises(TrayError) as caught:
        decode_answer(encode_answer(met))

    assert type(caught.value) is KINDS[kind]
    assert str(caught.value) == str(met)
    assert NoDaemon.kind in KINDS


@given(st.binary() | MEMBERS.map(lambda m: json.dumps({"v": 1, **m}).encode()))
def test_strange_lines_are_turned_away(line: bytes) -> None:
    """No line raises anything but our own error."""
    for decode in (decode_request, decode_answer):
        with pytest.raises(TrayError):
            decode(line)


@pytest.mark.parametrize(
    "line",
    [
        b'{"v":true,"world":"a","verb":"b","args":{}}',
        b'{"v":0,"world":"a","verb":"b","args":{}}',
        b'{"v":1,"world":1,"verb":"b","args":{}}',
        b'{"v":1,"world":"a","verb":"b","args":[]}',
        b'{"v":1,"world":"a","verb":"b"}',
        b"[" * 60000,
        b'{"v":1,"ok":1,"result":{}}',
        b'{"v":1,"ok":true,"result":[]}',
    ],
)
def test_nearly_right_lines_are_turned_away(line: bytes) -> None:
    """Each member must be what it should be."""
    for decode in (decode_request, decode_answer):
        with pytest.raises(TrayError):
            decode(line)


def test_a_newer_client_is_told_so() -> None:
    """After an update the running daemon says that it is the older one."""
    with pytest.raises(TrayError, match="newer"):
        decode_request(b'{"v":2,"world":"a","verb":"b","args":{}}')


def test_limits() -> None:
    """Nothing without an end goes over the wire."""
    with pytest.raises(TrayError, match="too long"):
        encode_request("a", "b", {"c": "x" * LARGEST_REQUEST})
    with pytest.raises(TrayError, match="too long"):
        decode_answer(encode_answer({"a": "x" * LARGEST_ANSWER}))


def test_arguments_stay_out_of_repr() -> None:
    """What is asked with may be private."""
    assert "hunter2" not in repr(
        decode_request(encode_request("a", "b", {"c": "hunter2"}))
    )

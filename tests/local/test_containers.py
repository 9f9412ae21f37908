"""The endpoint of one command: for whoever has its token, and for nobody else."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.limits import fewer_files
from tray.core.errors import CannotTell, TrayError
from tray.local.containers import Endpoint, container_endpoint

assert sys.platform != "win32"

DOCUMENT = {
    "AccessKeyId": "ASIAEXAMPLE",
    "SecretAccessKey": "secret-key",
    "Token": "session-token",
    "Expiration": "2126-03-02T13:00:00Z",
    "AccountId": "111122223333",
}


def ask(
    endpoint: Endpoint, path: str | None = None, **headers: str
) -> tuple[int, Mapping[str, str]]:
    """Make one request; give status and JSON."""
    place = urlsplit(endpoint.url)
    connection = http.client.HTTPConnection(place.netloc, timeout=10)
    try:
        headers = {"Authorization": endpoint.token.reveal(), **headers}
        connection.request("GET", path or place.path, headers=headers)
        answer = connection.getresponse()
        parsed = json.loads(answer.read())
    finally:
        connection.close()
    assert isinstance(parsed, dict)
    return answer.status, parsed


def test_whoever_has_the_token_is_served() -> None:
    """The answer is what was given, and the endpoint is gone after the block."""
    with container_endpoint(lambda: DOCUMENT) as endpoint:
        assert ask(endpoint) == (200, DOCUMENT)
        assert urlsplit(endpoint.url).hostname == "127.0.0.1"

    with pytest.raises(ConnectionRefusedError):
        ask(endpoint)


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": ""},
        {"Authorization": "guess"},
        {"Host": "evil.example"},
        {"Host": "localhost"},
    ],
)
def test_others_are_told_nothing(headers: dict[str, str]) -> None:
    """Neither a wrong token nor a name that was bent to here gets anything."""
    given: list[int] = []

    def give() -> Mapping[str, str]:
        given.append(1)
        return DOCUMENT

    with container_endpoint(give) as endpoint:
        status, said = ask(endpoint, **headers)

    assert status == 403
    assert set(said) == {"code", "message"}
    assert given == []


def test_there_is_one_page() -> None:
    """Any other address is not found, and no other method is known."""
    with container_endpoint(lambda: DOCUMENT) as endpoint:
        assert ask(endpoint, "/")[0] == 404
        place = urlsplit(endpoint.url)
        connection = http.client.HTTPConnection(place.netloc, timeout=10)
        connection.request("POST", place.path, headers={"Content-Length": "0"})
        assert connection.getresponse().status == 501
        connection.close()


def test_it_listens_on_this_machine_alone() -> None:
    """The kernel's own list of listening ports has it on 127.0.0.1 and nowhere else."""
    with container_endpoint(lambda: DOCUMENT) as endpoint:
        port = urlsplit(endpoint.url).port
        rows = [
            line.split()
            for name in ("tcp", "tcp6")
            for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
        ]

    assert port
    listening = [row[1] for row in rows if row[3] == "0A"]
    assert [one for one in listening if one.endswith(f":{port:04X}")] == [
        f"0100007F:{port:04X}"
    ]


@pytest.mark.parametrize("method", ["OPTIONS", "GET"])
def test_a_page_in_a_browser_gets_no_leave(method: str) -> None:
    """No answer says that another origin may read it or may send the header."""
    with container_endpoint(lambda: DOCUMENT) as endpoint:
        place = urlsplit(endpoint.url)
        connection = http.client.HTTPConnection(place.netloc, timeout=10)
        headers = {
            "Origin": "https://evil.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
        }
        connection.request(method, place.path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()

    assert answer.status in {403, 501}
    assert not [n for n, _ in answer.getheaders() if n.lower().startswith("access-")]
    assert b"secret-key" not in body


def test_a_failure_is_a_sentence() -> None:
    """Who asks when people must log in reads what to do."""

    def give() -> Mapping[str, str]:
        raise CannotTell("AWS can't be reached.", "Check the network.")

    with container_endpoint(give) as endpoint:
        status, said = ask(endpoint)

    assert status == 503
    assert said["message"] == "AWS can't be reached. Check the network."


def test_many_ask_at_once() -> None:
    """A hundred threads are all served, and fast enough for the SDKs' second."""
    took: list[float] = []

    def one(endpoint: Endpoint) -> None:
        began = time.monotonic()
        assert ask(endpoint)[0] == 200
        took.append(time.monotonic() - began)

    with container_endpoint(lambda: DOCUMENT) as endpoint:
        threads = [threading.Thread(target=one, args=(endpoint,)) for _ in range(100)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(took) == 100
    assert sorted(took)[50] < 1


def test_no_port_is_to_be_had() -> None:
    """A system without a free file says so, and what to do instead."""
    with (
        fewer_files(0),
        pytest.raises(TrayError, match="--mode env"),
        container_endpoint(lambda: DOCUMENT),
    ):
        raise AssertionError


def test_each_run_has_a_token_of_its_own() -> None:
    """What one command was given opens no other's endpoint."""
    with (
        container_endpoint(lambda: DOCUMENT) as one,
        container_endpoint(lambda: DOCUMENT) as other,
    ):
        assert one.token != other.token
        assert ask(one, Authorization=other.token.reveal())[0] == 403


def test_boto3_is_served() -> None:
    """A real SDK takes its credentials from here with the two variables alone."""
    script = (
        "import boto3; keys = boto3.session.Session().get_credentials();"
        "print(keys.access_key, keys.token, keys.method)"
    )
    with container_endpoint(lambda: DOCUMENT) as endpoint:
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={
                "PATH": os.environ["PATH"],
                "HOME": os.environ["HOME"],
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": endpoint.url,
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": endpoint.token.reveal(),
            },
            capture_output=True,
            text=True,
            check=True,
        )

    assert done.stdout.split() == ["ASIAEXAMPLE", "session-token", "container-role"]

"""What others can see of the running program: processes and files."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.app.test_daemon import COMMAND, Place, place
from tests.waiting import until

__all__ = ["place"]

assert sys.platform != "win32"


def family(pid: int) -> Iterator[int]:
    """Give a process and all that it has started."""
    yield pid
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return
    for child in text.split():
        yield from family(int(child))


def shown(pid: int) -> bytes:
    """Give the words and variables of a process, as its user's list shows them."""
    try:
        return b"".join(
            Path(f"/proc/{pid}/{name}").read_bytes() for name in ("cmdline", "environ")
        )
    except OSError:  # it has just ended
        return b""


def secrets_of(place: Place, document: str) -> list[bytes]:
    """Give all that nobody may see: the token file's, and the role's."""
    path = place.world.cache_folder / f"{place.session.cache_key}.json"
    members = json.loads(path.read_text()) | json.loads(document)
    names = ("accessToken", "refreshToken", "clientSecret")
    keys = ("SecretAccessKey", "SessionToken")
    return [members[name].encode() for name in (*names, *keys) if name in members]


def test_no_secret_is_in_words_or_variables(place: Place) -> None:
    """Daemon, its child at work and commands are looked at again and again."""
    first = place.write_token(timedelta(minutes=16)).encode()
    seen: set[bytes] = set()
    daemon = place.started()
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            seen.update(shown(pid) for pid in family(daemon.pid))
            over.wait(0.01)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        place.center.wait_for("CreateToken/refresh_token")
        asking = subprocess.Popen(
            [*COMMAND, "credential-process", "--profile", "dev"],
            env=place.environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        while asking.poll() is None:
            seen.add(shown(asking.pid))
        document, _ = asking.communicate(timeout=30)
        until(lambda: any(b"worker" in one for one in seen))
    finally:
        over.set()
        looking.join()

    assert len(secrets_of(place, document)) >= 4
    for secret in (first, *secrets_of(place, document)):
        assert not [one for one in seen if secret in one]


def test_no_secret_is_in_our_own_files(place: Place) -> None:
    """After a renewal and a program that was served: state, records and logs."""
    first = place.write_token(timedelta(minutes=16)).encode()
    place.started()
    place.center.wait_for("CreateToken/refresh_token")
    document = place.command("credential-process", "--profile", "dev").stdout
    until(place.world.state_path.exists)

    ours = [
        path.read_bytes()
        for folder in {place.world.state_path.parent, place.world.log_folder}
        for path in folder.rglob("*")
        if path.is_file()
    ]

    assert ours
    for secret in (first, *secrets_of(place, document)):
        assert not [text for text in ours if secret in text]

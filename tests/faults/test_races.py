"""Many programs renew the same token at once: one request of ours, and no false alarm.

The long form (SSO_TRAY_LONG=1) has fifty processes under every way of rotation.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.sharers import LONG, RENEWAL, Shared, shared
from tests.interop.test_sdks import PEERS
from tests.waiting import until
from tray.demo.center import Failure
from tray.demo.center.settings import Rotation
from tray.system.locks import FileLocks

assert sys.platform != "win32"

DUE = timedelta(minutes=16)
"""Left of a token that we renew and nobody else does yet."""

DUE_FOR_ALL = timedelta(minutes=4)
"""Left of a token that every SDK renews."""

COMMANDS: tuple[Callable[[], list[str]], ...] = tuple(PEERS.values())
"""How the SDKs of others are run."""

FIFTY = 50
FEW = FIFTY if LONG else 10


def processes(rotation: Rotation) -> int:
    """Give how many of our processes there are."""
    return FIFTY if rotation is Rotation.AT_ONCE else FEW


@pytest.mark.parametrize("rotation", list(Rotation))
def test_fifty_of_ours_make_one_request(
    tmp_path: Path, rotation: Rotation, figure: Callable[[str], None]
) -> None:
    """However many commands ask, the service is asked once, and all get the result."""
    with shared(tmp_path, rotation) as place:
        place.write_token(DUE)
        began = time.monotonic()
        ended = place.at_once(processes(rotation), "refresh", "--session", "corp")
        took = time.monotonic() - began

        assert {one.status for one in ended} == {0}, ended
        assert place.asked == 1
        left = place.check_file().token.expires_at - datetime.now(UTC)
        assert left > timedelta(minutes=55)
        assert place.litter() == []
    figure(
        f"races, {rotation}: {len(ended)} processes of ours at once made "
        f"1 request in {took:.1f} s"
    )


def test_a_daemon_that_starts_among_them(tmp_path: Path) -> None:
    """Commands with and without the daemon, which starts meanwhile: one request."""
    with shared(tmp_path) as place:
        place.write_token(DUE)
        place.center.fail(RENEWAL, Failure.hang(0.5))
        place.start()
        ended = place.at_once(8, "refresh", "--session", "corp")
        until(lambda: place.status()["daemon"])

        assert {one.status for one in ended} == {0}, ended
        assert place.asked == 1
        assert place.phase() == "valid"


@pytest.mark.parametrize("rotation", list(Rotation))
def test_beside_the_sdks_of_others(
    tmp_path: Path, rotation: Rotation, figure: Callable[[str], None]
) -> None:
    """boto3, the JavaScript SDK and ours renew at once: ours says no session is over.

    The token that lies there in the end can be renewed, whoever wrote it; but where no
    new refresh token comes, the SDKs drop the old one (cli: `test_tokens.py`).
    """
    rounds = 6 if LONG else 1
    lost = 0
    with shared(tmp_path, rotation) as place:
        for _ in range(rounds):
            place.write_token(DUE_FOR_ALL)
            before = place.asked
            more = {"AWS_PROFILE": "dev", "AWS_EC2_METADATA_DISABLED": "true"}
            theirs = [place.begin(command(), more) for command in COMMANDS]
            ours = [
                place.begin([sys.executable, "-m", "tray", "refresh"]) for _ in range(3)
            ]
            for one in ours:
                ended = place.finish(one)
                dropped = "refreshToken" not in place.members
                assert ended.status == (3 if dropped and ended.status else 0), ended
                assert "has ended" not in ended.err
            for one in theirs:
                place.finish(one)

            assert place.asked - before <= 1 + 3 * len(theirs)
            lost += place.asked - before - 1
            place.check_live()
            if rotation is not Rotation.NONE:
                assert place.renew_as_others_do() is not None
    figure(
        f"races, {rotation}: {rounds} rounds with two SDKs, {lost} requests by "
        "others in the same moment, no false end"
    )


class SlowWriter(threading.Thread):
    """A program that renews and writes the file in place, in two slow halves."""

    def __init__(self, place: Shared, between: float) -> None:
        super().__init__()
        self._place = place
        self._between = between
        self.won = False

    def run(self) -> None:
        """Renew as the SDKs do; when that is refused, leave the file alone."""
        place, members = self._place, self._place.members
        answer = place.renew_as_others_do()
        if answer is None:
            return
        self.won = True
        ends = datetime.now(UTC) + timedelta(hours=1)
        members |= {
            "accessToken": answer["accessToken"],
            "expiresAt": ends.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "written": "by another program",
        }
        members["refreshToken"] = answer.get("refreshToken") or members["refreshToken"]
        text = json.dumps(members)
        with place.path.open("r+") as file:
            file.truncate()
            file.write(text[: len(text) // 2])
            file.flush()
            time.sleep(self._between)
            file.write(text[len(text) // 2 :])


@pytest.mark.parametrize("between", [0.02, 0.3, 0.8])
@pytest.mark.parametrize("rotation", [Rotation.AT_ONCE, Rotation.WITH_GRACE])
def test_a_slow_writer_in_place(
    tmp_path: Path, rotation: Rotation, between: float
) -> None:
    """Another program wins and writes slowly: we wait for it, and it is no error."""
    with shared(tmp_path, rotation) as place:
        place.write_token(DUE)
        other = SlowWriter(place, between)
        place.center.fail(RENEWAL, Failure.hang(0.2), times=2)
        other.start()
        ended = place.finish(place.begin([sys.executable, "-m", "tray", "refresh"]))
        other.join()

        assert ended.status == 0, ended
        place.check_live()
        assert place.renew_as_others_do() is not None


def test_unknown_members_survive(tmp_path: Path) -> None:
    """What another program keeps in the file is there after our renewal."""
    with shared(tmp_path) as place:
        place.write_token(DUE)
        members = place.members | {"ideState": {"pinned": [1, 2]}, "x": "\u00e9"}
        place.change_file(json.dumps(members))
        assert place.command("refresh").returncode == 0

        assert place.asked == 1
        assert place.members["ideState"] == {"pinned": [1, 2]}
        assert place.members["x"] == "\u00e9"
        assert place.members["accessToken"] != members["accessToken"]


def test_a_lock_that_lasts_is_told(tmp_path: Path) -> None:
    """Another of ours that is stuck keeps us waiting, not renewing beside it."""
    with shared(tmp_path) as place:
        place.write_token(DUE)
        locks = FileLocks(place.world.locks_folder, place.world.cache_folder)
        with locks.hold(place.session.cache_key, timedelta(seconds=1)):
            waits = place.begin([sys.executable, "-m", "tray", "refresh"])
            time.sleep(1)
            assert waits.poll() is None
            assert place.asked == 0
        assert place.finish(waits).status == 0
        assert place.asked == 1

"""P1, P2, P5 and P11: what a command costs, beside the peers, in one run."""

from __future__ import annotations

import socket
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import RATIO, Command, Figure, medians
from tests.bench.installed import AWS_CLI, Installed
from tests.bench.office import Office, office

assert sys.platform != "win32"

ROUNDS = 25
FEW = 7
"""Rounds where each takes seconds."""

BARE = "python3 -c pass"
CLI = "AWS CLI v2 export-credentials"
GET = (
    "import boto3; s = boto3.session.Session(profile_name='dev'); "
    "s.get_credentials().get_frozen_credentials().access_key"
)


def bare(place: Office) -> Command:
    """Give a Python that does nothing."""
    return Command([place.installed.python, "-c", "pass"], place.environ)


def ours(place: Office, *words: str, script: str = "sso-tray") -> Command:
    """Give a command of ours."""
    return Command([str(place.installed.ours / script), *words], place.environ)


def fast(place: Office) -> Command:
    """Give the fast script, which the docs put into a config."""
    return ours(place, "dev", script="sso-tray-credential-process")


def console(place: Office) -> Command:
    """Give the console command that does the same."""
    return ours(place, "credential-process", "--profile", "dev")


def peers(place: Office) -> dict[str, Command]:
    """Give what other programs do for the same end."""
    there, environ = place.installed, place.environ
    found = {
        "boto3 get_credentials()": [str(there.peers / "python3"), "-c", GET],
        "aws-export-credentials": [
            *(str(there.old / "aws-export-credentials"), "--profile", "dev"),
            "--json",
        ],
        "aws-sso-util credential-process": [
            *(str(there.apart / "aws-sso-util"), "credential-process"),
            *("--profile", "old"),
        ],
        CLI: [
            *(str(AWS_CLI), "configure", "export-credentials", "--profile", "dev"),
            *("--format", "process"),
        ],
    }
    if not AWS_CLI.exists():
        del found[CLI]
    return {name: Command(words, environ) for name, words in found.items()}


def warm(home: Path, installed: Installed) -> Iterator[Figure]:
    """P1: with a daemon that has the credentials."""
    few, others = _turns(home / "few", installed, many=False)
    lots, crowded = _turns(home / "many", installed, many=True)
    one, other = few["fast"] / few[BARE], few["console"] / few[BARE]
    yield Figure("P1", "fast script", one, RATIO, 0.85)
    yield Figure("P1", "console command", other, RATIO, 1.05)
    grown = lots["fast"] / lots[BARE] / one
    what = "fast script with 10,000 profiles, to its own time with few"
    yield Figure("P1", what, grown, RATIO, 1.1)
    if CLI in others:
        gained = others[CLI] / others[BARE] / one
        yield Figure("P1", "faster than AWS CLI v2", gained, RATIO, 35, least=True)
    yield Figure("P1", "`python3 -c pass` itself", few[BARE] * 1000, "ms")
    for times, words in ((others, ""), (crowded, ", 10,000 profiles")):
        for name, took in times.items():
            if name != BARE:
                ratio = took / times[BARE]
                yield Figure("P1", name + words, ratio, RATIO, peer=True)


def _turns(
    home: Path, installed: Installed, *, many: bool
) -> tuple[dict[str, float], dict[str, float]]:
    """Give our medians, and everybody else's."""
    with office(home, installed, many=many) as place, place.daemon():
        mine = {"fast": fast(place), "console": console(place)}
        times = medians({BARE: bare(place), **mine}, ROUNDS)
        return times, medians({BARE: bare(place), **peers(place)}, FEW)


def alone(home: Path, installed: Installed) -> Iterator[Figure]:
    """P2: no daemon runs; the credentials are in GNOME's keyring."""
    from tests.live.keyrings import keyring_of, private_bus

    home.mkdir()
    session = home / "session"
    session.mkdir()
    with (
        private_bus(session) as environ,
        keyring_of(environ, "password"),
        office(home / "alone", installed) as place,
    ):
        place.environ |= {
            "DBUS_SESSION_BUS_ADDRESS": environ["DBUS_SESSION_BUS_ADDRESS"]
        }
        console(place).run()
        asked = place.center.count("GetRoleCredentials")
        boto3 = peers(place)["boto3 get_credentials()"]
        commands = {BARE: bare(place), "fast": fast(place), "console": console(place)}
        times = medians(commands, FEW + 2)
        assert place.center.count("GetRoleCredentials") == asked, "not from the keyring"
        theirs = medians({BARE: bare(place), "boto3": boto3}, FEW + 2)
    limit = theirs["boto3"] / theirs[BARE]
    for name, words in (("fast", "fast script"), ("console", "console command")):
        ratio = times[name] / times[BARE]
        yield Figure("P2", f"{words}, no daemon, from the keyring", ratio, RATIO, limit)
    yield Figure("P2", "boto3 get_credentials()", limit, RATIO, peer=True)


def status(home: Path, installed: Installed) -> Iterator[Figure]:
    """P11: `status --json`."""
    with office(home / "status", installed) as place:
        command = {BARE: bare(place), "status": ours(place, "status", "--json")}
        with place.daemon():
            served = medians(command, ROUNDS)
        without = medians(command, ROUNDS)
    for times, what, limit in (
        (served, "with a daemon", 4.0),
        (without, "without", 15.0),
    ):
        ratio = times["status"] / times[BARE]
        yield Figure("P11", f"`status --json` {what}", ratio, RATIO, limit)


def first_answer(home: Path, installed: Installed) -> Iterator[Figure]:
    """P5, its first half: from the start to the first answer."""
    with office(home / "start", installed) as place:
        found, nothing = [], []
        for _ in range(FEW * 2 + 1):
            nothing.append(bare(place).run())
            found.append(_seconds_to_answer(place))
    ratio = statistics.median(found) / statistics.median(nothing)
    yield Figure("P5", "start to the first answer, headless", ratio, RATIO, 10)


def _seconds_to_answer(place: Office) -> float:
    world = place.world
    line = b'{"v":1,"world":"%s","verb":"status","args":{}}\n' % world.hash8.encode()
    began = time.perf_counter()
    process = place.begin("run", "--headless")
    while True:
        try:
            with socket.socket(socket.AF_UNIX) as caller:
                caller.connect(str(world.socket_path))
                caller.sendall(line)
                if caller.recv(1 << 16):
                    break
        except OSError:
            time.sleep(0.0005)
    took = time.perf_counter() - began
    process.terminate()
    process.wait(20)
    return took

"""P10: how long `sync` takes to list 500 accounts with 4 roles each, and who is faster.

`python -m tests.bench.sync [PATH OF aws-sso-util]`; without a path the peer is
installed into a virtual environment of its own. A center of ours answers after 30 ms,
and bears 20 requests a second with 20 at once. Not a test: prints, and judges nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.installed import Installed
from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.portal import AccessPortal
from tray.core.accesses import Progress
from tray.core.model import SsoSession
from tray.demo.center import (
    Center,
    CenterSettings,
    Failure,
    Limit,
    Operation,
    Portal,
    User,
    some_accounts,
)
from tray.flows.listing import Listing, ListingEdges

ACCOUNTS, ROLES, PAGE = 500, 4, 100
LATENCY = 0.03
LIMIT = Limit(20, 20)
REGION = "eu-west-1"
LISTS = (Operation.LIST_ACCOUNTS, Operation.LIST_ACCOUNT_ROLES)
SLOWEST_PEER = 900.0
PEER = ("configure", "populate", "--region", REGION)
"""Its way to write a profile for each role; listing alone is a small part of it."""


def say(line: str) -> None:
    """Print a line now."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def a_center(limit: Limit | None) -> Iterator[Center]:
    """Give a center with many accounts, an answer's delay, and a limit."""
    alice = User("alice", "Alice", some_accounts(ACCOUNTS, ROLES))
    portals = (Portal("corp", "Corp", (alice,)),)
    settings = CenterSettings(portals=portals, portal_limit=limit)
    with Center(settings, lambda: datetime.now(UTC)) as center:
        for operation in LISTS:
            center.fail(operation, Failure.hang(LATENCY), None)
        yield center


def refusals(center: Center) -> tuple[int, int]:
    """Give how many requests were refused, and how many there were."""
    asked = [one for one in center.requests if one.operation in LISTS]
    no = [one for one in asked if one.outcome == "TooManyRequestsException"]
    return len(no), len(asked)


def report(who: str, seconds: float, found: int, center: Center) -> None:
    """Print a line of the report."""
    no, asked = refusals(center)
    say(
        f"{who:28} {seconds:7.1f} s  {found:5} roles  "
        f"{no:4} of {asked} refused ({100 * no / max(asked, 1):.1f} %)"
    )


def ours(center: Center, folder: Path, width: int) -> tuple[float, int]:
    """List as `sync` does; give the seconds and how many roles there were."""
    session = SsoSession("corp", center.start_url("corp"), REGION)
    tokens = TokenFiles(folder, time.sleep)
    tokens.write(session, center.issue("corp", "alice"))
    os.environ["AWS_ENDPOINT_URL_SSO"] = center.url
    clients = Clients()
    clients.portal(session)  # boto3 is loaded, as it is after a log-in
    edges = ListingEdges(AccessPortal(tokens, clients), lambda _: None, time.monotonic)
    begun = time.monotonic()
    found = Listing(edges, session, _silent, width).run()
    return time.monotonic() - begun, len(found)


def _silent(progress: Progress) -> None:
    del progress


def plain_threads(center: Center, folder: Path) -> tuple[float, int]:
    """List with eight threads and no pace, which loses what is refused."""
    session = SsoSession("corp", center.start_url("corp"), REGION)
    portal = AccessPortal(TokenFiles(folder, time.sleep), Clients(), time.sleep)
    begun, found, lock = time.monotonic(), [0], threading.Lock()
    rows = list(portal.list_accounts(session))

    def work() -> None:
        while True:
            with lock:
                if not rows:
                    return
                account = rows.pop()
            try:
                roles = len(portal.list_roles(session, account.account_id))
            except Exception:  # noqa: BLE001 - that is what is measured
                continue
            with lock:
                found[0] += roles

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - begun, found[0]


def peer(command: Path, center: Center, home: Path) -> tuple[float, int]:
    """List with aws-sso-util, which finds a token of its own in the cache."""
    url = center.start_url("corp")
    session = SsoSession(url, url, REGION, legacy=True)
    cache = home / ".aws" / "sso" / "cache"
    cache.mkdir(parents=True)
    TokenFiles(cache, time.sleep).write(session, center.issue("corp", "alice"))
    environ: Mapping[str, str] = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "AWS_ENDPOINT_URL_SSO": center.url,
        "AWS_ENDPOINT_URL_SSO_OIDC": center.url,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    begun = time.monotonic()
    words = [str(command), *PEER, "--sso-start-url", url, "--sso-region", REGION]
    ended = subprocess.run(
        words,
        check=False,
        env=environ,
        capture_output=True,
        text=True,
        timeout=SLOWEST_PEER,
    )
    seconds = time.monotonic() - begun
    if ended.returncode:
        say(f"  {ended.stderr.strip().splitlines()[-1:]}")
    return seconds, (home / ".aws" / "config").read_text().count("[profile ")


def listing(home: Path, there: Installed) -> Iterator[Figure]:
    """P10: `sync` at the limit, and the peer."""
    home.mkdir(parents=True)
    with a_center(LIMIT) as center:
        took, found = ours(center, home / "ours", 8)
        no, asked = refusals(center)
    yield Figure(
        "P10", "listing, to what the limit allows", took / allowed(), "x", 1.05
    )
    what = "roles found of 2,000"
    yield Figure("P10", what, found, "", ACCOUNTS * ROLES, least=True)
    yield Figure("P10", "requests refused", 100 * no / asked, "%", 1)
    with a_center(LIMIT) as center:
        theirs, _ = peer(there.apart / "aws-sso-util", center, home / "peer")
    what = "faster than aws-sso-util"
    yield Figure("P10", what, theirs / took, "x", 10, least=True)
    yield Figure("P10", "aws-sso-util configure populate", theirs, "s", peer=True)


def allowed() -> float:
    """Give the seconds that the limit asks for."""
    requests = ACCOUNTS + ACCOUNTS // PAGE
    return (requests - LIMIT.burst) / LIMIT.rate


def installed(folder: Path) -> Path:
    """Give aws-sso-util in a virtual environment of its own."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    words = [
        str(folder / "bin" / "pip"),
        "install",
        "-q",
        "aws-sso-util",
        "setuptools<81",
    ]
    subprocess.run(words, check=True, stderr=subprocess.DEVNULL)
    return folder / "bin" / "aws-sso-util"


def main() -> None:
    """Measure all of them, one after the other."""
    say(f"{ACCOUNTS} accounts x {ROLES} roles, {LATENCY * 1000:.0f} ms an answer")
    say(f"the limit of {LIMIT.rate:.0f} a second allows {allowed():.1f} s\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with a_center(LIMIT) as center:
            seconds, found = ours(center, folder / "ours", 8)
            report("sync", seconds, found, center)
        say(f"{'':28} {seconds / allowed():7.2f} x what the limit allows")
        with a_center(replace(LIMIT, rate=10, burst=10)) as center:
            report("sync, half the limit", *ours(center, folder / "slow", 8), center)
        with a_center(LIMIT) as center:
            report("sync in the daemon, 1 wide", *ours(center, folder, 1), center)
            center.heal()
        with a_center(LIMIT) as center:
            ours_tokens = TokenFiles(folder, time.sleep)
            session = SsoSession("corp", center.start_url("corp"), REGION)
            ours_tokens.write(session, center.issue("corp", "alice"))
            os.environ["AWS_ENDPOINT_URL_SSO"] = center.url
            report("eight plain threads", *plain_threads(center, folder), center)
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else installed(folder / "peer")
        with a_center(LIMIT) as center:
            theirs, roles = peer(given, center, folder / "home")
            report("aws-sso-util populate", theirs, roles, center)
        say(f"{'':28} {theirs / seconds:7.1f} x as long as sync")


if __name__ == "__main__":
    main()

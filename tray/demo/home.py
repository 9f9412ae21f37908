"""The demo's own world: a home that is thrown away, and an Identity Center to go with.

It keeps the desktop's variables and none of AWS's, so that the real tray is used and
the real account is not.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tray.aws.cache import TokenFiles
from tray.aws.config import ConfigFile
from tray.demo.center import Center, CenterSettings, Portal, Role, User, some_accounts
from tray.system.clock import Pauses, SystemClock
from tray.system.paths import World

REGION = "eu-west-1"
PERSON = "alice"
DEPLOYER = "arn:aws:iam::111100000003:role/deployer"

DESKTOP = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "XDG_DATA_DIRS")
"""XDG variables that belong to the desktop; the others name folders."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the demo's clocks are."""

    token: timedelta = timedelta(seconds=45)
    """How long an access token lives."""

    session: timedelta = timedelta(seconds=110)
    """How long a sign-in lasts."""

    notices: tuple[str, ...] = ("30s", "10s")
    """How long before its end people are told."""

    thinks: float = 6.0
    """Seconds that Alice takes before she logs in."""

    lasts: timedelta = timedelta(minutes=3)
    """How long a demo without a desktop goes on."""


@contextmanager
def demo_world(
    environ: Mapping[str, str], pace: Pace
) -> Iterator[tuple[World, Center]]:
    """Give the demo's world and its Identity Center, until the block ends."""
    home = Path(tempfile.mkdtemp(prefix="sso-tray-demo-"))
    try:
        with Center(_settings(pace), SystemClock().now) as center:
            world = World(_environ(environ, home, center.url), home)
            _furnish(world, center, pace)
            yield world, center
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _settings(pace: Pace) -> CenterSettings:
    alice = User(PERSON, "Alice", some_accounts(4))
    bob = User("bob", "Bob", some_accounts(1, first=9))
    return CenterSettings(
        portals=(
            Portal("acme", "Acme", (alice, bob)),
            Portal("lab", "The Lab", (alice,), session_life=timedelta(hours=8)),
            Portal("old", "Old Portal", (alice,), session_life=timedelta(hours=8)),
        ),
        access_token_life=pace.token,
        session_life=pace.session,
        legacy_token_life=timedelta(hours=8),
        roles=(Role(DEPLOYER),),
        interval=1,
    )


def _environ(environ: Mapping[str, str], home: Path, url: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in environ.items()
        if not name.upper().startswith("AWS_")
        and not name.upper().endswith("_PROXY")
        and (not name.startswith("XDG_") or name in DESKTOP)
    }
    bus = environ.get("XDG_RUNTIME_DIR")
    if bus and "DBUS_SESSION_BUS_ADDRESS" not in kept and Path(bus, "bus").exists():
        kept["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={bus}/bus"
    run = home / "run"
    run.mkdir(mode=0o700)
    return kept | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "AppData"),
        "LOCALAPPDATA": str(home / "AppData"),
        "XDG_RUNTIME_DIR": str(run),
        "AWS_ENDPOINT_URL_SSO": url,
        "AWS_ENDPOINT_URL_SSO_OIDC": url,
        "AWS_ENDPOINT_URL_STS": url,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _furnish(world: World, center: Center, pace: Pace) -> None:
    folder = world.config_path.parent
    folder.mkdir(parents=True)
    world.config_path.write_text(_config(center), encoding="utf-8")
    world.settings_path.parent.mkdir(parents=True)
    leads = ", ".join(f'"{lead}"' for lead in pace.notices)
    world.settings_path.write_text(
        f'notice_before = [{leads}]\nsnooze = "15s"\n', encoding="utf-8"
    )
    tokens = TokenFiles(world.cache_folder, Pauses().pause)
    for session in ConfigFile(world.environ, world.home).read().sessions:
        if session.name == "acme":
            tokens.write(session, center.issue("acme", PERSON))
        elif session.legacy:
            tokens.write(session, center.issue("old", PERSON, scopes=()))


def _config(center: Center) -> str:
    sessions = "".join(
        f"[sso-session {name}]\nsso_start_url = {center.start_url(name)}\n"
        f"sso_region = {REGION}\nsso_registration_scopes = sso:account:access\n\n"
        for name in ("acme", "lab")
    )
    roles = ("ReadOnly", "Administrator")
    profiles = "".join(
        f"[profile {name}-{role.lower()}]\nsso_session = acme\n"
        f"sso_account_id = 11110000000{number}\nsso_role_name = {role}\n"
        f"region = {REGION}\n\n"
        for number, name in enumerate(("dev", "test", "prod"), 1)
        for role in roles
    )
    return (
        f"{sessions}{profiles}"
        f"[profile deploy]\nrole_arn = {DEPLOYER}\nsource_profile = dev-readonly\n"
        f"region = {REGION}\n\n"
        "[profile lab]\nsso_session = lab\nsso_account_id = 111100000004\n"
        "sso_role_name = ReadOnly\n\n"
        f"[profile old]\nsso_start_url = {center.start_url('old')}\n"
        f"sso_region = {REGION}\nsso_account_id = 111100000001\n"
        "sso_role_name = ReadOnly\n\n"
        "[profile typo]\nsso_session = acmee\nsso_account_id = 111100000001\n"
        "sso_role_name = ReadOnly\n"
    )

"""The SDKs of others read what `configure` and `sync` write, whatever accounts say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cli.setting_up import REGION, Place, at_home
from tests.fakes.aws import Seen, canned_service
from tests.interop.test_sdks import ALL_PEERS, forget_roles, role_credentials
from tests.interop.test_upgraded import credentials
from tray.demo.center import Account

pytestmark = pytest.mark.interop

NAMES = (
    "\N{ROCKET}",
    "\N{ROCKET} Lift/off \N{EM DASH} \u00e9t\u00e9",
    "a/b\\c [prod] #1 ; x = y",
    "\"quoted\" and 'single'",
    "Same",
    "Same",
    "default",
    "x" * 200,
)
ODD = tuple(
    Account(f"{number:012d}", name, ("A+b=c,d.e@f-g_h",))
    for number, name in enumerate(NAMES, 1)
)


def asked_for(seen: Sequence[Seen]) -> list[tuple[str, str]]:
    """Give account and role of each request for role credentials."""
    queries = [parse_qs(urlsplit(one.path).query) for one in seen]
    return [(one["account_id"][0], one["role_name"][0]) for one in queries]


def set_up(place: Place) -> None:
    """Let `configure` write session and some profiles, and `sync` all others."""
    place.config.unlink()
    place.have(*ODD[::2])
    first = ("configure", "--start-url", place.url, "--region", REGION, "--yes")
    ended = place.run(*first)
    assert ended.status == 0, ended.err
    place.have(*ODD)
    ended = place.run("sync", "--template", "{account_name}", "--yes")
    assert ended.status == 0, ended.err


@pytest.mark.parametrize("peer", sorted(ALL_PEERS))
def test_others_read_what_was_set_up(
    peer: str, calm_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each profile leads every SDK to its own account and role, with our token."""
    with at_home(calm_world, monkeypatch) as place:
        set_up(place)
    profiles = place.profiles()
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    with canned_service(role_credentials()) as service:
        monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
        for profile in profiles:
            forget_roles(place.config.parent)
            monkeypatch.setenv("AWS_PROFILE", profile)
            assert credentials(ALL_PEERS[peer]()) == "ASIAEXAMPLE", profile

    assert len(profiles) == len(set(profiles)) == len(ODD)
    expected = [(one.account_id, one.roles[0]) for one in ODD]
    assert sorted(asked_for(service.seen)) == expected

"""What the AWS CLI has kept of a role, read as it wrote it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from botocore.credentials import SSOCredentialFetcher
from botocore.utils import JSONFileCache

from tests.builders import NOON, a_profile, a_session
from tray.aws.cli_role_cache import CliRoleCache, role_cache_key
from tray.core.lingering import Lingering
from tray.core.model import SsoSession
from tray.core.roles import AssumedRole

CORP, LEGACY = a_session(), a_session(legacy=True)
DEV = a_profile()


def file_of(folder: Path, session: SsoSession = CORP) -> Path:
    """Give the file of the one role."""
    return folder / f"{role_cache_key(session, DEV.account_id, DEV.role_name)}.json"


def written(expiration: object = "2026-03-02T13:00:00Z", **more: object) -> str:
    """Give a file's text as AWS CLI v2 writes it."""
    credentials = {
        "AccessKeyId": "ASIAEXAMPLE",
        "SecretAccessKey": "secret",
        "SessionToken": "session",
        "Expiration": expiration,
        "AccountId": DEV.account_id,
        **more,
    }
    return json.dumps({"ProviderType": "sso", "Credentials": credentials})


class Fetcher(SSOCredentialFetcher):
    """botocore's own, which is what the AWS CLI keeps role credentials with."""

    def __init__(self, session: SsoSession, folder: Path) -> None:
        super().__init__(
            session.start_url,
            session.region,
            DEV.role_name,
            DEV.account_id,
            client_creator=None,  # type: ignore[arg-type]
            cache=JSONFileCache(str(folder)),  # type: ignore[arg-type]
            sso_session_name=None if session.legacy else session.name,
        )

    def _get_credentials(self) -> dict[str, object]:
        """Give what a portal would have given, for an hour."""
        end = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
        return {
            "ProviderType": "sso",
            "Credentials": {
                "AccessKeyId": "ASIAEXAMPLE",
                "SecretAccessKey": "secret",
                "SessionToken": "session",
                "Expiration": end.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "AccountId": DEV.account_id,
            },
        }


@pytest.mark.parametrize("session", [CORP, LEGACY], ids=["session", "legacy"])
def test_botocores_own_files_are_read(tmp_path: Path, session: SsoSession) -> None:
    """What the CLI's own code writes under its own name is what we find."""
    Fetcher(session, tmp_path).fetch_credentials()
    profile = replace(DEV, session=session.name)
    now = datetime.now(UTC)

    kept = CliRoleCache(tmp_path).kept(session, [profile], now)

    assert [path.name for path in tmp_path.iterdir()] == [
        file_of(tmp_path, session).name
    ]
    assert kept is not None
    assert kept.profiles == ("dev",)
    assert timedelta(minutes=44) < kept.until - now <= timedelta(minutes=45)


def test_it_matters_while_the_cli_would_use_it(tmp_path: Path) -> None:
    """With less than 15 minutes left the CLI asks anew, so there is nothing to say."""
    file_of(tmp_path).write_text(written())
    cache, end = CliRoleCache(tmp_path), NOON + timedelta(minutes=45)

    assert cache.kept(CORP, [DEV], NOON) == Lingering(("dev",), end)
    assert cache.kept(CORP, [DEV], end) == Lingering(("dev",), end)
    assert cache.kept(CORP, [DEV], end + timedelta(seconds=1)) is None


def test_profiles_of_one_role_are_all_served(tmp_path: Path) -> None:
    """Every profile that the CLI would serve is counted, and no other."""
    file_of(tmp_path).write_text(written())
    later = replace(a_profile("later"), role_name="Later")
    path = tmp_path / f"{role_cache_key(CORP, later.account_id, 'Later')}.json"
    path.write_text(written("2026-03-02T20:00:00+00:00"))
    profiles = (
        DEV,
        a_profile("same"),
        a_profile("lab", "lab"),
        replace(a_profile("chained"), roles=(AssumedRole("x"),)),
        replace(a_profile("never used"), role_name="Other"),
        later,
    )

    kept = CliRoleCache(tmp_path).kept(CORP, profiles, NOON)

    assert kept == Lingering(
        ("dev", "same", "later"), NOON + timedelta(hours=7, minutes=45)
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "{}",
        '{"Credentials": null}',
        '{"Credentials": []}',
        '{"Credentials": {"Expiration": "2026-03-02T13:00:00Z"}}',
        written(None),
        written("soon"),
        written(1772456400),
        written("0001-01-01T00:00:00Z"),
        written("2026-03-02T12:10:00Z"),
        written(AccessKeyId=None),
        "[" * 100_000,
        "\x00" * 100,
        "x" * (1 << 21),
    ],
)
def test_what_the_cli_cannot_use_does_not_matter(tmp_path: Path, text: str) -> None:
    """Torn, foreign, ended or huge: nothing is said, and nothing goes wrong."""
    file_of(tmp_path).write_text(text)

    assert CliRoleCache(tmp_path).kept(CORP, [DEV], NOON) is None


def test_nothing_is_touched(tmp_path: Path) -> None:
    """The files are the CLI's own; a folder in the way, or none, is no trouble."""
    file_of(tmp_path).write_text(written())
    before = file_of(tmp_path).stat()
    CliRoleCache(tmp_path).kept(CORP, [DEV], NOON)
    after = file_of(tmp_path).stat()

    assert (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
    assert CliRoleCache(tmp_path / "gone").kept(CORP, [DEV], NOON) is None
    file_of(tmp_path).unlink()
    file_of(tmp_path).mkdir()
    assert CliRoleCache(tmp_path).kept(CORP, [DEV], NOON) is None

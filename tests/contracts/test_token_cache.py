"""What every token cache promises: the fake of the flows and the files of the edge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.builders import a_session, a_token
from tests.fakes.center import DictCache
from tray.aws.cache import TokenFiles
from tray.core.model import AccessToken, CachedToken, Secret, SsoSession
from tray.core.ports import TokenCache

CORP, OTHER = a_session(), a_session("other")
TOKEN = a_token().token


@dataclass
class Case:
    """A cache, and the way in which somebody else puts a token there."""

    cache: TokenCache
    put: Callable[[SsoSession, AccessToken], object]


@pytest.fixture(params=["fake", "files"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    """Give each implementation."""
    if request.param == "fake":
        fake = DictCache()

        def put(session: SsoSession, token: AccessToken) -> None:
            fake.entries[session.cache_key] = CachedToken(token, a_token().written_at)

        return Case(fake, put)
    folder = tmp_path / "cache"
    return Case(
        TokenFiles(folder, lambda _: None), TokenFiles(folder, lambda _: None).write
    )


def test_an_empty_cache_gives_nothing(case: Case) -> None:
    """A key without a token is left out, and is no error."""
    assert dict(case.cache.read_all([CORP.cache_key, "f" * 40])) == {}
    assert dict(case.cache.read_all([])) == {}


def test_each_key_gives_its_token(case: Case) -> None:
    """What others put there is found, under its own key alone."""
    case.put(CORP, TOKEN)
    case.put(OTHER, replace(TOKEN, value=Secret("access-2")))

    found = case.cache.read_all(iter([CORP.cache_key, "f" * 40]))

    assert set(found) == {CORP.cache_key}
    entry = found[CORP.cache_key]
    assert isinstance(entry, CachedToken)
    assert entry.token == TOKEN
    assert entry.fingerprint == Secret("access-1").fingerprint()


def test_unchanged_tokens_are_equal(case: Case) -> None:
    """As long as nobody writes, the same comes back; then the new one does."""
    case.put(CORP, TOKEN)
    first = case.cache.read_all([CORP.cache_key])
    second = case.cache.read_all([CORP.cache_key])
    case.put(CORP, replace(TOKEN, value=Secret("access-2")))
    third = case.cache.read_all([CORP.cache_key])

    assert first == second != third


def test_removing_takes_one_token(case: Case) -> None:
    """One goes, the others stay; what is gone already is no error."""
    case.put(CORP, TOKEN)
    case.put(OTHER, TOKEN)
    case.cache.remove(CORP.cache_key)
    case.cache.remove(CORP.cache_key)

    keys = [CORP.cache_key, OTHER.cache_key]
    assert set(case.cache.read_all(keys)) == {OTHER.cache_key}

"""`configure` with a start URL of one's own: what it tells is found, else asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.setting_up import REGION, Answers, Place, a_center
from tests.fakes.secure import Authority, Talk, saying, secure_server
from tray.aws.cache import TokenFiles
from tray.core.model import SsoSession

TELLS = saying(
    "302 Found", f"Location: https://ssoins-1.portal.{REGION}.app.aws/start/#/"
)
TELLS_NOT = saying("302 Found", "Location: https://d-1.awsapps.com/start")
OWN_PAGE = saying("200 OK", body=b"<html>Welcome</html>")


class Vanity:
    """A home, and a start URL that leads to a portal."""

    def __init__(self, place: Place, url: str) -> None:
        self.place, self.url = place, url
        signed = SsoSession("corp", url, REGION)
        cache = TokenFiles(place.home / ".aws" / "sso" / "cache", lambda _: None)
        cache.write(signed, place.center.issue("corp", "alice"))
        self.words = ("configure", "--start-url", url, "--session-name", "corp")

    def written(self) -> tuple[bool, bool]:
        """Tell whether the start URL and the right region are in the config."""
        text = self.place.config.read_text()
        lines = f"sso_start_url = {self.url}\n", f"sso_region = {REGION}\n"
        return lines[0] in text, lines[1] in text


@contextmanager
def at(
    home: Path, folder: Path, patch: pytest.MonkeyPatch, talk: Talk
) -> Iterator[Vanity]:
    """Give a home where a company's server says this about its portal."""
    authority = Authority(folder)
    with (
        a_center() as center,
        secure_server(authority.context(), talk) as server,
    ):
        patch.setenv("AWS_ENDPOINT_URL", center.url)
        patch.setenv("AWS_CA_BUNDLE", str(authority.path))
        yield Vanity(Place(home, center), server.url())


def test_portal_and_region_are_found(
    calm_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody names a region; what people know stands in the config."""
    with at(calm_world, tmp_path, monkeypatch, TELLS) as vanity:
        ended = vanity.place.run(*vanity.words, "--yes")

    assert ended.status == 0, ended.err
    assert f"That is the portal https://ssoins-1.portal.{REGION}" in ended.err
    assert f"Its region is {REGION}." in ended.err
    assert vanity.written() == (True, True)


def test_a_region_that_is_not_told_is_asked(
    calm_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal asks for it; without one, the flag is named, and it is enough."""
    with at(calm_world, tmp_path, monkeypatch, TELLS_NOT) as vanity:
        silent = vanity.place.run(*vanity.words)
        assert (silent.status, vanity.place.config.exists()) == (2, False)
        assert "--region" in silent.last
        asked = Answers([REGION])
        vanity.place.run(*vanity.words, asking=asked)
        ended = vanity.place.run(*vanity.words, "--region", REGION, "--yes")

    assert asked.asked[0].startswith("Region")
    assert "us-east-1" not in ended.err
    assert ended.status == 0, ended.err
    assert vanity.written() == (True, True)


def test_a_page_that_is_no_portal(
    calm_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said with the host; nothing is written."""
    with at(calm_world, tmp_path, monkeypatch, OWN_PAGE) as vanity:
        ended = vanity.place.run(*vanity.words, "--yes")

    assert ended.status == 5
    assert "localhost" in ended.err
    assert not vanity.place.config.exists()

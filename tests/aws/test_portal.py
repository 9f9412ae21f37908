"""Logging out at the portal through a real boto3 client."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_session, a_token
from tests.fakes.aws import Canned, canned_service, refusal
from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.portal import AccessPortal
from tray.core.errors import CannotTell, TrayError

CORP = a_session()


def pause(_: float) -> None:
    """Take no time."""


def log_out(folder: Path, answer: Canned) -> list[str | None]:
    """Log out, and give the bearer token of each request."""
    tokens = TokenFiles(folder, pause)
    with canned_service(answer) as service, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL_SSO", service.url)
        try:
            AccessPortal(tokens, Clients()).logout(CORP)
        finally:
            seen = service.seen
    assert all((each.method, each.path) == ("POST", "/logout") for each in seen)
    return [each.headers.get("x-amz-sso_bearer_token") for each in seen]


@pytest.mark.parametrize(
    "answer", [Canned(200, b"", {}), refusal(401, "UnauthorizedException")]
)
def test_logging_out(tmp_path: Path, answer: Canned) -> None:
    """The server is told, with the cached token; that it is over already is fine."""
    tokens = TokenFiles(tmp_path, pause)
    tokens.write(CORP, a_token().token)

    assert log_out(tmp_path, answer) == ["access-1"]
    assert tokens.read(CORP.cache_key) is not None


def test_nobody_is_logged_out(tmp_path: Path) -> None:
    """Without a token there is nothing to tell the server."""
    assert log_out(tmp_path, Canned()) == []


def test_half_a_file_is_not_logged_out(tmp_path: Path) -> None:
    """With an unreadable token nothing is known."""
    (tmp_path / f"{CORP.cache_key}.json").write_text("{")

    with pytest.raises(CannotTell):
        log_out(tmp_path, Canned())


def test_trouble_is_told(tmp_path: Path) -> None:
    """A server that fails leaves the log-out undone, and says so."""
    TokenFiles(tmp_path, pause).write(CORP, a_token().token)

    with pytest.raises(TrayError) as caught:
        log_out(tmp_path, Canned(500, b"", {}))

    assert isinstance(caught.value, CannotTell)

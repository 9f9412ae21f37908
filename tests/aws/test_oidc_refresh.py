"""Silent renewal through a real boto3 client against canned answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOON, a_session, a_token, minutes
from tests.fakes.aws import Canned, canned
from tests.fakes.aws import refusal as refuse
from tests.fakes.oidc import OidcWorld
from tray.core.errors import (
    CannotTell,
    LoginRequired,
    RegistrationOver,
    SessionOver,
    TrayError,
)
from tray.core.model import (
    ClientRegistration,
    Grant,
    PkceRequest,
    Secret,
)

CORP = replace(a_session(), start_url="https://acme.awsapps.com/start/#/")
LEGACY = a_session(legacy=True)
REGISTERED = canned(
    clientId="client-1",
    clientSecret="client-secret-1",
    clientSecretExpiresAt=int((NOON + timedelta(days=90)).timestamp()),
)
REGISTRATION = ClientRegistration(
    "client-1",
    Secret("client-secret-1"),
    NOON + timedelta(days=90),
    ("sso:account:access",),
    Grant.AUTHORIZATION_CODE,
)
PKCE = PkceRequest(
    "http://127.0.0.1:4242/oauth/callback", "state-1", Secret("verifier" * 8)
)


def test_a_refresh_sends_what_the_cache_holds(world: OidcWorld) -> None:
    """The body is the SDKs' own, and the new tokens are in the cache."""
    world.tokens.write(CORP, a_token().token)

    end = world.center.refresh(CORP)

    assert world.service.seen[0].members == {
        "grantType": "refresh_token",
        "clientId": "client-1",
        "clientSecret": "client-secret-1",
        "refreshToken": "refresh of access-1",
    }
    token = world.stored(CORP).token
    assert token.value == Secret("access-new")
    assert token.refresh_token == Secret("refresh-new")
    assert token.expires_at == end == NOON + minutes(60)
    assert token.client_id == "client-1"


def test_a_refresh_token_is_kept_when_none_comes(world: OidcWorld) -> None:
    """An answer without a refresh token keeps the old one (RFC 6749, section 6)."""
    world.tokens.write(CORP, a_token().token)
    world.answers(canned(accessToken="access-new", expiresIn=3600))
    world.center.refresh(CORP)

    assert world.stored(CORP).token.refresh_token == Secret("refresh of access-1")


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        (a_token(refreshable=False).token, LoginRequired),
        (
            replace(a_token().token, registration_expires_at=NOON),
            RegistrationOver,
        ),
    ],
)
def test_what_cannot_be_renewed_is_not_tried(
    world: OidcWorld, token: object, kind: type[TrayError]
) -> None:
    """Without a refresh token or a living registration nothing is sent."""
    world.tokens.write(CORP, token)  # type: ignore[arg-type]
    with pytest.raises(kind):
        world.center.refresh(CORP)

    assert not world.service.seen


def test_nobody_logged_in_is_told(world: OidcWorld) -> None:
    """Without a token file people must log in; with half a one nothing is known."""
    with pytest.raises(LoginRequired, match="Nobody"):
        world.center.refresh(CORP)
    world.folder.mkdir()
    (world.folder / f"{CORP.cache_key}.json").write_text("{")
    with pytest.raises(CannotTell):
        world.center.refresh(CORP)


def test_a_refused_refresh_changes_nothing(world: OidcWorld) -> None:
    """The end of the session leaves the file as it was, and asks once only."""
    world.tokens.write(CORP, a_token().token)
    path = world.folder / f"{CORP.cache_key}.json"
    before = path.read_bytes()
    world.answers(refuse(400, "InvalidGrantException", error="invalid_grant"))
    with pytest.raises(SessionOver):
        world.center.refresh(CORP)

    assert path.read_bytes() == before
    assert len(world.service.seen) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_renewal_is_asked_for_once(world: OidcWorld, status: int) -> None:
    """The library repeats nothing by itself: a used refresh token may be the last."""
    world.tokens.write(CORP, a_token().token)
    world.answers(Canned(status, b"", {}))
    with pytest.raises(CannotTell):
        world.center.refresh(CORP)

    assert len(world.service.seen) == 1


def test_a_disk_that_is_full_for_a_moment_loses_nothing(world: OidcWorld) -> None:
    """A renewed token is written when the folder takes it again."""
    world.tokens.write(CORP, a_token().token)
    aside = world.folder.with_name("aside")

    def obstruct_then_clear(_: float) -> None:
        if world.folder.is_file():
            world.folder.unlink()
            aside.rename(world.folder)

    world.pausing = obstruct_then_clear
    original = world.service.take

    def obstruct(request: object) -> Canned:
        world.folder.rename(aside)
        world.folder.write_text("")
        return original(request)  # type: ignore[arg-type]

    world.service.take = obstruct  # type: ignore[method-assign]
    world.center.refresh(CORP)

    assert world.stored(CORP).token.value == Secret("access-new")


def test_a_token_that_cannot_be_saved_is_told(world: OidcWorld) -> None:
    """A renewal whose token can't be kept says just that, and shows no secret."""
    world.tokens.write(CORP, a_token().token)
    original = world.service.take

    def obstruct(request: object) -> Canned:
        world.folder.rename(world.folder.with_name("aside"))
        world.folder.write_text("")
        return original(request)  # type: ignore[arg-type]

    world.service.take = obstruct  # type: ignore[method-assign]
    with pytest.raises(TrayError, match="renewed, but") as caught:
        world.center.refresh(CORP)

    assert "refresh-new" not in str(caught.value)
    assert type(caught.value) is TrayError


@pytest.mark.parametrize(
    ("expires_in", "refreshable", "stays"),
    [
        (minutes(480), True, True),
        (minutes(480), False, False),
        (minutes(5), True, False),
    ],
)
def test_a_login_meanwhile_is_not_overwritten(
    world: OidcWorld, expires_in: timedelta, *, refreshable: bool, stays: bool
) -> None:
    """A fresher token that somebody wrote while we asked stays in its place."""
    world.tokens.write(CORP, a_token().token)
    theirs = a_token(expires_in, text="theirs", refreshable=refreshable).token
    original = world.service.take

    def meanwhile(request: object) -> Canned:
        world.tokens.write(CORP, theirs)
        return original(request)  # type: ignore[arg-type]

    world.service.take = meanwhile  # type: ignore[method-assign]
    end = world.center.refresh(CORP)

    assert (world.stored(CORP).token.value == Secret("theirs")) is stays
    assert end == world.stored(CORP).token.expires_at

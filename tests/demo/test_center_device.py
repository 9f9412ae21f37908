"""Log-ins with a device code."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.demo.programs import Keys, Program, code_of
from tests.fakes.basics import FakeClock
from tray.demo.center import Center
from tray.demo.person import Person

if TYPE_CHECKING:
    from mypy_boto3_sso_oidc.type_defs import StartDeviceAuthorizationResponseTypeDef


def start(
    program: Program, scopes: tuple[str, ...] = ("sso:account:access",)
) -> tuple[Keys, StartDeviceAuthorizationResponseTypeDef]:
    """Register and ask for a device code."""
    keys = program.register(code=False, scopes=scopes)
    return keys, program.oidc.start_device_authorization(
        **keys.arguments,
        startUrl=program.center.start_url("corp"),
    )


def poll(program: Program, keys: Keys, device_code: str) -> str:
    """Give the error's name of one poll."""
    return code_of(program.poll, keys=keys, device_code=device_code)


def test_a_device_waits_until_a_person_allows_it(program: Program) -> None:
    """Polls are pending, then bring a token, once."""
    keys, asked = start(program)
    assert asked["expiresIn"] == 600
    assert asked["interval"] == 5
    assert poll(program, keys, asked["deviceCode"]) == "AuthorizationPendingException"

    visit = Person("alice").visit(asked["verificationUriComplete"])
    token = program.poll(keys, asked["deviceCode"])

    assert visit.heading == "Request allowed"
    assert token["refreshToken"]
    assert poll(program, keys, asked["deviceCode"]) == "InvalidGrantException"


def test_a_code_can_be_typed(program: Program) -> None:
    """Who has only the short address types the code, in any letters."""
    keys, asked = start(program)
    typed = asked["userCode"].lower().replace("-", "")

    visit = Person("alice").visit(asked["verificationUri"], user_code=typed)

    assert visit.heading == "Request allowed"
    assert program.poll(keys, asked["deviceCode"])["accessToken"]


def test_a_denied_device_is_told_so(program: Program) -> None:
    """Deny ends the wait with AccessDeniedException."""
    keys, asked = start(program)

    visit = Person("alice", deny=True).visit(asked["verificationUriComplete"])

    assert visit.heading == "Request denied"
    assert poll(program, keys, asked["deviceCode"]) == "AccessDeniedException"


def test_a_device_code_expires(program: Program, clock: FakeClock) -> None:
    """After ten minutes neither page nor poll knows the code."""
    keys, asked = start(program)
    clock.advance(timedelta(minutes=11))

    visit = Person("alice").visit(asked["verificationUriComplete"])

    assert visit.heading == "Unknown code"
    assert poll(program, keys, asked["deviceCode"]) == "ExpiredTokenException"


def test_hasty_polls_are_slowed_down(
    program: Program, center: Center, clock: FakeClock
) -> None:
    """A center that minds its interval refuses the poll that comes too soon."""
    center.configure(replace(center.settings, hasty_polls_refused=True))
    keys, asked = start(program)
    code = asked["deviceCode"]

    assert poll(program, keys, code) == "AuthorizationPendingException"
    assert poll(program, keys, code) == "SlowDownException"
    clock.advance(timedelta(seconds=5))
    assert poll(program, keys, code) == "AuthorizationPendingException"


def test_a_legacy_client_gets_a_long_token_and_nothing_to_renew_it(
    program: Program,
) -> None:
    """Without scopes there are eight hours and no refresh token."""
    keys, asked = start(program, scopes=())
    Person("alice").visit(asked["verificationUriComplete"])

    token = program.poll(keys, asked["deviceCode"])

    assert token["expiresIn"] == 8 * 3600
    assert "refreshToken" not in token


def test_a_client_has_one_way_to_log_in(program: Program, center: Center) -> None:
    """Clients for codes get no device code, and device clients redeem no codes."""
    by_code, by_device = program.register(code=True), program.register(code=False)
    start_url = center.start_url("corp")

    asked = code_of(
        program.oidc.start_device_authorization,
        **by_code.arguments,
        startUrl=start_url,
    )
    redeemed = code_of(program.redeem, keys=by_device, uri="http://x", code="a-code")

    assert asked == redeemed == "UnauthorizedClientException"


def test_codes_of_others_are_refused(program: Program, center: Center) -> None:
    """A device code works for its own client, while the session lives."""
    keys, asked = start(program)
    other = program.register(code=False)
    assert poll(program, other, asked["deviceCode"]) == "InvalidGrantException"

    Person("alice").visit(asked["verificationUriComplete"])
    center.revoke("corp")

    assert poll(program, keys, asked["deviceCode"]) == "InvalidGrantException"


def test_an_unknown_start_url_is_refused(program: Program) -> None:
    """A device code needs a portal."""
    keys = program.register(code=False)

    code = code_of(
        program.oidc.start_device_authorization,
        **keys.arguments,
        startUrl="https://elsewhere.awsapps.com/start",
    )

    assert code == "InvalidRequestException"


def test_what_is_missing_is_named_invalid(program: Program) -> None:
    """A token request without its code, or with another grant, is refused."""
    keys = program.register(code=False)
    ask = program.oidc.create_token

    missing = code_of(
        ask,
        **keys.arguments,
        grantType="urn:ietf:params:oauth:grant-type:device_code",
    )
    unknown = code_of(ask, **keys.arguments, grantType="password")

    assert missing == "InvalidRequestException"
    assert unknown == "UnsupportedGrantTypeException"

"""A small IAM Identity Center of our own on the loopback address: for demo and tests.

Not AWS, and nobody's account: it speaks the protocols of the OIDC service and of the
access portal (botocore models `sso-oidc` and `sso`, 2019-06-10), with users, keys and
secrets that it makes up. One address serves both, and the pages people click:

    with Center(CenterSettings(), clock=clock.now) as center:
        os.environ["AWS_ENDPOINT_URL_SSO_OIDC"] = center.url
        os.environ["AWS_ENDPOINT_URL_SSO"] = center.url
        center.start_url("corp")            # sso_start_url of a session in the config
        Person("alice").visit(url)          # tray.demo.person: signs in and allows

What it holds survives `stop()`, and `start()` comes back on the same port: an outage.

`Center(settings, clock, port=0)`; `clock` gives an aware datetime
    start(), stop(), `with`; url; start_url(portal)
    settings, configure(settings): replaces them at once; what was issued keeps its end.
        `center.configure(dataclasses.replace(center.settings, rotation=Rotation.SAME))`
    fail(operation, failure, times=1): the next calls fail; None means until heal()
    heal(): no planned failure is left
    issue(portal, user, scopes=...) -> core.model.AccessToken, as if logged in just now
    revoke(portal): ends its portal sessions; tokens die (401, InvalidGrantException)
    forget_clients(): every registration is gone (InvalidClientException)
    portal_sessions() -> tuple[PortalSession, ...], ended ones too, oldest first
    requests -> tuple[Request(at, operation, outcome), ...]: outcome is "ok", an error
        name as botocore tells it, or a fault's name; never a secret
    count(operation), wait_for(operation, count=1, seconds=10) -> bool

`Operation`: RegisterClient, StartDeviceAuthorization, CreateToken (or one grant of it:
    CreateToken/authorization_code, /device_code, /refresh_token), ListAccounts,
    ListAccountRoles, GetRoleCredentials, Logout, AssumeRole; pages: Authorize,
    Consent, DevicePage, StartPage, SignIn, SignOut; "*" is any

`Failure`: refusal(code, reason=""), server_error(status), throttled(), unauthorized(),
    forbidden(), not_found(), sts(code, status); hang(seconds, after=False),
    close(after=False), half(), wrong_json(), wrong_types(), captive_redirect(),
    captive_page(), huge(size).
    With `after` the call takes effect first (a refresh token is used up, say).

Ids on the pages, for browser tests: `user-<name>` (a button each, on the sign-in page),
`allow`, `deny`, `other-user` (consent and device pages), `user-code` and `continue`
(the page that asks for a code), `sign-out` (the portal page); `<main data-page=...>` is
sign-in, consent, device-code, device-confirm, portal, done or problem.
"""

from __future__ import annotations

from tray.demo.center.center import Center
from tray.demo.center.failures import Failure
from tray.demo.center.journal import Request
from tray.demo.center.operations import Operation
from tray.demo.center.records import PortalSession
from tray.demo.center.settings import (
    Account,
    CenterSettings,
    Limit,
    Portal,
    Role,
    Rotation,
    User,
    some_accounts,
)

__all__ = [
    "Account",
    "Center",
    "CenterSettings",
    "Failure",
    "Limit",
    "Operation",
    "Portal",
    "PortalSession",
    "Request",
    "Role",
    "Rotation",
    "User",
    "some_accounts",
]

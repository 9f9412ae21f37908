"""Sentences about the answers of Identity Center and the access portal.

The pairs are (what happened, what to do), ready for an error.
"""

from __future__ import annotations

from tray.core.model import SsoSession
from tray.core.wording.board import session_title
from tray.core.wording.signin import login_line

_LATER = (
    "What is signed in stays signed in. Try again in a while; the tray does by itself."
)
_SECTION = "its section of your AWS config"


# --- refusals


def registration_over(session: SsoSession) -> tuple[str, str]:
    """Say that the client registration is not accepted any more."""
    return (
        f"Identity Center no longer knows the client for {session_title(session)}.",
        f"{login_line(session)} (it registers anew by itself).",
    )


def code_expired(session: SsoSession) -> tuple[str, str]:
    """Say that a code was not approved in time."""
    return (
        f"The log-in to {session_title(session)} was not approved in time.",
        login_line(session),
    )


def authorization_pending(session: SsoSession) -> tuple[str, str]:
    """Say that nobody has approved the device code yet."""
    return (
        f"The log-in to {session_title(session)} is not approved yet.",
        "Approve it in the browser.",
    )


def login_grant_refused(session: SsoSession) -> tuple[str, str]:
    """Say that the code that came from the browser was not accepted."""
    return (
        f"Identity Center did not accept the log-in to {session_title(session)}.",
        (
            f"Try again; if it stays so, check that sso_region ({session.region}) is "
            "the region of your Identity Center."
        ),
    )


def access_denied(session: SsoSession, reason: str = "") -> tuple[str, str]:
    """Say that the service denied access; `reason` is its own code word."""
    why = f" ({reason})" if reason else ""
    return (
        f"Identity Center denied access to {session_title(session)}{why}.",
        "Ask your AWS administrator; logging in again does not help by itself.",
    )


def forbidden(session: SsoSession) -> tuple[str, str]:
    """Say that the portal knows the person but the role is not assigned."""
    return (
        f"The portal of {session_title(session)} gives no access to this.",
        (
            "Check account and role in the profile, or ask your AWS administrator; new "
            "permissions show after a fresh log-in."
        ),
    )


def not_found(session: SsoSession) -> tuple[str, str]:
    """Say that the portal does not know the account or role."""
    return (
        f"The portal of {session_title(session)} does not know this account or role.",
        "Check account and role in the profile.",
    )


def request_refused(session: SsoSession, code: str = "") -> tuple[str, str]:
    """Say that the service calls the request wrong; `code` is its name for that."""
    what = f" ({code})" if code else ""
    return (
        f"Identity Center refused the request for {session_title(session)}{what}.",
        f"Check sso_start_url and sso_region ({session.region}) in your AWS config.",
    )


def scope_refused(session: SsoSession) -> tuple[str, str]:
    """Say that the service does not accept the scopes."""
    scopes = ", ".join(session.registration_scopes) or "sso:account:access"
    return (
        f"Identity Center refused the scopes of {session_title(session)}: {scopes}.",
        "Correct sso_registration_scopes; sso:account:access is the usual one.",
    )


def wrong_region(session: SsoSession) -> tuple[str, str]:
    """Say that the session's region is not the Identity Center's."""
    return (
        f"{session.region} is not the region of {session_title(session)}'s portal.",
        f"Correct sso_region in {_SECTION}.",
    )


# --- nothing is known


def slow_down(session: SsoSession) -> tuple[str, str]:
    """Say that the service wants to be asked less often."""
    return (
        f"Identity Center asks for a pause before {session_title(session)} goes on.",
        _LATER,
    )


def throttled(session: SsoSession) -> tuple[str, str]:
    """Say that there were too many requests."""
    return (
        f"AWS had too many requests to answer for {session_title(session)}.",
        _LATER,
    )


def server_fault(session: SsoSession, status: str) -> tuple[str, str]:
    """Say that the service failed by its own fault; `status` is such as `HTTP 503`."""
    return (
        (
            f"Identity Center has a fault of its own ({status}), so "
            f"{session_title(session)} can't be checked."
        ),
        _LATER,
    )


def offline(host: str) -> tuple[str, str]:
    """Say that the service can't be reached."""
    return (f"{host} can't be reached.", f"Check the network. {_LATER}")


def no_such_host(session: SsoSession, host: str) -> tuple[str, str]:
    """Say that no address is known for the service's name."""
    return (
        f"No address can be found for {host}.",
        f"Check the network, and that sso_region ({session.region}) is spelt right. "
        + _LATER,
    )


def timed_out(host: str) -> tuple[str, str]:
    """Say that the service did not answer in time."""
    return (f"{host} did not answer in time.", f"Check the network. {_LATER}")


def proxy_fault(host: str) -> tuple[str, str]:
    """Say that the proxy is in the way."""
    return (
        f"The proxy does not let us through to {host}.",
        "Check HTTPS_PROXY and its password. " + _LATER,
    )


def proxy_password(host: str) -> tuple[str, str]:
    """Say that the proxy wants a password, or another one."""
    return (
        f"The proxy on the way to {host} wants a user name and a password.",
        "Put them into HTTPS_PROXY (http://user:password@proxy:port). " + _LATER,
    )


def tls_date(host: str) -> tuple[str, str]:
    """Say that by our clock the certificate holds no more, or not yet."""
    return (
        f"By this computer's clock, the certificate of {host} is out of date.",
        "Check date, time and time zone of this computer. " + _LATER,
    )


def tls_fault(host: str) -> tuple[str, str]:
    """Say that the certificate can't be trusted."""
    return (
        f"The certificate of {host} can't be checked.",
        (
            "Behind a company proxy, name its certificates in AWS_CA_BUNDLE; also "
            "check this computer's clock."
        ),
    )


def not_aws(host: str) -> tuple[str, str]:
    """Say that something else than AWS answered."""
    return (
        f"Something else than AWS answered for {host}.",
        "A network that wants you to sign in first may stand between: open any page "
        "in the browser. " + _LATER,
    )


def unknown_fault(session: SsoSession, name: str) -> tuple[str, str]:
    """Say that something unforeseen failed; `name` is the fault's type."""
    return (
        f"Asking AWS about {session_title(session)} failed ({name}).",
        _LATER,
    )


# --- the config


def no_region(session: SsoSession) -> tuple[str, str]:
    """Say that the session has no region."""
    return (f"{session_title(session)} has no sso_region.", f"Add it to {_SECTION}.")


def bad_region(session: SsoSession) -> tuple[str, str]:
    """Say that the region can't be one."""
    return (
        (
            f"The sso_region of {session_title(session)} is no AWS region: "
            f"'{session.region[:40]}'."
        ),
        f"Correct it in {_SECTION}.",
    )


def bad_setting(session: SsoSession, name: str) -> tuple[str, str]:
    """Say that a value in the config is of no use; `name` is botocore's word for it."""
    return (
        f"AWS's library can't use the settings for {session_title(session)} ({name}).",
        (
            "Check the section, and AWS_ENDPOINT_URL, proxy and CA settings if you use "
            "them."
        ),
    )

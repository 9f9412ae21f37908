"""Sentences about roles that are assumed with the credentials of another profile."""

from __future__ import annotations

from tray.core.wording.shell import quoted


def wants_code(profile: str) -> tuple[str, str]:
    """Say that a role wants an MFA code."""
    return (
        f"The role of the profile '{profile}' wants an MFA code (mfa_serial).",
        "Use the AWS CLI for it, which asks you for the code; sso-tray keeps none.",
    )


def too_many_roles(profile: str, most: int) -> tuple[str, str]:
    """Say that a chain of source profiles is too long."""
    return (
        f"The profile '{profile}' goes through more than {most} source profiles.",
        "Let it start nearer to the role that it needs.",
    )


def may_not(profile: str, arn: str) -> tuple[str, str]:
    """Say that STS does not let the source assume the role."""
    return (
        f"AWS does not let the profile '{profile}' assume the role {arn}.",
        (
            "Compare role_arn and external_id with what you were given, or ask whoever "
            "looks after the role to trust your source profile's role."
        ),
    )


def no_such_role(profile: str, arn: str) -> tuple[str, str]:
    """Say that STS takes a profile's wishes for no role, or for too long."""
    return (
        f"The profile '{profile}' asks for a role that can't be: {arn}.",
        (
            "Correct role_arn, external_id, role_session_name or duration_seconds; "
            "from an SSO role on, one lasts one hour at most (duration_seconds = 3600)."
        ),
    )


def source_over(profile: str, session: str) -> tuple[str, str]:
    """Say that STS turned the source's credentials away."""
    return (
        f"AWS turned away the credentials that the profile '{profile}' starts from.",
        (
            "Log in anew, and compare this machine's clock with another one: "
            f"sso-tray login --session {quoted(session)}"
        ),
    )


def region_off(profile: str, region: str) -> tuple[str, str]:
    """Say that the role's account does not use the region."""
    return (
        f"The region {region} is not in use where the profile '{profile}' needs STS.",
        "Set another region in that profile.",
    )
